"""How configs of Keras 1, 2 and 3 name the tensors that go into a layer."""

from __future__ import annotations

import pytest

from rnninspect.diagnostics import Place
from rnninspect.errors import UnreadableSource
from rnninspect.ir.edge import Edge
from rnninspect.ir.model import Model, Node
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure
from rnninspect.json_values import Json
from rnninspect.layers.core import Dense
from rnninspect.sources.inbound import InboundReader


@pytest.fixture
def reader() -> InboundReader:
    inner = Model(model_class="Functional", layers={}, nodes=(), input_shapes={})
    return InboundReader("m.json", {"a": Dense(units=1), "inner": inner}, {"a": 1, "inner": 2})


def key(structure: Structure) -> tuple[str, int, int | None]:
    assert isinstance(structure, Edge)
    return structure.layer, structure.call, structure.tensor


def node(reader: InboundReader, data: Json) -> Node:
    return reader.node("b", 0, data, Place("m.json"), None)


def tensor(layer: str, call: int, number: int) -> Json:
    config: Json = {"shape": [None, 3], "keras_history": [layer, call, number]}
    return {"class_name": "__keras_tensor__", "config": config}


def test_keras_3_writes_arguments_and_keywords(reader: InboundReader) -> None:
    items: Json = {"class_name": "__tuple__", "items": [1, {"class_name": "__ellipsis__"}]}
    bounds: Json = {"start": None, "stop": 3, "step": None}
    read = node(
        reader,
        {
            "args": [tensor("a", 0, 1), items],
            "kwargs": {"key": {"class_name": "__slice__", "config": bounds}, "flag": True},
        },
    )
    first, second = read.args
    assert key(first) == ("a", 0, 1)
    assert isinstance(first, Edge) and first.recorded == Shape.of(None, 3)
    assert second == [1, Ellipsis]
    assert read.kwargs == {"key": slice(None, 3, None), "flag": True}


def test_keras_2_lists_tensors_with_keywords(reader: InboundReader) -> None:
    one = node(reader, [["a", 0, 0, {"mask": ["a", 0, 1], "training": False}]])
    assert key(one.args[0]) == ("a", 0, 0)
    assert key(one.kwargs["mask"]) == ("a", 0, 1)
    assert one.kwargs["training"] is False
    (several,) = node(reader, [["a", 0, 0, {}], ["_CONSTANT_VALUE", -1, 7, {}]]).args
    assert isinstance(several, list)
    assert key(several[0]) == ("a", 0, 0) and several[1] == 7
    assert node(reader, ["a", 0, 0, {}]).args and node(reader, []).args == ()


def test_a_models_own_node_is_not_a_call_of_it(reader: InboundReader) -> None:
    """Keras numbers a functional model's first use 1, since 0 is the model itself."""
    assert key(reader.ends(["inner", 1, 0])) == ("inner", 0, 0)
    assert key(reader.ends(["a", 1, 0])) == ("a", 1, 0)


def test_arguments_that_are_nested_too_deeply_are_rejected(reader: InboundReader) -> None:
    deep: Json = []
    for _ in range(60):
        deep = [deep]
    with pytest.raises(UnreadableSource, match="nested over"):
        reader.ends(deep)
