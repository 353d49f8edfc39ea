"""RNN103: a recurrent layer is fed with inputs that have no feature axis."""

from __future__ import annotations

from collections.abc import Iterator

from rnninspect.diagnostics import Change, ChangeKind, Severity
from rnninspect.language import said
from rnninspect.rules.rejection.subject import Rejection, reads_sequences
from rnninspect.rules.rule import Finding, rule


@rule("RNN103", Severity.ERROR, fix="safe")
def no_feature_axis(rejection: Rejection) -> Iterator[Finding]:
    """A recurrent layer is fed with inputs that have no feature axis.

    ## Why is this bad?
    A recurrent layer reads `(batch, timesteps, features)`. An input of `(20,)` has timesteps but
    no features; a series of single numbers needs a last axis of size 1.

    ## Example
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM

    model = Sequential([Input((20,)), LSTM(32)])
    ```

    ## Use instead
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM

    model = Sequential([Input((20, 1)), LSTM(32)])
    ```
    """
    if not reads_sequences(rejection.operation) or not rejection.lacks_axes:
        return
    if any(step.changes_rank for step in rejection.upstream):
        return
    yield Finding(
        said(
            "`{layer}` needs timesteps and features, but its input is {shape}",
            layer=rejection.node.layer,
            shape=rejection.input_shape,
        ),
        said(
            "give the input a feature axis, for instance Input((timesteps, 1)), and the data too: "
            "x[..., None]"
        ),
        change=Change(ChangeKind.SHAPE, "feature"),
    )
