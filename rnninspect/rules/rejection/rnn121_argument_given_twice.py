"""RNN121: a layer gets one argument twice."""

from __future__ import annotations

from collections.abc import Iterator

from rnninspect.diagnostics import Severity
from rnninspect.language import said
from rnninspect.rules.rejection.subject import Rejection
from rnninspect.rules.rule import Finding, rule


@rule("RNN121", Severity.ERROR)
def argument_given_twice(rejection: Rejection) -> Iterator[Finding]:
    """A layer gets one argument twice.

    ## Why is this bad?
    A position and a keyword, or a keyword and a dict of arguments, give the same argument. Python
    does not choose one of the values: the call raises.

    ## Example
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM, Dense

    model = Sequential([Input((20, 6)), LSTM(32, units=64), Dense(4)])
    ```

    ## Use instead
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM, Dense

    model = Sequential([Input((20, 6)), LSTM(64), Dense(4)])
    ```
    """
    misfit = rejection.misfit
    if misfit is None or misfit.kind != "given twice":
        return
    yield Finding(
        said(
            "{layer} gets its argument `{argument}` twice",
            layer=rejection.operation.class_name,
            argument=misfit.argument,
        ),
        said("keep one of the two values"),
    )
