"""RNN126: a wrapper gets an argument of the layer that it wraps."""

from __future__ import annotations

from collections.abc import Iterator

from rnninspect.diagnostics import Change, ChangeKind, Severity
from rnninspect.language import said
from rnninspect.layers.miscalled import Miscalled
from rnninspect.rules.rejection.subject import Rejection
from rnninspect.rules.rule import Finding, rule


@rule("RNN126", Severity.ERROR, fix="safe")
def argument_of_inner_layer(rejection: Rejection) -> Iterator[Finding]:
    """A wrapper gets an argument of the layer that it wraps.

    ## Why is this bad?
    `Bidirectional` and `TimeDistributed` do not hand arguments on. What the inner layer is to do,
    such as `return_sequences=True`, is said where the inner layer is made.

    ## Example
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM, Bidirectional, Dense

    model = Sequential([Input((20, 6)), Bidirectional(LSTM(32), return_sequences=True), Dense(4)])
    ```

    ## Use instead
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM, Bidirectional, Dense

    model = Sequential([Input((20, 6)), Bidirectional(LSTM(32, return_sequences=True)), Dense(4)])
    ```
    """
    misfit, operation = rejection.misfit, rejection.operation
    if misfit is None or misfit.kind != "unknown keyword" or not isinstance(operation, Miscalled):
        return
    if not operation.inner_class:
        return
    yield Finding(
        said(
            "`{argument}` is an argument of {inner}, not of {layer}",
            argument=misfit.argument,
            inner=operation.inner_class,
            layer=operation.written_class,
        ),
        said(
            "move `{argument}` into the call of {inner}",
            argument=misfit.argument,
            inner=operation.inner_class,
        ),
        change=Change(ChangeKind.INSIDE, misfit.argument),
    )
