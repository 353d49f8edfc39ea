"""RNN107: tensors whose shapes do not fit are merged."""

from __future__ import annotations

from collections.abc import Iterator

from rnninspect.diagnostics import Severity
from rnninspect.language import said
from rnninspect.layers.merging import Concatenate, Dot, Merging
from rnninspect.layers.operations import Recorded, TensorFlowOp
from rnninspect.rules.rejection.blame import shapes_of
from rnninspect.rules.rejection.subject import Rejection
from rnninspect.rules.rule import Finding, rule


@rule("RNN107", Severity.ERROR)
def merge_of_unlike_shapes(rejection: Rejection) -> Iterator[Finding]:
    """Tensors whose shapes do not fit are merged.

    ## Why is this bad?
    `Add`, `Multiply` and their like need shapes that broadcast; `Concatenate` needs shapes that
    are equal but for one axis. A sequence and a vector have not even the same number of axes.

    ## Example
    ```python
    from keras import Input, Model
    from keras.layers import LSTM, Concatenate

    x = Input((20, 6))
    y = Concatenate()([LSTM(8, return_sequences=True)(x), LSTM(8)(x)])
    model = Model(x, y)
    ```

    ## Use instead
    ```python
    from keras import Input, Model
    from keras.layers import LSTM, Concatenate

    x = Input((20, 6))
    y = Concatenate()([LSTM(8)(x), LSTM(8)(x)])
    model = Model(x, y)
    ```
    """
    if not isinstance(rejection.operation, Merging | Concatenate | Dot | TensorFlowOp | Recorded):
        return
    if isinstance(rejection.operation, TensorFlowOp) and rejection.operation.function not in (
        "add", "subtract", "multiply", "divide", "concat", "stack", "maximum", "minimum", "matmul"
    ):  # fmt: skip
        return
    yield Finding(
        said(
            "`{layer}` cannot join these shapes: {shapes}",
            layer=rejection.node.layer,
            shapes=shapes_of(rejection),
        ),
        said("give the merged tensors matching shapes; the same return_sequences in every branch"),
    )
