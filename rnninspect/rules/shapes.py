"""RNN1xx: shapes that Keras would reject."""

from __future__ import annotations

from rnninspect.language import said
from rnninspect.layers.merging import Concatenate, Dot, Merging
from rnninspect.layers.operations import Recorded, TensorFlowOp
from rnninspect.rules.blame import blaming, dropper_of, shapes_of, source_of_rank
from rnninspect.rules.finding import Finding
from rnninspect.rules.flow import Rejection, reads_sequences, recurrence_of
from rnninspect.rules.states import states_do_not_fit

_KEEP = ("return_sequences", True)
_LAST = ("return_sequences", False)


def sequence_dropped_too_early(rejection: Rejection) -> Finding | None:
    """A recurrent layer needs a sequence, but an earlier one gives only its last step.

    ## Why is this bad?
    Without `return_sequences=True` a recurrent layer returns `(batch, units)`, the output of the
    last timestep. The next recurrent layer needs `(batch, timesteps, features)`, so Keras raises.

    ## Example
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM, SimpleRNN

    model = Sequential([Input((20, 6)), SimpleRNN(16), LSTM(32)])
    ```

    ## Use instead
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM, SimpleRNN

    model = Sequential([Input((20, 6)), SimpleRNN(16, return_sequences=True), LSTM(32)])
    ```
    """
    cause = dropper_of(rejection)
    if recurrence_of(rejection.operation) is None or cause is None:
        return None
    if recurrence_of(cause.operation) is None:
        return None
    between = [step.node.layer for step in rejection.way[: rejection.way.index(cause)]]
    layer, by = rejection.node.layer, cause.node.layer
    message = said(
        "`{layer}` needs a sequence, but `{by}` gives only its last step", layer=layer, by=by
    )
    if between:
        through = ", ".join(f"`{name}`" for name in reversed(between))
        message = said("{message} (through {through})", message=message, through=through)
    return Finding(
        message,
        said("pass return_sequences=True to {layer}", layer=by),
        cause,
        said("keeps only the last step: {shape}", shape=cause.after),
        _KEEP,
    )


def sequence_lost(rejection: Rejection) -> Finding | None:
    """A recurrent layer needs a sequence, but something other than a recurrent layer ended it.

    ## Why is this bad?
    `Flatten`, global pooling or a slice leaves `(batch, features)`; a recurrent layer needs
    `(batch, timesteps, features)`, so Keras raises. After an encoder, `RepeatVector` makes a
    sequence of its vector again.

    ## Example
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM, Flatten

    model = Sequential([Input((20, 6)), Flatten(), LSTM(32)])
    ```

    ## Use instead
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM

    model = Sequential([Input((20, 6)), LSTM(32)])
    ```
    """
    cause = dropper_of(rejection)
    if recurrence_of(rejection.operation) is None or cause is None:
        return None
    name = cause.node.layer
    return Finding(
        said(
            "`{layer}` needs a sequence, but `{by}` ended it", layer=rejection.node.layer, by=name
        ),
        said(
            "leave {by} out before {layer}, or put RepeatVector(timesteps) after it",
            layer=rejection.node.layer,
            by=name,
        ),
        cause,
        said("ends the sequence: {shape}", shape=cause.after),
        ("omit", True),
    )


def no_feature_axis(rejection: Rejection) -> Finding | None:
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
        return None
    if any(step.changes_rank for step in rejection.way):
        return None
    return Finding(
        said(
            "`{layer}` needs timesteps and features, but its input is {shape}",
            layer=rejection.node.layer,
            shape=rejection.found,
        ),
        said(
            "give the input a feature axis, for instance Input((timesteps, 1)), and the data too: "
            "x[..., None]"
        ),
        change=("shape", "feature"),
    )


def rank_too_many(rejection: Rejection) -> Finding | None:
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
        return None
    if any(step.changes_rank for step in rejection.way):
        return None
    return Finding(
        said(
            "`{layer}` takes 3 axes, the batch among them, but its input is {shape}",
            layer=rejection.node.layer,
            shape=rejection.found,
        ),
        said("leave the batch out of the shape: Input(X.shape[1:])"),
        change=("shape", "batch"),
    )


