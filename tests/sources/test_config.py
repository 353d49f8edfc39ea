"""Keras's configs become models: known layers, unknown ones, graphs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from rnninspect.analysis.analyse import analyse
from rnninspect.analysis.result import Analysis
from rnninspect.errors import UnreadableSource
from rnninspect.ir.structures import sizes_of
from rnninspect.json_values import Json
from rnninspect.sources.config import read_config, read_layers
from rnninspect.strictness import Unforeseen


def layer(class_name: str, name: str, **config: Any) -> dict[str, Any]:
    return {
        "module": "keras.layers",
        "class_name": class_name,
        "registered_name": None,
        "config": {"name": name, **config},
    }


INPUT = layer("InputLayer", "input", batch_shape=[None, 20, 6])


def sequential(*layers: dict[str, Any], **config: Any) -> Analysis:
    model: dict[str, Json] = {
        "class_name": "Sequential",
        "config": {"name": "model", "layers": list(layers), **config},
    }
    return analyse(read_config(model, "m.json"))


def test_a_stack_is_read_in_its_order() -> None:
    analysis = sequential(INPUT, layer("LSTM", "a", units=4), layer("Dense", "b", units=2))
    assert [row.name for row in analysis.layers] == ["a", "b"]
    assert [row.parameters.value for row in analysis.layers] == [4 * (6 + 4 + 1) * 4, 10]
    assert sizes_of(analysis.layers[1].output_shape) == [None, 2]


def test_without_an_input_the_shape_it_was_built_on_is_used() -> None:
    analysis = sequential(layer("LSTM", "a", units=4), build_input_shape=[None, 20, 6])
    assert analysis.total.value == 176
    assert analysis.is_complete


def test_without_any_input_shape_what_depends_on_it_is_unknown() -> None:
    analysis = sequential(layer("LSTM", "a", units=4), layer("Dense", "b", units=2))
    assert analysis.layers[0].parameters.value is None
    assert analysis.total.at_least
    # LSTM: 4·(4·4 + 4) = 80 without the kernel; Dense: 4 features are known: 10
    assert analysis.total.value == 90
    assert not analysis.is_complete


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (layer("Mine", "x"), "Mine is not a built-in Keras layer"),
        (layer("Lambda", "x"), "Lambda is not modelled: it runs Python code"),
        (layer("LSTM", "x"), "its config has no `units`"),
        (layer("LSTM", "x", units="four"), "its `units` is 'four', which Keras does not take"),
        (layer("LSTM", "x", units=True), "its `units` is True, which Keras does not take"),
        (
            layer("LSTM", "x", units=3, dtype={"config": {"mode": "int8"}}),
            "its weights are quantized, which is not modelled yet",
        ),
        (
            {**layer("LSTM", "x", units=3), "module": "mine"},
            "LSTM is not a built-in Keras layer",
        ),
        (
            {**layer("LSTM", "x", units=3), "registered_name": "mine>LSTM"},
            "LSTM is not a built-in Keras layer",
        ),
    ],
)
def test_what_is_not_modelled_is_a_row_with_a_reason(entry: dict[str, Any], reason: str) -> None:
    analysis = sequential(INPUT, entry)
    (row,) = analysis.layers
    assert row.unknown == reason
    assert row.parameters.value is None
    assert row.trainable_params is None
    assert analysis.total == (0, True)


def test_arguments_of_other_versions_are_a_note_for_users(as_users_run_it: None) -> None:
    analysis = sequential(INPUT, layer("LSTM", "a", units=4, from_the_future=1), colour="red")
    assert analysis.total.value == 176
    assert sorted(analysis.notes) == [
        "rnninspect does not know the key 'colour' in the config of a model, and ignores it",
        "rnninspect does not know the key 'from_the_future' in the config of LSTM, and ignores it",
    ]


@pytest.mark.parametrize(
    "entry",
    [
        layer("LSTM", "a", units=4, from_the_future=1),
        {**layer("LSTM", "a", units=4), "from_the_future": 1},
    ],
)
def test_arguments_of_other_versions_fail_our_own_tests(entry: dict[str, Any]) -> None:
    with pytest.raises(Unforeseen, match=r"layers\[1\]: the key 'from_the_future'"):
        sequential(INPUT, entry)


def test_the_model_itself_may_be_of_an_unknown_class() -> None:
    config: dict[str, Json] = {
        "class_name": "Mine",
        "module": "mine",
        "config": {"a": 1},
        "registered_name": "Mine",
    }
    analysis = analyse(read_config(config, "m.json"))
    assert analysis.notes == (
        "Mine is a model of its own class: how its layers connect is not known",
    )
    assert analysis.total.at_least


def test_layers_without_a_graph_use_the_shapes_they_were_built_on() -> None:
    entry = {**layer("LSTM", "a", units=4), "build_config": {"input_shape": [None, 20, 6]}}
    analysis = analyse(read_layers("mine", "Mine", [entry], "<Mine>"))
    assert analysis.total == (176, False)


def test_two_layers_of_one_name_are_no_model() -> None:
    with pytest.raises(UnreadableSource, match="two layers"):
        sequential(INPUT, layer("ReLU", "a"), layer("ReLU", "a"))


def read(model: Any) -> Analysis:
    return analyse(read_config(json.loads(model.to_json()), "m.json"))


@pytest.mark.keras
def test_a_layer_used_twice_is_counted_once(keras: Any) -> None:
    a, b = keras.Input((20, 6)), keras.Input((9, 6))
    shared = keras.layers.LSTM(4, name="shared")
    model = keras.Model([a, b], keras.layers.Add()([shared(a), shared(b)]))
    analysis = read(model)
    assert [row.name for row in analysis.layers] == ["shared", "add"]
    assert analysis.total.value == model.count_params() == 176
    assert analysis.layers[1].connections == ("shared", "shared[1][0]")


@pytest.mark.keras
def test_states_go_from_layer_to_layer(keras: Any) -> None:
    a, b = keras.Input((None, 6)), keras.Input((None, 5), name="words")
    _, *states = keras.layers.LSTM(4, return_state=True, name="encoder")(a)
    y = keras.layers.LSTM(4, return_sequences=True, name="decoder")(b, initial_state=states)
    analysis = read(keras.Model([a, b], y))
    assert analysis.layers[1].inbound == ("words", "encoder")
    assert sizes_of(analysis.layers[0].output_shape) == [[None, 4], [None, 4], [None, 4]]
    assert analysis.is_complete


@pytest.mark.keras
def test_models_stand_in_models(keras: Any) -> None:
    x = keras.Input((20, 6))
    inner = keras.Sequential([keras.layers.Dense(3), keras.layers.ReLU()], name="inner")
    model = keras.Model(x, keras.layers.TimeDistributed(inner, name="each")(x))
    analysis = read(model)
    assert [row.name for row in analysis.layers] == ["each"]
    assert analysis.total.value == model.count_params() == 21
    assert [child.class_name for child in analysis.layers[0].children] == ["Dense", "ReLU"]


@pytest.mark.keras
def test_inputs_and_outputs_may_have_names(keras: Any) -> None:
    inputs = {"left": keras.Input((20, 6), name="left"), "right": keras.Input((3,), name="right")}
    left = keras.layers.GRU(4)(inputs["left"])
    joined = keras.layers.Concatenate()([left, inputs["right"]])
    inner = keras.Model(inputs, {"sum": joined, "left": left}, name="inner")
    right, other = keras.Input((3,), name="a"), keras.Input((20, 6), name="b")
    result = inner({"right": right, "left": other})
    analysis = read(keras.Model([right, other], result["sum"]))
    assert analysis.is_complete
    assert sizes_of(analysis.layers[0].output_shape) == [[None, 4], [None, 7]]


@pytest.mark.keras
def test_operations_are_rows_without_parameters(keras: Any) -> None:
    x = keras.Input((20, 6))
    y = keras.ops.concatenate([x[:, -1, :], x[:, 0] * 2], axis=-1)
    analysis = read(keras.Model(x, keras.ops.expand_dims(y, 1)))
    assert analysis.total == (0, False)
    assert sizes_of(analysis.layers[-1].output_shape) == [None, 1, 12]


@pytest.mark.keras
def test_an_operation_that_is_not_modelled_has_the_shape_that_the_file_states(keras: Any) -> None:
    x = keras.Input((20, 6))
    y = keras.ops.roll(keras.ops.cumsum(x, axis=1), 1, axis=1)
    analysis = read(keras.Model(x, keras.layers.LSTM(3)(y)))
    assert analysis.layers[-1].parameters.value == 4 * (6 + 3 + 1) * 3
