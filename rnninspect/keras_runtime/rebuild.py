"""A recipe becomes a real Keras model. Runs in a child process; imports no Keras of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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


def rebuild(keras: Any, recipe: Mapping[str, Any]) -> Any:
    """Build the model of a recipe; raises Rejection where Keras rejects a use."""
    inputs = {
        one["name"]: keras.Input(
            batch_shape=one["batch_shape"],
            name=one["name"],
            **{key: one["config"][key] for key in ("dtype",) if key in one["config"]},
        )
        for one in recipe["inputs"]
    }
    outputs = {(name, 0): tensor for name, tensor in inputs.items()}
    layers: dict[str, Any] = {}
    calls: dict[str, int] = {}
    for number, node in enumerate(recipe["nodes"]):
        name = node["layer"]
        try:
            if name not in layers:
                layers[name] = _made(keras, recipe["layers"][name])
            args = [_value(one, outputs) for one in node["args"]]
            kwargs = {key: _value(one, outputs) for key, one in node["kwargs"].items()}
            result = layers[name](*args, **kwargs)
        except Exception as error:
            raise Rejection(number, error) from error
        outputs[name, calls.get(name, 0)] = result
        calls[name] = calls.get(name, 0) + 1
    if recipe["class_name"] == "Sequential":
        stack = [*inputs.values(), *layers.values()]
        return keras.Sequential(stack, name=recipe["name"])
    return keras.Model(list(inputs.values()) if len(inputs) > 1 else next(iter(inputs.values())),
                       _value(recipe["outputs"], outputs), name=recipe["name"])  # fmt: skip


def _made(keras: Any, layer: Mapping[str, Any]) -> Any:
    if "model" in layer:
        return rebuild(keras, layer["model"])
    if "function" in layer:
        return _function(keras, layer["function"])
    config = {key: _argument(keras, value) for key, value in layer["config"].items()}
    return getattr(keras.layers, layer["class_name"])(**config)


def _function(keras: Any, name: str) -> Any:
    if name == "getitem":
        return lambda x, slice_spec: x[slice_spec]
    function_name, renamed = _FUNCTIONS[name]
    function = getattr(keras.ops, function_name)
    return lambda *args, **kwargs: function(
        *args, **{renamed.get(key, key): value for key, value in kwargs.items()}
    )


def _argument(keras: Any, value: Any) -> Any:
    if isinstance(value, list):
        return [_argument(keras, one) for one in value]
    if isinstance(value, Mapping):
        if "layer" in value:
            return _made(keras, value["layer"])
        return {key: _argument(keras, one) for key, one in value["dict"].items()}
    return value


def _value(value: Any, outputs: Mapping[tuple[str, int], Any]) -> Any:
    if not isinstance(value, Mapping):
        return value
    if "edge" in value:
        name, call, tensor = value["edge"]
        found = outputs[name, call]
        several = isinstance(found, list | tuple)
        return found[tensor] if several and tensor is not None else found
    if "ellipsis" in value:
        return Ellipsis
    if "slice" in value:
        return slice(*(_value(one, outputs) for one in value["slice"]))
    if "list" in value:
        items = [_value(one, outputs) for one in value["list"]]
        return tuple(items) if value["tuple"] else items
    return {key: _value(one, outputs) for key, one in value["dict"].items()}


def supports(recipe: Mapping[str, Any]) -> bool:
    """Whether every operation in a recipe is one that ``rebuild`` knows."""
    for layer in recipe["layers"].values():
        if "function" in layer and layer["function"] not in {*_FUNCTIONS, "getitem"}:
            return False
        if "model" in layer and not supports(layer["model"]):
            return False
    return True
