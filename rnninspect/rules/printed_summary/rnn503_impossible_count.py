"""RNN503: a printed summary has a count that its layer cannot have with these shapes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rnninspect.analysis.printed import explanations_of
from rnninspect.diagnostics import Severity
from rnninspect.language import said
from rnninspect.rules.printed_summary.subject import PrintedSummary
from rnninspect.rules.rule import Finding, rule


@rule("RNN503", Severity.ERROR)
def impossible_count(summary: PrintedSummary) -> Iterator[Finding]:
    """A printed summary has a count that its layer cannot have with these shapes.

    ## Why is this bad?
    The count of a layer follows from its input, its output and its arguments. If nothing explains
    it, a row was mistyped, cut off or comes from another model.

    ## What to do
    Compare the row with the model; the message says what would explain the count.

    ## Example
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM, Dense, SimpleRNN

    model = Sequential(
        [Input((20, 6)), SimpleRNN(16, return_sequences=True), LSTM(32), Dense(1)]
    )
    ```
    ```text
    Layer (type)                 Output Shape              Param #
    =================================================================
    simple_rnn (SimpleRNN)       (None, 20, 16)            368
    _________________________________________________________________
    lstm (LSTM)                  (None, 32)                6272
    _________________________________________________________________
    dense (Dense)                (None, 1)                 34
    =================================================================
    Total params: 6674
    ```

    ## Use instead
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM, Dense, SimpleRNN

    model = Sequential(
        [Input((20, 6)), SimpleRNN(16, return_sequences=True), LSTM(32), Dense(1)]
    )
    ```
    ```text
    Layer (type)                 Output Shape              Param #
    =================================================================
    simple_rnn (SimpleRNN)       (None, 20, 16)            368
    _________________________________________________________________
    lstm (LSTM)                  (None, 32)                6272
    _________________________________________________________________
    dense (Dense)                (None, 1)                 33
    =================================================================
    Total params: 6673
    ```
    """
    for row in summary.analysis.layers:
        explanations = explanations_of(row)
        if explanations is None:
            continue
        yield Finding(
            said(
                "`{layer}` ({kind}) cannot have {count} parameters here",
                layer=row.name,
                kind=row.class_name,
                count=f"{row.parameters.value:,}",
            ),
            _joined(explanations),
            layer=row.name,
        )


def _joined(explanations: Sequence[str]) -> str:
    if not explanations:
        return said("compare the row with the model")
    first, *others = explanations
    for other in others:
        first = said("{one}; or {other}", one=first, other=other)
    return first
