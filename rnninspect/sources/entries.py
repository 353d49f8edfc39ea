"""What one entry of a config states by itself: whether it is Keras's, what it was built on."""

from __future__ import annotations

from collections.abc import Mapping

from rnninspect.ir.dims import Dim
from rnninspect.ir.model import Model
from rnninspect.ir.operation import Operation
from rnninspect.ir.shape import Shape
from rnninspect.json_values import Json, JsonObject

MAX_AXES = 64
"""NumPy's limit; a shape with more is none."""


def is_operation(entry: JsonObject, config: JsonObject) -> bool:
    """Whether an entry is an operation of ``keras.ops`` and not a layer."""
    module = entry.get("module")
    if isinstance(module, str):
        return module.startswith(("keras.src.ops.", "keras.ops"))
    # Legacy files name no module; but every layer's config says `trainable`.
    if "module" in entry or "trainable" in config:
        return False
    # Most models have none; the others pay for the import.
    from rnninspect.ir.operations import find_class

    return find_class(str(entry.get("class_name"))) is not None


def is_custom(entry: JsonObject) -> bool:
    """Whether an entry names a class outside Keras."""
    module, registered = entry.get("module"), entry.get("registered_name")
    if isinstance(module, str) and module.split(".")[0] not in ("keras", "builtins"):
        return True
    if isinstance(registered, str) and ">" in registered:
        return True
    if "module" in entry and module is None:
        return True
    return ">" in str(entry.get("class_name"))


def untagged(value: Json) -> Json:
    """Return the items of a tuple that JSON holds as an object (SavedModel's metadata do)."""
    if isinstance(value, Mapping) and value.get("class_name") == "__tuple__":
        items = value.get("items")
        return [untagged(item) for item in items] if isinstance(items, list) else value
    return value


def shape_of(value: Json) -> Shape | None:
    """Return a shape as JSON writes it: a list of numbers and nulls."""
    if isinstance(value, Mapping) and value.get("class_name") in ("__tuple__", "TensorShape"):
        value = value.get("items")
    if not isinstance(value, list | tuple) or not 0 < len(value) <= MAX_AXES:
        return None
    if not all(n is None or (isinstance(n, int) and not isinstance(n, bool)) for n in value):
        return None
    return Shape(Dim.of(n) for n in value)


def built_shape(entry: JsonObject) -> Shape | None:
    """Return the input shape on which Keras built the layer, as it recorded it."""
    build = entry.get("build_config")
    if not isinstance(build, Mapping):
        return None
    shapes = build.get("shapes_dict")
    if isinstance(shapes, Mapping):
        return shape_of(next(iter(shapes.values()), None))
    return shape_of(build.get("input_shape"))


def stated_input(operation: Operation, entry: JsonObject) -> Shape | None:
    """Return the input shape that the first layer of a Sequential, or a model there, states."""
    if isinstance(operation, Model):
        shapes = list(operation.input_shapes.values())
        return shapes[0] if len(shapes) == 1 and isinstance(shapes[0], Shape) else None
    config = entry.get("config")
    if not isinstance(config, Mapping):
        return None
    stated = shape_of(config.get("batch_input_shape"))
    inner = config.get("layer")
    if stated is None and isinstance(inner, Mapping):  # a wrapper around the first layer
        return stated_input(operation, inner)
    return stated


def text(value: Json) -> str | None:
    """Return a text; None for anything else."""
    return value if isinstance(value, str) else None


def short(value: object) -> str:
    """Return a value in a few letters."""
    shown = repr(value)
    return shown if len(shown) <= 40 else f"{shown[:37]}..."
