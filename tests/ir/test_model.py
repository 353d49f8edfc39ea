"""A model as it was written: nodes, edges, and one use of the whole."""

from __future__ import annotations

from rnninspect.ir.inputs import with_batch, with_input_shape
from rnninspect.ir.model import Edge, Model, Node
from rnninspect.ir.operation import Call
from rnninspect.ir.shape import Shape
from rnninspect.layers.core import Dense


def two_layers(shape: Shape) -> Model:
    layers = {name: Dense(name=name, units=units) for name, units in (("a", 4), ("b", 2))}
    nodes = (Node("b", 0, (Edge("a"),), {}), Node("a", 0, (Edge("x"),), {}))
    return Model(
        name="m",
        model_class="Functional",
        layers=layers,
        nodes=nodes,
        inputs=Edge("x"),
        outputs=Edge("b"),
        input_shapes={"x": shape},
    )


def test_nodes_run_after_what_they_take_from() -> None:
    model = two_layers(Shape.of(None, 6))
    assert [node.layer for node in model.in_order] == ["a", "b"]
    assert model.reference["b", 0].output == Shape.of(None, 2)


def test_a_model_is_a_layer_of_another_and_rejects_other_widths() -> None:
    """(6 + 1) × 4 + (4 + 1) × 2 = 38."""
    model = two_layers(Shape.of(None, 6))
    use = model.apply(Call.on(Shape.of(None, 6)))
    assert sum(weight.count.value or 0 for weight in use.all_weights()) == 38
    rejected = model.apply(Call.on(Shape.of(None, 7))).rejected
    assert rejected is not None
    assert "expected shape=(None, 6), found shape=(None, 7)" in rejected.message


def test_an_input_shape_that_is_not_stated_can_be_given() -> None:
    model = two_layers(Shape.unknown("not stated"))
    assert model.lacks_input_shape
    given = with_input_shape(model, (6,))
    assert not given.lacks_input_shape
    assert with_batch(given, 8).input_shapes["x"] == Shape.of(8, 6)
