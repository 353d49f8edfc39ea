"""A recipe becomes a real Keras model. Runs in a child process; imports no Keras of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from rnninspect.keras_runtime.keras_types import Keras, KerasModel, KerasTensor
from rnninspect.sources.recipe_types import Argument, CallValue, Recipe, RecipeLayer

Outputs: TypeAlias = dict[tuple[str, int], object]
"""What each layer call returned, by the layer's name and the number of the call."""

_FUNCTIONS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "concat": ("concatenate", {}),
    "reshape": ("reshape", {"shape": "newshape"}),
    "transpose": ("transpose", {"perm": "axes"}),
    "tile": ("tile", {"multiples": "repeats"}),
    "matmul": ("matmul", {"b": "x2"}),
    "floordiv": ("floor_divide", {}),
    "pow": ("power", {}),
    **{f"reduce_{name}": (name, {}) for name in "sum mean max min prod any all std".split()},
    **{
        name: (name, {})
        for name in """expand_dims squeeze stack add subtract multiply divide exp log sqrt square
        tanh sigmoid relu softmax maximum minimum abs sin cos negative sign argmax""".split()
    },
}


class Rejection(Exception):
    """Keras raised at a use: number ``node`` of the recipe, the last of it first tried."""

    def __init__(self, node: int, error: Exception) -> None:
        super().__init__(f"{type(error).__name__}: {error}")
        self.node = node


def rebuild(keras: Keras, recipe: Recipe) -> KerasModel:
    """Build the model of a recipe; raise Rejection where Keras rejects a layer call."""
    inputs = {
        entry["name"]: keras.Input(
            batch_shape=entry["batch_shape"],
            name=entry["name"],
            **{key: entry["config"][key] for key in ("dtype",) if key in entry["config"]},
        )
        for entry in recipe["inputs"]
    }
    outputs: Outputs = {(name, 0): tensor for name, tensor in inputs.items()}
    layers: dict[str, Callable[..., object]] = {}
    calls: dict[str, int] = {}
    for number, node in enumerate(recipe["nodes"]):
        name = node["layer"]
        try:
            if name not in layers:
                layers[name] = _make(keras, recipe["layers"][name])
            args = [_value(argument, outputs) for argument in node["args"]]
            kwargs = {key: _value(argument, outputs) for key, argument in node["kwargs"].items()}
            result = layers[name](*args, **kwargs)
        except Exception as error:
            raise Rejection(number, error) from error
        outputs[name, calls.get(name, 0)] = result
        calls[name] = calls.get(name, 0) + 1
    if recipe["class_name"] == "Sequential":
        return keras.Sequential([*inputs.values(), *layers.values()], name=recipe["name"])
    tensors = list(inputs.values())
    return keras.Model(
        tensors if len(tensors) > 1 else tensors[0],
        _value(recipe["outputs"], outputs),
        name=recipe["name"],
    )


def _make(keras: Keras, layer: RecipeLayer) -> Callable[..., object]:
    if "model" in layer:
        return rebuild(keras, layer["model"])
    if "function" in layer:
        return _function(keras, layer["function"])
    config = {key: _argument(keras, value) for key, value in layer["config"].items()}
    made: Callable[..., object] = getattr(keras.layers, layer["class_name"])(**config)
    return made


def _function(keras: Keras, name: str) -> Callable[..., object]:
    if name == "getitem":
        return _getitem
    function_name, renamed = _FUNCTIONS[name]
    function: Callable[..., object] = getattr(keras.ops, function_name)
    return lambda *args, **kwargs: function(
        *args, **{renamed.get(key, key): value for key, value in kwargs.items()}
    )


def _getitem(x: KerasTensor, slice_spec: object) -> KerasTensor:
    return x[slice_spec]


def _argument(keras: Keras, value: Argument) -> object:
    if isinstance(value, list):
        return [_argument(keras, item) for item in value]
    if isinstance(value, dict):
        if "layer" in value:
            return _make(keras, value["layer"])
        return {key: _argument(keras, item) for key, item in value["dict"].items()}
    return value


def _value(value: CallValue, outputs: Outputs) -> object:
    """Return an argument of a layer call, with tensors in the place of edges."""
    if not isinstance(value, dict):
        return value
    if "edge" in value:
        output, tensor = outputs[value["edge"], value["call"]], value["tensor"]
        if isinstance(output, list | tuple) and tensor is not None:
            return output[tensor]
        return output
    if "ellipsis" in value:
        return Ellipsis
    if "slice" in value:
        return slice(*(_value(bound, outputs) for bound in value["slice"]))
    if "list" in value:
        items = [_value(item, outputs) for item in value["list"]]
        return tuple(items) if value["tuple"] else items
    return {key: _value(item, outputs) for key, item in value["dict"].items()}


def supports(recipe: Recipe) -> bool:
    """Whether ``rebuild`` supports every operation in a recipe."""
    for layer in recipe["layers"].values():
        if "function" in layer and layer["function"] not in {*_FUNCTIONS, "getitem"}:
            return False
        if "model" in layer and not supports(layer["model"]):
            return False
    return True
