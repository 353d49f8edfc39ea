"""Tensors with their history become models."""

from __future__ import annotations

from rnninspect.diagnostics import Place
from rnninspect.ir.operation import Application, Call
from rnninspect.ir.shape import Shape
from rnninspect.layers.core import Dense, InputLayer
from rnninspect.reader.keras.graphs import model_of, uses_behind
from rnninspect.reader.values import LayerRef, Tensor, Use


def start(name: str) -> Tensor:
    layer = LayerRef(InputLayer(name=name, batch_shape=(None, 4)), Place())
    return Tensor(Shape.of(None, 4), input_layer=layer)


def after(layer: LayerRef, *inputs: Tensor, number: int = 0) -> Tensor:
    shape = Shape.of(None, 4)
    application = Application(layer.operation, Call((shape,)), shape)
    return Tensor(shape, Use(layer, number, inputs, {}, Place(), application))


def dense(name: str) -> LayerRef:
    return LayerRef(Dense(name=name, units=4), Place())


def test_uses_come_after_what_they_take() -> None:
    x = start("x")
    first, second = after(dense("a"), x), after(dense("b"), x)
    last = after(dense("c"), second, first)
    assert [use.layer.operation.name for use in uses_behind([last])] == ["b", "a", "c"]


def test_layers_of_one_name_get_numbers() -> None:
    x = start("x")
    end = after(dense("same"), after(dense("same"), x))
    model = model_of(end, [x], name="m", model_class="Functional", place=Place())
    assert list(model.layers) == ["x", "same", "same_1"]
    assert model.hidden_inputs == frozenset()


def test_a_layer_that_is_used_twice_is_one_layer_with_two_nodes() -> None:
    x, layer = start("x"), dense("a")
    end = after(layer, after(layer, x), number=1)
    model = model_of(end, [x], name="m", model_class="Functional", place=Place())
    assert [(node.layer, node.call) for node in model.nodes] == [("a", 0), ("a", 1)]


def test_a_tensor_without_history_is_a_hidden_input() -> None:
    loose = Tensor(Shape.of(None, 4))
    end = after(dense("a"), loose)
    model = model_of(end, [], name=None, model_class="Functional", place=Place())
    assert model.hidden_inputs == {"input 1"}
