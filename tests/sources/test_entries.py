"""What one entry of a config says by itself."""

from __future__ import annotations

import pytest

from rnninspect.ir.model import Model
from rnninspect.ir.shape import Shape
from rnninspect.json_values import Json
from rnninspect.layers.core import Dense
from rnninspect.sources.entries import (
    MAX_AXES,
    built_shape,
    is_custom,
    is_operation,
    shape_of,
    short,
    stated_input,
    text,
    untagged,
)


@pytest.mark.parametrize(
    ("entry", "config", "expected"),
    [
        ({"module": "keras.src.ops.numpy", "class_name": "Add"}, {}, True),
        ({"module": "keras.layers", "class_name": "Add"}, {}, False),
        ({"class_name": "GetItem"}, {}, True),
        ({"class_name": "GetItem"}, {"trainable": True}, False),
        ({"class_name": "LSTM"}, {}, False),
    ],
)
def test_an_operation_is_told_from_a_layer(
    entry: dict[str, Json], config: dict[str, Json], expected: bool
) -> None:
    assert is_operation(entry, config) is expected


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"module": "mine.layers", "class_name": "LSTM"}, True),
        ({"module": None, "class_name": "LSTM"}, True),
        ({"class_name": "mine>LSTM"}, True),
        ({"class_name": "LSTM", "registered_name": "mine>LSTM"}, True),
        ({"module": "keras.layers", "class_name": "LSTM", "registered_name": None}, False),
        ({"class_name": "LSTM"}, False),
    ],
)
def test_a_class_outside_keras_is_custom(entry: dict[str, Json], expected: bool) -> None:
    assert is_custom(entry) is expected


def test_a_tagged_tuple_is_a_list_at_every_level() -> None:
    inner: Json = {"class_name": "__tuple__", "items": [2, 3]}
    assert untagged({"class_name": "__tuple__", "items": [1, inner]}) == [1, [2, 3]]
    broken: Json = {"class_name": "__tuple__", "items": 3}
    assert untagged(broken) == broken
    assert untagged("a") == "a"


def test_the_shape_that_keras_built_a_layer_on() -> None:
    assert built_shape({"build_config": {"input_shape": [None, 6]}}) == Shape.of(None, 6)
    shapes: Json = {"shapes_dict": {"query_shape": [None, 3]}}
    assert built_shape({"build_config": shapes}) == Shape.of(None, 3)
    assert built_shape({"build_config": None}) is None
    assert built_shape({}) is None


def test_the_input_that_a_first_layer_states() -> None:
    stated: Json = {"class_name": "Dense", "config": {"batch_input_shape": [None, 6]}}
    layer = Dense(units=1)
    assert stated_input(layer, {"config": {"batch_input_shape": [None, 6]}}) == Shape.of(None, 6)
    assert stated_input(layer, {"config": {"layer": stated}}) == Shape.of(None, 6)
    assert stated_input(layer, {"config": {}}) is None
    assert stated_input(layer, {}) is None
    model = Model(model_class="Sequential", layers={}, nodes=(), input_shapes={"x": Shape.of(3)})
    assert stated_input(model, {}) == Shape.of(3)


def test_texts_and_short_forms() -> None:
    assert (text("a"), text(3)) == ("a", None)
    assert short("a") == "'a'"
    assert len(short("a" * 100)) == 40 and short("a" * 100).endswith("...")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([None, 20, 6], Shape.of(None, 20, 6)),
        ({"class_name": "__tuple__", "items": [None, 6]}, Shape.of(None, 6)),
        ({"class_name": "TensorShape", "items": [3]}, Shape.of(3)),
        ([], None),
        ([True], None),
        (["a"], None),
        ([1] * (MAX_AXES + 1), None),
        (3, None),
    ],
)
def test_a_shape_is_a_list_of_sizes(value: Json, expected: Shape | None) -> None:
    assert shape_of(value) == expected
