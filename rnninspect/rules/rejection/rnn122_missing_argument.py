"""RNN122: a layer lacks an argument that it needs."""

from __future__ import annotations

from collections.abc import Iterator

from rnninspect.diagnostics import Severity
from rnninspect.language import said
from rnninspect.rules.rejection.subject import Rejection
from rnninspect.rules.rule import Finding, rule


@rule("RNN122", Severity.ERROR)
def missing_argument(rejection: Rejection) -> Iterator[Finding]:
    """A layer lacks an argument that it needs.

    ## Why is this bad?
    Some arguments have no default, such as the `units` of a recurrent layer: nobody but you can
    know how wide the layer is to be.

    ## Example
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM, Dense

    model = Sequential([Input((20, 6)), LSTM(), Dense(4)])
    ```

    ## Use instead
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM, Dense

    model = Sequential([Input((20, 6)), LSTM(32), Dense(4)])
    ```
    """
    misfit = rejection.misfit
    if misfit is None or misfit.kind != "missing":
        return
    name = rejection.operation.class_name
    yield Finding(
        said("{layer} needs its argument `{argument}`", layer=name, argument=misfit.argument),
        said("pass `{argument}` to {layer}", layer=name, argument=misfit.argument),
    )
