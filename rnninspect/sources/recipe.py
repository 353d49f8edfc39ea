"""Recipes: a model as data from which real Keras can build it again, layer by layer.

A recipe names nothing but built-in layers, operations and plain values, so that building it runs
no code of the user's.
"""

from __future__ import annotations

from collections.abc import Mapping

from rnninspect.ir.dims import Unknown
from rnninspect.ir.model import Edge, Model
from rnninspect.ir.operation import Operation
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure
from rnninspect.layers import registry
from rnninspect.layers.base import Layer
from rnninspect.layers.core import InputLayer
from rnninspect.layers.operations import TensorFlowOp
from rnninspect.sources.recipe_types import Argument, CallValue, Recipe, RecipeLayer

Written = Mapping[Operation, Mapping[str, object]]
"""The arguments of layers as they were written, where that is known."""


_NOT_ASKED = frozenset(
    "input_shape batch_input_shape batch_shape input_length input_dtype input_hint".split()
)
_NAMED = ("keras.activations.", "tensorflow.nn.", "keras.ops.")


class NotRebuildable(Exception):
    """Why a model cannot be built again from what is known of it, as a sentence."""


def recipe_of(model: Model, written: Written) -> Recipe:
    """Return the recipe of a model; raises NotRebuildable where not all of it is known."""
    if model.hidden_inputs:
        raise NotRebuildable("an input of the model is not known")
    return {
        "name": model.name,
        "class_name": "Sequential" if _is_sequential(model) else "Functional",
        "inputs": [
            {
                "name": name,
                "batch_shape": _sizes(shape),
                "config": _config(model.layers[name], written) if name in model.layers else {},
            }
            for name, shape in model.input_shapes.items()
        ],
        "layers": {
            name: _layer(layer, written)
            for name, layer in model.layers.items()
            if not isinstance(layer, InputLayer) and name not in model.input_shapes
        },
        "nodes": [
            {
                "layer": node.layer,
                "args": [_value(value) for value in node.args],
                "kwargs": {key: _value(value) for key, value in node.kwargs.items()},
            }
            for node in model.in_order
        ],
        "outputs": _value(model.outputs),
    }


def _is_sequential(model: Model) -> bool:
    return model.model_class == "Sequential" and len(model.input_shapes) == 1


def _sizes(shape: object) -> list[int | None]:
    if not isinstance(shape, Shape) or shape.dims is None:
        raise NotRebuildable("an input shape is not known")
    if any(dim.is_unknown for dim in shape.dims):
        raise NotRebuildable("a size of an input is not known")
    return [dim.value for dim in shape.dims]


def _layer(layer: Operation, written: Written) -> RecipeLayer:
    if isinstance(layer, Model):
        return {"model": recipe_of(layer, written)}
    if isinstance(layer, TensorFlowOp):
        return {"function": layer.function}
    if not isinstance(layer, Layer) or registry.find(layer.class_name) is None:
        raise NotRebuildable(f"`{layer.name}` is not a built-in layer of which all is known")
    return {"class_name": layer.class_name, "config": _config(layer, written)}


def _config(layer: Operation, written: Written) -> dict[str, Argument]:
    """Return the arguments that were written, else those that our declaration has."""
    assert isinstance(layer, Layer)
    kinds = layer.argument_kinds()
    arguments: Mapping[str, object] = written.get(layer) or {
        name: value
        for name in kinds
        if not isinstance(value := getattr(layer, name), Unknown) and value is not None
    }
    config: dict[str, Argument] = {"name": layer.name}
    for name, value in arguments.items():
        if name in _NOT_ASKED or (name == "input_dim" and name not in kinds):
            continue
        try:
            config[name] = _argument(
                getattr(layer, name) if name in layer.holds else value, written
            )
        except NotRebuildable:
            if name in kinds:
                raise
    return config


def _argument(value: object, written: Written) -> Argument:
    if isinstance(value, Operation):
        return {"layer": _layer(value, written)}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list | tuple):
        return [_argument(item, written) for item in value]
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {"dict": {key: _argument(item, written) for key, item in value.items()}}
    path = getattr(value, "path", None)
    if isinstance(path, str) and path.startswith(_NAMED):
        return path.rpartition(".")[2]
    raise NotRebuildable("an argument of a layer is not known")


def _value(value: Structure) -> CallValue:
    """Return an argument of a layer call: tensors by where they come from."""
    if isinstance(value, Edge):
        return {"edge": value.layer, "call": value.call, "tensor": value.tensor}
    if value is Ellipsis:
        return {"ellipsis": True}
    if isinstance(value, slice):
        return {"slice": [_value(bound) for bound in (value.start, value.stop, value.step)]}
    if isinstance(value, list | tuple):
        return {"list": [_value(item) for item in value], "tuple": isinstance(value, tuple)}
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {"dict": {key: _value(item) for key, item in value.items()}}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise NotRebuildable("an argument of a call is not known")