def sequence_into_vector_layer(rejection: Rejection) -> Finding | None:
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
        return None
    name = rejection.node.layer
    return blaming(
        source_of_rank(rejection),
        said(
            "`{layer}` takes one vector, but gets a sequence: {shape}",
            layer=name,
            shape=rejection.found,
        ),
        said("pass one vector to {layer}", layer=name),
        "leave return_sequences=True out of {layer}",
        _LAST,
    )


def vector_into_sequence_layer(rejection: Rejection) -> Finding | None:
    """A layer for sequences, such as TimeDistributed or Conv1D, is fed with a vector.

    ## Why is this bad?
    `TimeDistributed`, `Conv1D` and 1-D pooling work along the timesteps and need
    `(batch, timesteps, features)`. After a recurrent layer without `return_sequences=True` there
    are no timesteps left.

    ## Example
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM, Dense, TimeDistributed

    model = Sequential([Input((20, 6)), LSTM(32), TimeDistributed(Dense(4))])
    ```

    ## Use instead
    ```python
    from keras import Input, Sequential
    from keras.layers import LSTM, Dense, TimeDistributed

    model = Sequential(
        [Input((20, 6)), LSTM(32, return_sequences=True), TimeDistributed(Dense(4))]
    )
    ```
    """
    if rejection.rejected.expected_ndim != 3 or not rejection.lacks_axes:
        return None
    if recurrence_of(rejection.operation) is not None:
        return None
    name = rejection.node.layer
    return blaming(
        dropper_of(rejection),
        said(
            "`{layer}` works on sequences, but gets a vector: {shape}",
            layer=name,
            shape=rejection.found,
        ),
        said("give {layer} a sequence: (batch, timesteps, features)", layer=name),
        "pass return_sequences=True to {layer}",
        _KEEP,
    )


def merge_of_unlike_shapes(rejection: Rejection) -> Finding | None:
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
        return None
    if isinstance(rejection.operation, TensorFlowOp) and rejection.operation.function not in (
        "add", "subtract", "multiply", "divide", "concat", "stack", "maximum", "minimum", "matmul"
    ):  # fmt: skip
        return None
    return Finding(
        said(
            "`{layer}` cannot join these shapes: {shapes}",
            layer=rejection.node.layer,
            shapes=shapes_of(rejection),
        ),
        said("give the merged tensors matching shapes; the same return_sequences in every branch"),
    )


def rejected_shape(rejection: Rejection) -> Finding | None:
    """Keras rejects the shapes or the arguments of a layer.

    ## Why is this bad?
    The layer cannot be built: Keras raises in this statement.

    ## Example
    ```python
    from keras import Input, Sequential
    from keras.layers import Reshape

    model = Sequential([Input((20, 6)), Reshape((7, 7))])
    ```

    ## Use instead
    ```python
    from keras import Input, Sequential
    from keras.layers import Reshape

    model = Sequential([Input((20, 6)), Reshape((10, 12))])
    ```
    """
    message = rejection.rejected.message.partition("\n")[0]
    return Finding(
        said("`{layer}` is rejected: {message}", layer=rejection.node.layer, message=message),
        said("change its shape or arguments"),
    )


RULES = {
    "RNN101": sequence_dropped_too_early,
    "RNN102": sequence_lost,
    "RNN103": no_feature_axis,
    "RNN104": rank_too_many,
    "RNN105": sequence_into_vector_layer,
    "RNN106": vector_into_sequence_layer,
    "RNN107": merge_of_unlike_shapes,
    "RNN108": states_do_not_fit,
    "RNN109": rejected_shape,
}
"""The rules by code; of one rejection the first that fits speaks."""
FIXED = {
    "RNN101": "safe",
    "RNN102": "unsafe",
    "RNN103": "safe",
    "RNN104": "safe",
    "RNN105": "safe",
    "RNN106": "safe",
}
"""The rules whose findings can be mended, and whether safely where it is certain."""
