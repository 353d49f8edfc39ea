"""Layers and inputs as their constructors are written, in the words of any version of Keras."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import MISSING
from typing import Any

from rnninspect.ir.dims import Dim, Unknown
from rnninspect.ir.operation import Operation
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import map_structure
from rnninspect.layers import registry
from rnninspect.layers.base import fits
from rnninspect.layers.calls import positions
from rnninspect.layers.core import Embedding, InputLayer
from rnninspect.layers.recurrent import Recurrence
from rnninspect.layers.unmodelled import Unmodelled
from rnninspect.reader.cells import DictCell, ObjectCell
from rnninspect.reader.context import Context
from rnninspect.reader.keras.applying import check_constructor
from rnninspect.reader.keras.graphs import as_it_is_now, operation_of
from rnninspect.reader.keras.miscalls import meant_and_misfit, miscalled
from rnninspect.reader.keras.plain import leaves, plain, shape_from, shape_of
from rnninspect.reader.store import State
from rnninspect.reader.values import (
    ClassRef,
    DictRef,
    GraphRef,
    InstanceRef,
    LayerRef,
    ListRef,
    ObjectRef,
    SequentialRef,
    Tensor,
    Value,
)
from rnninspect.sources.dialects import modern

COUNTERS = ObjectRef("counters")
"""Where a state counts the layers of each class, for the names that Keras gives."""


def auto_name(ctx: Context, class_name: str) -> str:
    """Return the name that Keras gives (``keras/src/utils/naming.py``): ``lstm``, ``lstm_1``."""
    name = re.sub(r"\W+", "", class_name)
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    name = re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()
    cell = ctx.state.cells.get(COUNTERS)
    counts = dict(cell.contents) if isinstance(cell, ObjectCell) else {}
    number = counts.get(name, 0)
    if not isinstance(number, int):  # paths met on which it differs
        number = 0
    counts[name] = number + 1
    ctx.state.put(COUNTERS, ObjectCell(counts))
    return f"{name}_{number}" if number else name


def reset_names(state: State) -> None:
    """Count from the start again (``clear_session``)."""
    state.put(COUNTERS, ObjectCell({}))


def make(
    ctx: Context,
    written: str,
    args: Sequence[Value],
    kwargs: Mapping[str, Value],
    node: ast.AST,
    *,
    is_checked: bool = True,
) -> LayerRef:
    """Return a layer as its constructor is written.

    Unless it ``is_checked``, its signature may be another one than that of Keras's own layer.
    """
    place = ctx.place(node)
    config_of_call = {name: plain(ctx, value) for name, value in kwargs.items()}
    class_name, _ = modern(written, {}, 3)
    declared = registry.find(class_name)
    era, misfit = meant_and_misfit(ctx, written, args, kwargs)
    names = () if declared is None else positions(declared, era)
    given = dict(zip(names, args, strict=False))
    for name, value in given.items():
        config_of_call.setdefault(name, plain(ctx, value))
    class_name, config = modern(written, config_of_call, 3)
    declaration = registry.find(class_name)
    stated = config.get("name")
    name = stated if isinstance(stated, str) else auto_name(ctx, class_name)
    if misfit is not None and is_checked:
        held = given.get("layer", kwargs.get("layer"))
        return miscalled(ctx, name, written, misfit, node, kwargs, held)
    if declaration is None:
        return _unmodelled(ctx, name, class_name, registry.why_not(class_name), node)
    kinds = declaration.argument_kinds()
    arguments: dict[str, Any] = {key: config[key] for key in config if key in kinds}
    if era != "3":
        for field in declaration.declared():
            if field.default is MISSING and field.name in declaration.earlier_defaults:
                arguments.setdefault(field.name, declaration.earlier_defaults[field.name])
    arguments["name"] = name
    if not isinstance(arguments.get("trainable", True), bool):
        arguments.pop("trainable")
    for key in declaration.holds:
        if key in arguments:
            arguments[key] = map_structure(lambda held: _held(ctx, held), arguments[key])
    if issubclass(declaration, InputLayer) and "input_shape" in config:
        arguments.setdefault("shape", config["input_shape"])
    unfit = [key for key, value in arguments.items() if not fits(kinds[key], value)]
    for key in unfit:
        if key not in declaration.holds:
            arguments[key] = Unknown(f"its `{key}` is not known")
    doubtful = next((key for key in unfit if key in declaration.holds), None)
    missing = next(
        (
            field.name
            for field in declaration.declared()
            if field.default is MISSING and field.name not in arguments
        ),
        None,
    )
    if doubtful or missing:
        reason = f"its `{doubtful or missing}` is not known"
        return _unmodelled(ctx, name, class_name, reason, node)
    operation = declaration(**arguments, input_hint=_hint(ctx, declaration, written, config))
    ctx.record.written[operation] = {key: kwargs.get(key, value) for key, value in config.items()}
    layer: LayerRef = ctx.create(lambda: LayerRef(operation, place, node))
    check_constructor(ctx, layer)
    return layer


def _unmodelled(ctx: Context, name: str, class_name: str, reason: str, node: ast.AST) -> LayerRef:
    operation = Unmodelled(name=name, written_class=class_name, reason=reason)
    layer: LayerRef = ctx.create(lambda: LayerRef(operation, ctx.place(node), node))
    return layer


def _held(ctx: Context, value: Any) -> Any:
    if isinstance(value, LayerRef):
        return as_it_is_now(value, ctx.state)
    if isinstance(value, SequentialRef | GraphRef):
        return operation_of(value, ctx.state)
    if isinstance(value, Unknown | InstanceRef | ClassRef):
        return Unmodelled(name="layer", written_class="?", reason="the inner layer is not known")
    return value


_OF_SEQUENCES = ("TimeDistributedDense", "Convolution1D", "AtrousConvolution1D")
"""Layers of Keras 1 whose ``input_dim`` is the features of a sequence of any length."""


def _hint(
    ctx: Context, declaration: type[Operation], written: str, config: Mapping[str, Any]
) -> Shape | None:
    """Return the input shape that a first layer states with the older arguments."""
    for key in ("batch_input_shape", "batch_shape"):
        if config.get(key) is not None:
            return shape_from(ctx, config[key])
    if config.get("input_shape") is not None:
        inner = shape_from(ctx, config["input_shape"])
        batch = config.get("batch_size")
        first = Dim.of(batch) if isinstance(batch, int) else Dim.of(None)
        return Shape((first, *inner.dims)) if inner.dims is not None else inner
    length = config.get("input_length")
    if issubclass(declaration, Embedding):
        return shape_from(ctx, (None, length)) if length is not None else None
    if config.get("input_dim") is not None:
        is_sequence = issubclass(declaration, Recurrence) or written in _OF_SEQUENCES
        if is_sequence or "input_length" in config:
            return shape_from(ctx, (None, length, config["input_dim"]))
        return shape_from(ctx, (None, config["input_dim"]))
    held = config.get("layer")
    if isinstance(held, LayerRef):
        hint = getattr(held.operation, "input_hint", None)
        return hint if isinstance(hint, Shape) else None
    return None


def input_tensor(
    ctx: Context, args: Sequence[Value], kwargs: Mapping[str, Value], node: ast.AST
) -> Tensor:
    """``Input(...)``."""
    names = ("shape", "batch_size", "dtype")
    arguments = {**dict(zip(names, args, strict=False)), **kwargs}
    place = ctx.place(node)
    if arguments.get("tensor") is not None:
        shape = shape_of(arguments["tensor"])
        shape = shape if isinstance(shape, Shape) else Shape.unknown("a tensor is not known")
    elif arguments.get("type_spec") is not None:
        stated = shape_of(arguments["type_spec"])
        shape = stated if isinstance(stated, Shape) else Shape.unknown("a type_spec is not known")
    elif (batch := arguments.get("batch_shape", arguments.get("batch_input_shape"))) is not None:
        shape = shape_from(ctx, batch)
    else:
        inner = shape_from(ctx, arguments.get("shape", ()))
        size = arguments.get("batch_size")
        first = Dim.of(None) if size is None else Dim.named("batch", size)
        shape = inner if inner.dims is None else Shape((first, *inner.dims))
    name = arguments.get("name")
    name = name if isinstance(name, str) else auto_name(ctx, "InputLayer")
    sizes = None if shape.dims is None else tuple(map(_size_or_unknown, shape.dims))
    layer = InputLayer(name=name, batch_shape=sizes)
    if isinstance(arguments.get("dtype"), str):
        ctx.record.written[layer] = {"dtype": arguments["dtype"]}
    tensor: Tensor = ctx.create(lambda: Tensor(shape, input_layer=LayerRef(layer, place, node)))
    return tensor


def _size_or_unknown(dim: Dim) -> Any:
    return Unknown(dim.reason) if dim.is_unknown else dim.value


class LambdaBody:
    """What a Lambda layer computes: a function of the program that is followed on each use."""

    def __init__(self, function: Value, arguments: Mapping[str, Value], stated: Value) -> None:
        self.function = function
        self.arguments = arguments
        self.stated = stated

    def follow(self, ctx: Context, x: Value, node: ast.AST | None) -> Any:
        """Return the shapes that the function gives on a tensor."""
        result = ctx.call(self.function, [x], dict(self.arguments), node)
        tensors = plain_tensors(ctx, result)
        first = next(leaves(plain_tensors(ctx, x)), None)
        if (
            isinstance(tensors, Tensor)
            and tensors.shape.dims is None
            and self.stated is not None
            and isinstance(first, Tensor)
            and first.shape.dims
        ):
            stated = shape_from(ctx, self.stated)
            if stated.dims is not None:
                return Shape((first.shape[0], *stated.dims))
        return map_structure(
            lambda leaf: (
                leaf.shape
                if isinstance(leaf, Tensor)
                else Shape.unknown("what the function gives is not known")
            ),
            tensors,
        )


def plain_tensors(ctx: Context, value: Value) -> Any:
    """Return nested lists of tensors; what is none is an unknown tensor."""
    if isinstance(value, Tensor):
        return value
    if isinstance(value, tuple):
        return [plain_tensors(ctx, item) for item in value]
    if isinstance(value, ListRef) and ctx.state.get(value).exact:
        return [plain_tensors(ctx, item) for item in ctx.state.get(value).items]
    shape = shape_of(value)
    return Tensor(shape if isinstance(shape, Shape) else Shape.unknown("a tensor is not known"))


def lambda_layer(
    ctx: Context, args: Sequence[Value], kwargs: Mapping[str, Value], node: ast.AST
) -> LayerRef:
    """``Lambda(function)``."""
    function = args[0] if args else kwargs.get("function")
    stated_name = kwargs.get("name")
    name = stated_name if isinstance(stated_name, str) else auto_name(ctx, "Lambda")
    operation = Unmodelled(name=name, written_class="Lambda", reason="it runs Python code")
    extra = kwargs.get("arguments")
    cell = ctx.state.get(extra) if isinstance(extra, DictRef) else DictCell()
    arguments = (
        dict(cell.items) if cell.exact and all(isinstance(k, str) for k in cell.items) else {}
    )
    stated = kwargs.get("output_shape", args[1] if len(args) > 1 else None)
    if not isinstance(stated, tuple | ListRef):
        stated = None
    body = LambdaBody(function, arguments, stated)
    layer: LayerRef = ctx.create(lambda: LayerRef(operation, ctx.place(node), node, body))
    return layer
