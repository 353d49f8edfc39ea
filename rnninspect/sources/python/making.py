"""Layers and inputs as their constructors are written, in the words of any version of Keras."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import MISSING
from typing import TYPE_CHECKING, Any

from rnninspect.ir.dims import Dim, Unknown
from rnninspect.ir.operation import Operation
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import flatten, map_structure
from rnninspect.layers import registry
from rnninspect.layers.base import fits
from rnninspect.layers.calls import positions
from rnninspect.layers.core import Embedding, InputLayer
from rnninspect.layers.recurrent import Recurrence
from rnninspect.layers.unmodelled import Unmodelled
from rnninspect.sources.dialects import modern
from rnninspect.sources.python.graphs import operation_of
from rnninspect.sources.python.run import shape_of
from rnninspect.sources.python.values import (
    Array,
    External,
    Graph,
    Instance,
    Made,
    Method,
    Missing,
    Stack,
    Tensor,
)

if TYPE_CHECKING:
    from rnninspect.sources.python.interpreter import Interpreter


def make(
    reader: Interpreter, written: str, args: list[Any], kwargs: dict[str, Any], node: ast.AST
) -> Made:
    """A layer as its constructor is written, in the words of any version of Keras."""
    place = reader.run.place(node)
    if written == "Lambda":
        return lambda_layer(reader, args, kwargs, node)
    given = {name: _plain(value) for name, value in kwargs.items()}
    class_name, _ = modern(written, {}, 3)
    declared = registry.find(class_name)
    names = () if declared is None else positions(declared)
    for name, value in zip(names, args, strict=False):
        given.setdefault(name, _plain(value))
    class_name, config = modern(written, given, 3)
    declaration = registry.find(class_name)
    stated = config.get("name")
    name = stated if isinstance(stated, str) else reader.run.auto_name(class_name)
    if declaration is None:
        reason = registry.why_not(class_name)
        return Made(Unmodelled(name=name, written_class=class_name, reason=reason), place, node)
    kinds = declaration.argument_kinds()
    arguments: dict[str, Any] = {key: value for key, value in config.items() if key in kinds}
    arguments["name"] = name
    if not isinstance(arguments.get("trainable", True), bool):
        arguments.pop("trainable")
    for key in declaration.holds:
        if key in arguments:
            arguments[key] = map_structure(_held, arguments[key])
    if issubclass(declaration, InputLayer) and "input_shape" in config:
        arguments.setdefault("shape", config["input_shape"])
    misfit = next((k for k, v in arguments.items() if not fits(kinds[k], v)), None)
    missing = next(
        (
            one.name
            for one in declaration.declared()
            if one.default is MISSING and one.name not in arguments
        ),
        None,
    )
    if misfit or missing:
        reason = f"its `{misfit or missing}` is not known"
        return Made(Unmodelled(name=name, written_class=class_name, reason=reason), place, node)
    made = declaration(**arguments, input_hint=_hint(declaration, config))
    as_written = {key: kwargs.get(key, value) for key, value in config.items()}
    reader.run.written[made] = as_written
    layer = Made(made, place, node)
    reader.run.check_making(layer)
    return layer


def _held(value: Any) -> Any:
    if isinstance(value, Made):
        return value.operation
    if isinstance(value, Stack | Graph):
        return operation_of(value)
    if isinstance(value, Unknown | Instance):
        return Unmodelled(name="layer", written_class="?", reason="the inner layer is not known")
    return value


def _hint(declaration: type[Operation], config: Mapping[str, Any]) -> Shape | None:
    """The input shape that a first layer states with the older arguments."""
    for key in ("batch_input_shape", "batch_shape"):
        if key in config:
            return shape_from(config[key])
    if "input_shape" in config:
        inner = shape_from(config["input_shape"])
        return Shape((Dim.of(None), *inner.dims)) if inner.dims is not None else inner
    length = config.get("input_length")
    if issubclass(declaration, Embedding):
        return shape_from((None, length)) if length is not None else None
    if config.get("input_dim") is not None:
        if issubclass(declaration, Recurrence) or "input_length" in config:
            return shape_from((None, length, config["input_dim"]))
        return shape_from((None, config["input_dim"]))
    held = config.get("layer")
    if isinstance(held, Made):
        hint = getattr(held.operation, "input_hint", None)
        return hint if isinstance(hint, Shape) else None
    return None


def shape_from(sizes: object) -> Shape:
    """The input shape that a program states: None and what is not known stay so."""
    if isinstance(sizes, Shape):
        return sizes
    if not isinstance(sizes, list | tuple):
        return Shape.unknown("an input shape is not known")
    return Shape(Dim.of(None) if n is None else Dim.named("input", n) for n in sizes)


def _plain(value: Any) -> Any:
    """An argument as a declaration takes it: True for a flag written as 1."""
    if isinstance(value, Missing | Array | External | Method):
        return value if isinstance(value, Unknown) else Unknown("an argument is not known")
    if isinstance(value, list):
        return tuple(_plain(one) for one in value)
    return value


def input_tensor(
    reader: Interpreter, args: list[Any], kwargs: dict[str, Any], node: ast.AST
) -> Tensor:
    """``Input(...)``."""
    names = ("shape", "batch_size", "dtype")
    given = {**dict(zip(names, args, strict=False)), **kwargs}
    place = reader.run.place(node)
    if "tensor" in given:
        shape = shape_of(given["tensor"])
        shape = shape if isinstance(shape, Shape) else Shape.unknown("a tensor is not known")
    elif (batch := given.get("batch_shape", given.get("batch_input_shape"))) is not None:
        shape = shape_from(batch)
    else:
        inner = shape_from(given.get("shape", ()))
        size = given.get("batch_size")
        first = Dim.of(None) if size is None else Dim.named("batch", size)
        shape = inner if inner.dims is None else Shape((first, *inner.dims))
    name = given.get("name")
    name = name if isinstance(name, str) else reader.run.auto_name("InputLayer")
    sizes = None if shape.dims is None else tuple(_size_or_unknown(dim) for dim in shape.dims)
    layer = InputLayer(name=name, batch_shape=sizes)
    if isinstance(given.get("dtype"), str):
        reader.run.written[layer] = {"dtype": given["dtype"]}
    return Tensor(shape, input_layer=Made(layer, place, node))


def _size_or_unknown(dim: Dim) -> Any:
    return Unknown(dim.reason) if dim.is_unknown else dim.value


def lambda_layer(
    reader: Interpreter, args: list[Any], kwargs: dict[str, Any], node: ast.AST
) -> Made:
    """``Lambda(function)``: the function is followed on each use."""
    function = args[0] if args else kwargs.get("function")
    name = kwargs.get("name")
    name = name if isinstance(name, str) else reader.run.auto_name("Lambda")
    operation = Unmodelled(name=name, written_class="Lambda", reason="it runs Python code")
    extra = kwargs.get("arguments")
    more = extra if isinstance(extra, dict) else {}
    stated = kwargs.get("output_shape")
    made = Made(operation, reader.run.place(node), node)

    def body(x: Any) -> Any:
        result = reader.call(function, [x], dict(more), node)
        known = isinstance(result, Tensor) and result.shape.dims is not None
        first = x if isinstance(x, Tensor) else next(iter(flatten(x)))
        if not known and isinstance(stated, list | tuple) and first.shape.dims:
            return Array(Shape((first.shape[0], *shape_from(stated))))
        return result

    made.body = body
    return made
