"""RNN127: a layer gets more arguments by position than it takes."""

from __future__ import annotations

from collections.abc import Iterator

from rnninspect.diagnostics import Severity
from rnninspect.language import said
from rnninspect.rules.rejection.subject import Rejection
from rnninspect.rules.rule import Finding, rule


@rule("RNN127", Severity.ERROR)
def too_many_arguments(rejection: Rejection) -> Iterator[Finding]:
    """A layer gets more arguments by position than it takes.

    ## Why is this bad?
    The constructor has no names for the last values, so that it raises. Often a value was meant for
    a keyword, or an older version of Keras took one more.

    ## Example
    ```python
    from keras import Input, Sequential
    from keras.layers import Dense, Flatten

    model = Sequential([Input((20, 6)), Flatten("channels_last", 20), Dense(4)])
    ```

    ## Use instead
    ```python
    from keras import Input, Sequential
    from keras.layers import Dense, Flatten

    model = Sequential([Input((20, 6)), Flatten("channels_last"), Dense(4)])
    ```
    """
    misfit = rejection.misfit
    if misfit is None or misfit.kind != "too many":
        return
    yield Finding(
        said(
            "{layer} gets more arguments by position than it takes",
            layer=rejection.operation.class_name,
        ),
        said("pass arguments by their names"),
    )
