"""Models chosen for one difficulty each; every function takes Keras and returns a model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Make = Callable[[Any], Any]
GRAPHS: dict[str, Make] = {}


def graph(make: Make) -> Make:
    """Enter a model into the table under its function's name."""
    GRAPHS[make.__name__] = make
    return make


def stack(keras: Any, *layers: Any, shape: tuple[int | None, ...] = (20, 6), **given: Any) -> Any:
    return keras.Sequential([keras.Input(shape, **given), *layers])


@graph
def stateful_with_a_fixed_batch(keras: Any) -> Any:
    L = keras.layers
    first = L.LSTM(4, stateful=True, return_sequences=True)
    return stack(keras, first, L.GRU(3, stateful=True), batch_size=2)


@graph
def recurrence_within_each_timestep(keras: Any) -> Any:
    L = keras.layers
    return stack(keras, L.TimeDistributed(L.Bidirectional(L.LSTM(3))), shape=(4, 5, 6))


@graph
def time_distributed_twice(keras: Any) -> Any:
    L = keras.layers
    return stack(keras, L.TimeDistributed(L.TimeDistributed(L.Dense(3))), shape=(4, 5, 6))


@graph
def bidirectional_pictures(keras: Any) -> Any:
    L = keras.layers
    inner = L.ConvLSTM2D(3, 3, padding="same", return_sequences=True)
    return stack(keras, L.Bidirectional(inner), shape=(4, 5, 6, 2))


@graph
def states_of_pictures(keras: Any) -> Any:
    x = keras.Input((4, 5, 6, 2))
    return keras.Model(x, keras.layers.ConvLSTM2D(3, 2, return_state=True)(x))


@graph
def attention_scores(keras: Any) -> Any:
    L = keras.layers
    x = keras.Input((4, 6))
    heads = L.MultiHeadAttention(2, 3)(x, x, return_attention_scores=True)
    groups = L.GroupQueryAttention(3, 4, 2)(x, x, return_attention_scores=True)
    plain = L.Attention()([x, x], return_attention_scores=True)
    return keras.Model(x, [*heads, *groups, *plain])


@graph
def attention_over_several_axes(keras: Any) -> Any:
    x = keras.Input((4, 5, 6))
    return keras.Model(x, keras.layers.MultiHeadAttention(2, 3, attention_axes=(1, 2))(x, x))


@graph
def attention_to_another_shape(keras: Any) -> Any:
    x = keras.Input((4, 6))
    return keras.Model(x, keras.layers.MultiHeadAttention(2, 3, output_shape=(2, 5))(x, x))


@graph
def attention_with_a_mask_of_its_own(keras: Any) -> Any:
    x, mask = keras.Input((4, 6)), keras.Input((4, 4), dtype="bool")
    attend = keras.layers.MultiHeadAttention(2, 3)
    return keras.Model([x, mask], attend(x, x, attention_mask=mask, use_causal_mask=True))


@graph
def gated_groups(keras: Any) -> Any:
    x = keras.Input((4, 6))
    return keras.Model(x, keras.layers.GroupQueryAttention(3, 4, 2, use_gate=True)(x, x))


@graph
def embedding_of_sentences(keras: Any) -> Any:
    L = keras.layers
    embed = L.Embedding(10, 4, lora_rank=2)
    return stack(keras, embed, L.TimeDistributed(L.LSTM(3)), shape=(5, 7))


@graph
def channels_first(keras: Any) -> Any:
    L = keras.layers
    pool = L.MaxPooling1D(2, data_format="channels_first")
    return stack(keras, pool, L.GlobalMaxPooling1D(data_format="channels_first"), shape=(5, 8))


@graph
def states_as_inputs(keras: Any) -> Any:
    x, h, c = keras.Input((None, 6)), keras.Input((4,)), keras.Input((4,))
    outputs = keras.layers.LSTM(4, return_state=True)(x, initial_state=[h, c])
    return keras.Model([x, h, c], outputs)


@graph
def four_states_for_both_directions(keras: Any) -> Any:
    L = keras.layers
    x, states = keras.Input((None, 6)), [keras.Input((4,)) for _ in range(4)]
    return keras.Model([x, *states], L.Bidirectional(L.LSTM(4))(x, initial_state=states))


@graph
def a_state_for_a_cell(keras: Any) -> Any:
    L = keras.layers
    x, h = keras.Input((None, 6)), keras.Input((4,))
    return keras.Model([x, h], L.RNN(L.GRUCell(4), return_state=True)(x, initial_state=h))


@graph
def nested_states_of_stacked_cells(keras: Any) -> Any:
    L = keras.layers
    x = keras.Input((None, 6))
    y, *_ = L.RNN([L.LSTMCell(4), L.GRUCell(3)], return_state=True)(x)
    return keras.Model(x, y)


