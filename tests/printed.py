"""Models to print: made by a seed, the same under any version of Keras."""

from __future__ import annotations

import random
from typing import Any


def model(keras: Any, seed: int) -> Any:
    """A model of one of several kinds."""
    choose = random.Random(seed)
    kinds = (_stack, _stack, _stack, _translator, _blocks, _pictures)
    return choose.choice(kinds)(keras, choose)


def _stack(keras: Any, choose: random.Random) -> Any:
    layers = keras.layers
    steps = choose.choice([None, 10, 20, 50])
    if choose.random() < 0.3:
        start = keras.Input((steps,))
        size = choose.choice([100, 5000, 20000])
        chosen = [layers.Embedding(size, choose.choice([8, 32, 64]))]
    else:
        start = keras.Input((steps, choose.choice([1, 3, 6, 12, 40])))
        chosen = []
    if choose.random() < 0.3:
        padding = choose.choice(["same", "causal", "valid"])
        chosen.append(
            layers.Conv1D(choose.choice([8, 32]), choose.choice([2, 3, 5]), padding=padding)
        )
    count = choose.randint(1, 3)
    for number in range(count):
        chosen += _recurrent(layers, choose, last=number == count - 1)
    if choose.random() < 0.3:
        chosen += [layers.RepeatVector(7), layers.LSTM(16, return_sequences=True)]
        chosen.append(layers.TimeDistributed(layers.Dense(choose.choice([1, 5]))))
    chosen.append(layers.Dense(choose.choice([1, 3, 64]), use_bias=choose.random() < 0.9))
    if choose.random() < 0.5:
        return keras.Sequential([start, *chosen])
    end = start
    for layer in chosen:
        end = layer(end)
    return keras.Model(start, end)


def _recurrent(layers: Any, choose: random.Random, *, last: bool) -> list[Any]:
    kind = choose.choice(["LSTM", "GRU", "SimpleRNN"])
    more: dict[str, Any] = {"return_sequences": not last}
    if choose.random() < 0.15:
        more["use_bias"] = False
    elif kind == "GRU" and choose.random() < 0.3:
        more["reset_after"] = False
    layer = getattr(layers, kind)(choose.choice([4, 16, 32, 100]), **more)
    if choose.random() < 0.3:
        merge_mode = choose.choice(["concat", "concat", "sum"])
        layer = layers.Bidirectional(layer, merge_mode=merge_mode)
    found = [layer]
    if choose.random() < 0.4:
        found.append(layers.Dropout(0.2))
    if choose.random() < 0.2:
        found.append(choose.choice([layers.BatchNormalization, layers.LayerNormalization])())
    return found


def _translator(keras: Any, choose: random.Random) -> Any:
    layers = keras.layers
    source, target = keras.Input((None,), name="source"), keras.Input((None,))
    units = choose.choice([16, 64])
    read = layers.Embedding(choose.choice([50, 3000]), units)(source)
    _, state_h, state_c = layers.LSTM(units, return_state=True)(read)
    written = layers.Embedding(99, choose.choice([units, 32]))(target)
    lstm = layers.LSTM(units, return_sequences=True, return_state=True)
    end, _, _ = lstm(written, initial_state=[state_h, state_c])
    if choose.random() < 0.5:
        looked = choose.choice([layers.Attention, layers.AdditiveAttention])()
        found = looked([end, layers.LSTM(units, return_sequences=True)(read)])
        end = layers.Concatenate()([end, found])
    return keras.Model([source, target], layers.Dense(99)(end))


def _blocks(keras: Any, choose: random.Random) -> Any:
    layers = keras.layers
    start = keras.Input((12, 32))
    heads = layers.MultiHeadAttention(choose.choice([2, 4, 8]), choose.choice([8, 16, 64]))
    end = layers.LayerNormalization()(layers.Add()([start, heads(start, start)]))
    inner = layers.Dense(32)(layers.Dense(64)(end))
    end = layers.Conv1D(24, 3)(layers.Add()([end, inner]))
    return keras.Model(start, layers.Dense(2)(layers.GlobalMaxPooling1D()(end)))


def _pictures(keras: Any, choose: random.Random) -> Any:
    layers = keras.layers
    start = keras.Input((6, 16, 16, 3))
    end = layers.TimeDistributed(layers.Conv2D(8, 3))(start)
    end = layers.TimeDistributed(layers.MaxPooling2D())(end)
    if choose.random() < 0.5:
        end = layers.ConvLSTM2D(4, 3, padding="same")(end)
        end = layers.Flatten()(layers.BatchNormalization()(end))
    else:
        end = layers.GRU(20)(layers.TimeDistributed(layers.Flatten())(end))
    return keras.Model(start, layers.Dense(3)(end))


def printed(model: Any, **given: Any) -> str:
    """What ``model.summary()`` prints."""
    lines: list[str] = []
    model.summary(print_fn=lambda text, **_: lines.append(text), **given)
    return "\n".join(lines)


def weights_by_layer(model: Any) -> dict[str, list[list[int]]]:
    """The shapes of the weights of each layer that a summary has a row for."""
    return {
        layer.name: sorted(list(one.shape) for one in layer.weights)
        for layer in model.layers
        if type(layer).__name__ != "InputLayer"
    }
