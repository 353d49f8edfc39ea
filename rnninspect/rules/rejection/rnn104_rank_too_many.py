"""RNN104: the input of a model has an axis too many, most often because it counts the batch."""

from __future__ import annotations

from collections.abc import Iterator

from rnninspect.diagnostics import Change, ChangeKind, Severity
from rnninspect.language import said
from rnninspect.rules.rejection.subject import Rejection
from rnninspect.rules.rule import Finding, rule


@rule("RNN104", Severity.ERROR, fix="safe")
def rank_too_many(rejection: Rejection) -> Iterator[Finding]:
    """The input of a model has an axis too many, most often because it counts the batch.

    ## Why is this bad?
    `shape` and `input_shape` do not count the batch axis: Keras adds it. With `X.shape` the
    number of samples becomes an axis of its own, and the first layer gets one axis too many.

    ## Example
    ```python
    import numpy as np
    from keras import Input, Sequential
    from keras.layers import LSTM

    X = np.zeros((100, 20, 6))
    model = Sequential([Input(X.shape), LSTM(32)])
    ```

    ## Use instead
    ```python
    import numpy as np
    from keras import Input, Sequential
    from keras.layers import LSTM

    X = np.zeros((100, 20, 6))
    model = Sequential([Input(X.shape[1:]), LSTM(32)])
    ```
    """
    if not rejection.has_too_many_axes or rejection.rejected.expected_ndim != 3:
        return
    if any(step.changes_rank for step in rejection.upstream):
        return
    yield Finding(
        said(
            "`{layer}` takes 3 axes, the batch among them, but its input is {shape}",
            layer=rejection.node.layer,
            shape=rejection.input_shape,
        ),
        said("leave the batch out of the shape: Input(X.shape[1:])"),
        change=Change(ChangeKind.SHAPE, "batch"),
    )