@graph
def cells_within_cells(keras: Any) -> Any:
    L = keras.layers
    inner = L.StackedRNNCells([L.LSTMCell(3), L.GRUCell(2, trainable=False)])
    first = L.RNN(L.StackedRNNCells([inner, L.SimpleRNNCell(4)]), return_sequences=True)
    return stack(keras, first, L.Bidirectional(L.RNN([L.LSTMCell(3), L.GRUCell(2)])))


@graph
def a_mask_by_keyword(keras: Any) -> Any:
    x, mask = keras.Input((5, 6)), keras.Input((5,), dtype="bool")
    return keras.Model([x, mask], keras.layers.LSTM(3)(x, mask=mask))


@graph
def models_in_models_in_models(keras: Any) -> Any:
    L = keras.layers
    a = keras.Sequential([keras.Input((3,)), L.Dense(2), L.ReLU()], name="a")
    y = keras.Input((3,))
    b = keras.Model(y, a(y) + 1.0, name="b")
    x = keras.Input((5, 3))
    return keras.Model(x, L.TimeDistributed(b)(x))


@graph
def a_sequential_used_three_times(keras: Any) -> Any:
    L = keras.layers
    a = keras.Sequential([keras.Input((5, 3)), L.LSTM(2)], name="a")
    x, y = keras.Input((5, 3)), keras.Input((5, 3))
    return keras.Model([x, y], L.Concatenate()([a(x), a(y), a(x)]))


@graph
def a_functional_used_twice_on_other_lengths(keras: Any) -> Any:
    L = keras.layers
    z = keras.Input((None, 3))
    a = keras.Model(z, [L.LSTM(2)(z), L.GRU(2, return_sequences=True)(z)], name="a")
    x, y = keras.Input((5, 3)), keras.Input((7, 3))
    (one, _), (two, steps) = a(x), a(y)
    return keras.Model([x, y], [L.Concatenate()([one, two]), steps])


@graph
def named_inputs_and_outputs(keras: Any) -> Any:
    L = keras.layers
    x = keras.Input((5, 3), name="x")
    return keras.Model({"x": x}, {"b": L.LSTM(2)(x), "a": L.GRU(3)(x)})


@graph
def an_input_that_is_an_output(keras: Any) -> Any:
    x = keras.Input((5, 3))
    return keras.Model(x, [x, keras.layers.LSTM(2)(x)])


@graph
def every_way_to_slice(keras: Any) -> Any:
    x = keras.Input((5, 3))
    y = keras.layers.LSTM(4, return_sequences=True)(x)
    return keras.Model(x, [y[:, -1, :], y[:, -1], y[..., 0], y[:, 1:4:2], y[:, None]])


@graph
def a_row_of_operations(keras: Any) -> Any:
    ops = keras.ops
    x = keras.Input((5, 3))
    y = ops.transpose(ops.concatenate([x, x], -1), (0, 2, 1))
    y = ops.squeeze(ops.mean(ops.reshape(y, (-1, 15, 2)), axis=1, keepdims=True), 1)
    y = ops.stack([ops.expand_dims(y, -1)] * 2, 1)
    return keras.Model(x, ops.sum(y, axis=-1))


@graph
def a_policy_for_all_and_one_for_itself(keras: Any) -> Any:
    L = keras.layers
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        return stack(keras, L.LSTM(3, return_sequences=True), L.GRU(2, dtype="float64"))
    finally:
        keras.config.set_dtype_policy("float32")


@graph
def frozen_inside_frozen(keras: Any) -> Any:
    L = keras.layers
    layers = [keras.Input((5, 3)), L.LSTM(2, trainable=False), L.Dense(2)]
    inner = keras.Sequential(layers, name="inner")
    inner.trainable = False
    return stack(keras, inner, L.Dense(1), shape=(5, 3))


@graph
def unusual_names(keras: Any) -> Any:
    L = keras.layers
    layers = [L.LSTM(2, name="with space"), L.Dense(2, name="größe [b]")]
    return keras.Sequential([keras.Input((5, 3), name="my input"), *layers], name="modèle")


@graph
def another_layer_backwards(keras: Any) -> Any:
    L = keras.layers
    there = L.LSTM(3, return_sequences=True)
    back = L.LSTM(3, go_backwards=True, return_sequences=True, use_bias=False)
    return stack(keras, L.Bidirectional(there, backward_layer=back, merge_mode="ave"))


@graph
def an_equation_over_two_axes(keras: Any) -> Any:
    L = keras.layers
    first = L.EinsumDense("abc,cde->abde", output_shape=(None, 4, 5), bias_axes="de")
    return stack(keras, first, L.EinsumDense("abde,de->ab", output_shape=(None,)))


@graph
def shapes_that_broadcast(keras: Any) -> Any:
    L = keras.layers
    x, y, z = keras.Input((5, 3)), keras.Input((1, 3)), keras.Input((3,))
    joined = [L.Add()([x, y]), L.Multiply()([x, z]), L.Maximum()([x, y, z])]
    return keras.Model([x, y, z], joined)


@graph
def one_layer_on_several_tensors(keras: Any) -> Any:
    x = keras.Input((5, 3))
    return keras.Model(x, keras.layers.Identity()([x, x]))
