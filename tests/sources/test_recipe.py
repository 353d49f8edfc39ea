"""A model becomes data from which Keras can build it; what is not known is not guessed."""

from __future__ import annotations

import json

import pytest

from rnninspect.ir.dims import Unknown
from rnninspect.ir.edge import Edge
from rnninspect.ir.model import Model, Node
from rnninspect.ir.operation import Operation
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure
from rnninspect.layers.core import Dense
from rnninspect.layers.operations import TensorFlowOp
from rnninspect.layers.recurrent import LSTM
from rnninspect.layers.unmodelled import Unmodelled
from rnninspect.layers.wrappers import Bidirectional
from rnninspect.sources.recipe import NotRebuildable, recipe_of

X = Edge("x")


def model(layer: Operation, *args: Structure, shape: Shape | None = None) -> Model:
    return Model(
        name="m",
        model_class="Functional",
        layers={"layer": layer},
        nodes=(Node("layer", 0, args or (X,), {}),),
        inputs=X,
        outputs=Edge("layer"),
        input_shapes={"x": Shape.of(None, 20, 6) if shape is None else shape},
    )


def test_layers_inputs_and_edges_are_written() -> None:
    layer = Dense(name="layer", units=3)
    recipe = recipe_of(model(layer), {layer: {"units": 3, "input_shape": (20, 6)}})
    assert json.loads(json.dumps(recipe)) == {
        "name": "m",
        "class_name": "Functional",
        "inputs": [{"name": "x", "batch_shape": [None, 20, 6], "config": {}}],
        "layers": {"layer": {"class_name": "Dense", "config": {"name": "layer", "units": 3}}},
        "nodes": [
            {"layer": "layer", "args": [{"edge": "x", "call": 0, "tensor": 0}], "kwargs": {}}
        ],
        "outputs": {"edge": "layer", "call": 0, "tensor": 0},
    }


def test_layers_in_layers_and_models_in_models() -> None:
    both = Bidirectional(name="layer", layer=LSTM(name="lstm", units=4))
    wrapped = recipe_of(model(both), {})["layers"]["layer"]
    assert "config" in wrapped
    held = wrapped["config"]["layer"]
    assert isinstance(held, dict) and "layer" in held and "config" in held["layer"]
    assert held["layer"]["config"]["units"] == 4
    inner = recipe_of(model(model(Dense(name="layer", units=1))), {})["layers"]["layer"]
    assert "model" in inner and inner["model"]["class_name"] == "Functional"


def test_every_kind_of_call_argument_is_written() -> None:
    getitem = TensorFlowOp(name="layer", written_class="TFOpLambda", function="getitem")
    index = (slice(None, 3), Ellipsis, -1)
    recipe = recipe_of(model(getitem, X, index, {"key": [1.5, None]}), {})
    assert recipe["layers"]["layer"] == {"function": "getitem"}
    assert recipe["nodes"][0]["args"][1:] == [
        {"list": [{"slice": [None, 3, None]}, {"ellipsis": True}, -1], "tuple": True},
        {"dict": {"key": {"list": [1.5, None], "tuple": False}}},
    ]


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (model(Unmodelled(name="layer", written_class="Mine", reason="?")), "built-in layer"),
        (model(Dense(name="layer", units=1), shape=Shape.unknown("?")), "an input shape"),
        (model(Dense(name="layer", units=1), X, Unknown("?")), "an argument of a call"),
        (model(Dense(name="layer", units=1)).but(hidden_inputs=frozenset({"x"})), "an input"),
    ],
)
def test_what_is_not_known_is_the_reason(broken: Model, words: str) -> None:
    with pytest.raises(NotRebuildable, match=words):
        recipe_of(broken, {})


def test_an_argument_that_is_not_known_is_the_reason() -> None:
    layer = Dense(name="layer", units=3)
    with pytest.raises(NotRebuildable, match="an argument of a layer is not known"):
        recipe_of(model(layer), {layer: {"units": object()}})
