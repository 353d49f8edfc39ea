"""Random recurrent models, built by real Keras, over every modelled layer and its arguments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.recurrences import Chooser, bidirectional, cells, coin, recurrent, recurrent_forward


def small_model(keras: Any, choose: Chooser, width: int) -> Any:
    L = keras.layers
    if coin(choose):
        model = keras.Sequential([keras.Input((width,)), L.Dense(choose.integer(1, 5))])
    else:
        x = keras.Input((width,))
        model = keras.Model(x, L.Dense(3)(L.Dense(choose.integer(1, 5), use_bias=False)(x)))
    if choose.choice([False, False, True]):
        model.trainable = False
    return model


Step = Callable[[Any, Chooser, Any], Any]


def rank3_steps(keras: Any) -> list[Step]:
    """Layers that take a sequence; each step is (keras, choose, x) -> y."""
    L = keras.layers

    def conv(_: Any, choose: Chooser, x: Any) -> Any:
        strides = choose.choice([1, 2])
        dilation = 1 if strides > 1 else choose.choice([1, 2])
        arguments = {
            "kernel_size": choose.integer(1, 3),
            "strides": strides,
            "dilation_rate": dilation,
            "use_bias": coin(choose),
            "trainable": coin(choose),
        }
        if coin(choose):
            return L.Conv1D(
                choose.choice([2, 4]),
                padding=choose.choice(["valid", "same", "causal"]),
                groups=choose.choice([1, 2]),
                **arguments,
            )(x)
        return L.SeparableConv1D(
            choose.integer(1, 4),
            depth_multiplier=choose.integer(1, 3),
            padding=choose.choice(["valid", "same"]),
            **arguments,
        )(x)

    def attention(_: Any, choose: Chooser, x: Any) -> Any:
        kind = choose.choice(["Attention", "Additive", "MHA", "GQA"])
        other = L.Dense(choose.integer(1, 6))(x) if coin(choose) else x
        if kind == "Attention":
            return L.Attention(use_scale=coin(choose), score_mode=choose.choice(["dot", "concat"]))(
                [x, x] if coin(choose) else [x, other, x]
            )
        if kind == "Additive":
            return L.AdditiveAttention(use_scale=coin(choose))([x, x])
        if kind == "MHA":
            return L.MultiHeadAttention(
                choose.integer(1, 3),
                choose.integer(1, 4),
                value_dim=choose.choice([None, 2]),
                use_bias=coin(choose),
                output_shape=choose.choice([None, 5]),
                use_gate=coin(choose),
                dropout=choose.choice([0.0, 0.2]),
                trainable=coin(choose),
            )(x, other, key=choose.choice([None, x]))
        return L.GroupQueryAttention(
            choose.integer(1, 4), 4, choose.choice([1, 2, 4]), use_bias=coin(choose)
        )(x, x)

    def merge(_: Any, choose: Chooser, x: Any) -> Any:
        width = x.shape[-1]
        kind = choose.choice(
            ["Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate", "Dot"]
        )
        if kind == "Concatenate":
            axis = choose.choice([-1, 2, 1])
            return L.Concatenate(axis=axis)([x, L.Dense(width)(x)])
        if kind == "Dot":
            return L.Dot(axes=choose.choice([1, 2, -1, (1, 1)]), normalize=coin(choose))(
                [x, L.Dense(width)(x)]
            )
        other = L.Dense(choose.choice([width, 1]))(x)
        return getattr(L, kind)()([x, other])

    def norm(_: Any, choose: Chooser, x: Any) -> Any:
        kind = choose.choice(["BN", "LN", "UN"])
        if kind == "BN":
            return L.BatchNormalization(
                scale=coin(choose),
                center=coin(choose),
                renorm=choose.choice([False, False, True]),
                axis=choose.choice([-1, 2]),
                trainable=coin(choose),
            )(x)
        if kind == "LN":
            axis = choose.choice([-1, 2]) if x.shape[1] is None else choose.choice([-1, 1, (1, 2)])
            return L.LayerNormalization(axis=axis, center=coin(choose), scale=coin(choose))(x)
        return L.UnitNormalization()(x)

    def reshape(_: Any, choose: Chooser, x: Any) -> Any:
        steps, width = x.shape[1], x.shape[2]
        kind = choose.choice(["reshape", "permute", "crop", "pad", "up", "pool", "avg"])
        if kind == "reshape" and steps is not None:
            return L.Reshape(choose.choice([(width, steps), (-1, 1), (steps * width, 1), (1, -1)]))(
                x
            )
        if kind == "permute" and steps is not None:
            return L.Permute((2, 1))(x)
        if kind == "crop":
            return L.Cropping1D(choose.choice([1, (0, 1), (1, 0)]))(x)
        if kind == "pad":
            return L.ZeroPadding1D(choose.choice([1, (2, 3)]))(x)
        if kind == "up":
            return L.UpSampling1D(choose.integer(1, 3))(x)
        pooling = L.MaxPooling1D if kind == "pool" else L.AveragePooling1D
        return pooling(
            choose.integer(1, 3),
            strides=choose.choice([None, 1, 2]),
            padding=choose.choice(["valid", "same"]),
            data_format=choose.choice([None, "channels_last"]),
        )(x)

    def plain(_: Any, choose: Chooser, x: Any) -> Any:
        return choose.choice(
            [
                L.Dropout(0.2),
                L.SpatialDropout1D(0.1),
                L.GaussianNoise(0.1),
                L.GaussianDropout(0.1),
                L.AlphaDropout(0.1),
                L.ActivityRegularization(l1=0.1),
                L.Activation("relu"),
                L.ReLU(max_value=6.0),
                L.LeakyReLU(),
                L.ELU(),
                L.Softmax(),
                L.Identity(),
                L.Masking(0.0),
                L.PReLU(shared_axes=[1]),
            ]
        )(x)

    def dense(_: Any, choose: Chooser, x: Any) -> Any:
        kind = choose.choice(["Dense", "Einsum", "EinsumElided", "PReLU"])
        if kind == "Dense":
            return L.Dense(
                choose.integer(1, 8),
                use_bias=coin(choose),
                trainable=coin(choose),
                lora_rank=choose.choice([None, None, 2]),
            )(x)
        if kind == "PReLU" and x.shape[1] is not None:
            return L.PReLU(shared_axes=choose.choice([None, [1], [2]]))(x)
        if kind == "EinsumElided":
            return L.EinsumDense(
                "...x,xy->...y", output_shape=5, bias_axes=choose.choice([None, "y"])
            )(x)
        return L.EinsumDense(
            "abc,cd->abd", output_shape=(None, choose.integer(1, 5)), bias_axes="d"
        )(x)

    def wrapped(_: Any, choose: Chooser, x: Any) -> Any:
        width = x.shape[-1]
        kind = choose.choice(["dense", "model", "bidirectional"])
        if kind == "dense":
            return L.TimeDistributed(L.Dense(choose.integer(1, 5), trainable=coin(choose)))(x)
        if kind == "model":
            return L.TimeDistributed(small_model(keras, choose, width))(x)
        return bidirectional(L, choose, True)(x)

    def recur(_: Any, choose: Chooser, x: Any) -> Any:
        return recurrent(L, choose, True)(x)

    def over_cells(_: Any, choose: Chooser, x: Any) -> Any:
        return L.RNN(cells(L, choose), return_sequences=True, go_backwards=coin(choose))(x)

    def states(_: Any, choose: Chooser, x: Any) -> Any:
        kind = choose.choice(["SimpleRNN", "LSTM", "GRU"])
        units = choose.integer(1, 6)
        if coin(choose):
            first = getattr(L, kind)(units, return_state=True, return_sequences=True)
            y, *state = first(x)
            return getattr(L, kind)(units, return_sequences=True)(y, initial_state=state)
        first = L.Bidirectional(getattr(L, kind)(units, return_state=True, return_sequences=True))
        y, *state = first(x)
        half = [
            L.Concatenate()([a, b])
            for a, b in zip(state[: len(state) // 2], state[len(state) // 2 :], strict=True)
        ]
        return getattr(L, kind)(2 * units, return_sequences=True)(y, initial_state=half)

    def shared(_: Any, choose: Chooser, x: Any) -> Any:
        layer = recurrent(L, choose, True)
        return L.Add()([layer(x), layer(L.Activation("tanh")(x))])

    def nested(_: Any, choose: Chooser, x: Any) -> Any:
        inner = keras.Input(x.shape[1:])
        y = recurrent(L, choose, True)(inner)
        model = keras.Model(inner, L.Dense(2)(y))
        model.trainable = coin(choose)
        return model(x)

    def nested_sequential(_: Any, choose: Chooser, x: Any) -> Any:
        layers = [recurrent(L, choose, True), L.Dense(choose.integer(1, 4))]
        if coin(choose):
            layers.insert(0, keras.Input(x.shape[1:]))
        return keras.Sequential(layers)(x)

    def both_ways(_: Any, choose: Chooser, x: Any) -> Any:
        forward, backward = L.Bidirectional(recurrent_forward(L, choose), merge_mode=None)(x)
        return L.Concatenate()([forward, backward])

    def convolved(_: Any, choose: Chooser, x: Any) -> Any:
        steps, width = x.shape[1], x.shape[2]
        if steps is None:
            return x
        axes = choose.integer(1, 3)
        y = L.Reshape((steps, *([1] * (axes - 1)), width, 1))(x)
        layer = getattr(L, f"ConvLSTM{axes}D")(
            choose.integer(1, 3),
            kernel_size=choose.choice([1, (1,) * axes]),
            padding=choose.choice(["valid", "same"]),
            strides=1,
            use_bias=coin(choose),
            return_sequences=True,
            data_format="channels_last",
        )
        return L.TimeDistributed(L.Flatten())(layer(y))

    def operation(_: Any, choose: Chooser, x: Any) -> Any:
        kind = choose.choice(["plus", "times", "every second", "minus"])
        if kind == "plus":
            return x + 1.0
        if kind == "times":
            return x * x
        return x[:, ::2] if kind == "every second" else x - x[:, :1]

    def both_ways_over_cells(_: Any, choose: Chooser, x: Any) -> Any:
        inner = L.RNN(cells(L, choose), return_sequences=True)
        return L.Bidirectional(inner, merge_mode=choose.choice(["concat", "sum"]))(x)

    def both_ways_unmerged(_: Any, choose: Chooser, x: Any) -> Any:
        layer = recurrent_forward(L, choose)
        forward, backward = L.Bidirectional(layer, merge_mode=None)(x)
        return L.Concatenate()([forward, backward])

    def both_ways_with_states(_: Any, choose: Chooser, x: Any) -> Any:
        kind = choose.choice(["SimpleRNN", "LSTM", "GRU"])
        layer = getattr(L, kind)(choose.integer(1, 4), return_sequences=True, return_state=True)
        y, *states = L.Bidirectional(layer)(x)
        return y * L.Concatenate()([states[0], states[-1]])[:, None, :]

    def frozen_model(keras_: Any, choose: Chooser, x: Any) -> Any:
        inner = small_model(keras_, choose, x.shape[-1])
        inner.trainable = coin(choose)
        return L.TimeDistributed(inner, trainable=coin(choose))(x)

    return [
        conv, attention, merge, norm, reshape, plain, dense, wrapped, recur, recur, over_cells,
        states, shared, nested, nested_sequential, both_ways, convolved, operation,
        both_ways_over_cells, both_ways_unmerged, both_ways_with_states, frozen_model,
    ]  # fmt: skip


def end(keras: Any, choose: Chooser, x: Any) -> Any:
    """A layer that ends the sequence, and one more on the vector."""
    L = keras.layers
    kind = choose.choice(["rnn", "bi", "cells", "max", "avg", "flatten", "slice"])
    if kind == "rnn":
        y = recurrent(L, choose, False)(x)
    elif kind == "bi":
        y = bidirectional(L, choose, False)(x)
    elif kind == "cells":
        y = L.RNN(cells(L, choose))(x)
    elif kind == "max":
        y = L.GlobalMaxPooling1D(keepdims=False)(x)
    elif kind == "avg":
        y = L.GlobalAveragePooling1D()(x)
    elif kind == "flatten" and x.shape[1] is not None:
        y = L.Flatten()(x)
    else:
        y = x[:, -1, :]
    if coin(choose):
        y = L.RepeatVector(choose.integer(1, 4))(y)
        y = recurrent(L, choose, coin(choose))(y)
    return L.Dense(choose.integer(1, 4))(y)


def build(keras: Any, choose: Chooser) -> Any:
    """A functional model of up to six random steps; steps that Keras rejects are left out."""
    L = keras.layers
    steps = rank3_steps(keras)
    inputs = []
    if coin(choose):
        tokens = keras.Input((choose.choice([None, 7]),), dtype="int32")
        inputs.append(tokens)
        x = L.Embedding(
            choose.integer(2, 30),
            choose.integer(1, 6),
            mask_zero=coin(choose),
            trainable=coin(choose),
        )(tokens)
    else:
        x = keras.Input((choose.choice([None, 5, 8]), choose.integer(1, 6)))
        inputs.append(x)
    for _ in range(choose.integer(1, 6)):
        step = choose.choice(steps)
        try:
            y = step(keras, choose, x)
        except (ValueError, TypeError, NotImplementedError):
            continue
        if len(y.shape) == 3 and y.shape[-1] is not None and 0 not in y.shape:
            x = y
    outputs = [end(keras, choose, x)]
    if coin(choose):
        outputs.append(L.TimeDistributed(L.Dense(2))(x))
    return keras.Model(inputs, outputs if len(outputs) > 1 else outputs[0])


def stack(keras: Any, choose: Chooser) -> Any:
    """A Sequential stack of recurrent layers."""
    L = keras.layers
    model = keras.Sequential([keras.Input((choose.choice([None, 6]), choose.integer(1, 6)))])
    for _ in range(choose.integer(1, 4)):
        kind = choose.choice(["rnn", "bi", "cells", "drop", "norm", "dense"])
        if kind == "rnn":
            model.add(recurrent(L, choose, True))
        elif kind == "bi":
            model.add(bidirectional(L, choose, True))
        elif kind == "cells":
            model.add(L.RNN(cells(L, choose), return_sequences=True))
        elif kind == "drop":
            model.add(L.Dropout(0.1))
        elif kind == "norm":
            model.add(L.BatchNormalization())
        else:
            model.add(L.Dense(choose.integer(1, 4)))
    model.add(recurrent(L, choose, coin(choose)))
    if choose.choice([False, False, True]):
        model.trainable = False
    return model
