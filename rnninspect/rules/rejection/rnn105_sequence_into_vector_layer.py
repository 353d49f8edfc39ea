"""RNN105: a layer for vectors, such as RepeatVector, is fed with a sequence."""

from __future__ import annotations

from collections.abc import Iterator

from rnninspect.diagnostics import Change, ChangeKind, Severity
from rnninspect.language import said
from rnninspect.rules.rejection.blame import finding_about, source_of_rank
from rnninspect.rules.rejection.subject import Rejection
from rnninspect.rules.rule import Finding, rule


@rule("RNN105", Severity.ERROR, fix="safe")
def sequence_into_vector_layer(rejection: Rejection) -> Iterator[Finding]:
    """A layer for vectors, such as RepeatVector, is fed with a sequence.

    ## Why is this bad?
    `RepeatVector` makes a sequence of one vector, `(batch, features)`. If the layer before it
    returns its whole sequence, Keras raises.

    ## Example
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM, RepeatVector

    model = Sequential([Input((20, 6)), LSTM(32, return_sequences=True), RepeatVector(5)])
    ```

    ## Use instead
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM, RepeatVector

    model = Sequential([Input((20, 6)), LSTM(32), RepeatVector(5)])
    ```
    """
    if rejection.rejected.expected_ndim != 2 or not rejection.has_too_many_axes:
        return
    name = rejection.node.layer
    yield finding_about(
        source_of_rank(rejection),
        said(
            "`{layer}` takes one vector, but gets a sequence: {shape}",
            layer=name,
            shape=rejection.input_shape,
        ),
        said("pass one vector to {layer}", layer=name),
        "leave return_sequences=True out of {layer}",
        Change(ChangeKind.RETURN_SEQUENCES, False),
    )
