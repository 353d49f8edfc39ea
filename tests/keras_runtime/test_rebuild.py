"""Recipes become real Keras models; every kind of argument arrives."""

from __future__ import annotations

from typing import Any

import pytest

from rnninspect.keras_runtime.rebuild import Rejection, rebuild, supports
from rnninspect.sources.recipe_types import CallValue, Recipe, RecipeLayer, RecipeNode


def edge(layer: str, tensor: int | None = 0) -> CallValue:
    return {"edge": layer, "call": 0, "tensor": tensor}


def node(layer: str, *args: CallValue, **kwargs: CallValue) -> RecipeNode:
    return {"layer": layer, "args": list(args), "kwargs": kwargs}


def recipe(outputs: CallValue, *nodes: RecipeNode, **layers: RecipeLayer) -> Recipe:
    return {
        "name": "m",
        "class_name": "Functional",
        "inputs": [{"name": "x", "batch_shape": [None, 20, 6], "config": {"dtype": "float32"}}],
        "layers": layers,
        "nodes": list(nodes),
        "outputs": outputs,
    }


LSTM: RecipeLayer = {"class_name": "LSTM", "config": {"name": "lstm", "units": 4}}
LAST_STEP: CallValue = {
    "list": [{"slice": [None, None, None]}, -1, {"ellipsis": True}],
    "tuple": True,
}


def test_an_operation_that_is_not_known_is_not_supported() -> None:
    inner = recipe(edge("f"), node("f", edge("x")), f={"function": "fft"})
    assert supports(recipe(edge("x"), lstm=LSTM))
    assert not supports(inner)
    assert not supports(recipe(edge("x"), inner={"model": inner}))


@pytest.mark.keras
def test_layers_operations_and_models_in_models(keras: Any) -> None:
    """LSTM of 4 units in both directions on 6 features: 2 × 176; a Dense of 2 on 8: 18."""
    both: RecipeLayer = {
        "class_name": "Bidirectional",
        "config": {"layer": {"layer": LSTM}, "name": "both", "merge_mode": "concat"},
    }
    dense: RecipeLayer = {"class_name": "Dense", "config": {"units": 2, "name": "dense"}}
    inner = recipe(edge("dense"), node("dense", edge("x")), dense=dense)
    inner["inputs"][0]["batch_shape"] = [None, 8]
    model: Any = rebuild(
        keras,
        recipe(
            edge("inner"),
            node("both", edge("x")),
            node("pair", {"list": [edge("both"), edge("both")], "tuple": False}, axis=1),
            node("step", edge("pair"), slice_spec=LAST_STEP),
            node("inner", edge("step")),
            both=both,
            pair={"function": "stack"},
            step={"function": "getitem"},
            inner={"model": inner},
        ),
    )
    assert model.count_params() == 2 * 176 + 18
    assert model.output_shape == (None, 2)


@pytest.mark.keras
def test_one_of_several_outputs_is_taken(keras: Any) -> None:
    layer: RecipeLayer = {
        "class_name": "LSTM",
        "config": {"name": "lstm", "units": 4, "return_state": True},
    }
    outputs: CallValue = {"dict": {"state": edge("lstm", 2)}}
    model: Any = rebuild(keras, recipe(outputs, node("lstm", edge("x")), lstm=layer))
    assert model.output["state"].shape == (None, 4)


@pytest.mark.keras
def test_the_call_that_keras_rejects_is_named(keras: Any) -> None:
    again: RecipeLayer = {"class_name": "LSTM", "config": {"name": "again", "units": 4}}
    with pytest.raises(Rejection, match="expected ndim=3, found ndim=2") as caught:
        rebuild(
            keras,
            recipe(
                edge("again"), node("lstm", edge("x")), node("again", edge("lstm")),
                lstm=LSTM, again=again,
            ),
        )  # fmt: skip
    assert caught.value.node == 1
