"""Sequential models in the making: layers are added, removed and given their input."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rnninspect.diagnostics import Place
from rnninspect.ir.shape import Shape
from rnninspect.layers.core import Embedding, InputLayer
from rnninspect.reader.cells import SequentialCell
from rnninspect.reader.context import Context
from rnninspect.reader.functions import node_key
from rnninspect.reader.iteration import all_items
from rnninspect.reader.keras.applying import (
    applied,
    as_layer,
    data_shape,
    place_of_use,
    unknown_tensor,
)
from rnninspect.reader.keras.instances import instance_layer, use_instance
from rnninspect.reader.keras.making import auto_name
from rnninspect.reader.keras.miscalls import class_as_layer, miscalled, shape_that_is_a_number
from rnninspect.reader.keras.plain import as_value, leaves, structure
from rnninspect.reader.sizes import shape_of_value
from rnninspect.reader.values import (
    Array,
    GraphRef,
    InstanceRef,
    LayerRef,
    SequentialRef,
    Tensor,
    Unresolved,
    Value,
)


def identity_of(ctx: Context, node: ast.AST | None) -> object:
    """Return what tells one model from the others of a program: how it came to be made."""
    frame = ctx.frame
    return (frame.path, frame.cell, frame.calls, frame.iterations, node_key(node))


def sequential(
    ctx: Context, args: Sequence[Value], kwargs: Mapping[str, Value], node: ast.AST
) -> SequentialRef:
    """``Sequential(layers)``."""
    layers = args[0] if args else kwargs.get("layers")
    name = kwargs.get("name", args[1] if len(args) > 1 else None)
    name = name if isinstance(name, str) else auto_name(ctx, "Sequential")
    model: SequentialRef = ctx.create(
        lambda: SequentialRef(name, ctx.place(node), identity_of(ctx, node))
    )
    ctx.state.put(model, SequentialCell())
    ctx.record.add_model(model)
    if layers is None:
        return model
    items = all_items(ctx, layers)
    if items is None:
        ctx.state.escape(layers, "the list of its layers is not known")
        doubt(ctx, model, "the list of its layers is not known")
        return model
    for layer in items:
        add(ctx, model, layer, node)
    return model


def cell_of(ctx: Context, model: SequentialRef) -> SequentialCell:
    """Return what a model holds at present."""
    cell: SequentialCell = ctx.state.get(model)
    return cell


def add(ctx: Context, model: SequentialRef, layer: Value, node: ast.AST) -> None:
    """``model.add(layer)``: the layer is applied as soon as the input is known."""
    cell = cell_of(ctx, model)
    if cell.is_open:
        ctx.state.escape(layer, "it is added to a model that code elsewhere can change")
        return
    if isinstance(layer, Tensor) and layer.input_layer is not None:
        layer = layer.input_layer
    if isinstance(layer, LayerRef) and isinstance(layer.operation, InputLayer):
        if not cell.layers and cell.input is None:
            tensor = ctx.create(lambda: Tensor(layer.operation.tensor, input_layer=layer))
            ctx.state.put(model, replace(cell, input=tensor, output=tensor))
        return
    misfit = class_as_layer(ctx, layer)
    if misfit is not None:
        written = misfit.argument
        miscalled(ctx, auto_name(ctx, written), written, misfit, node)
        ctx.state.put(model, replace(cell, failed=True))
        return
    if not isinstance(layer, LayerRef | SequentialRef | GraphRef | InstanceRef):
        ctx.state.escape(layer, "it is added to a model")
        doubt(ctx, model, "a layer that is added is not known")
        return
    made = _as_layer(ctx, layer)
    if not cell.layers and cell.input is None:
        misfit = shape_that_is_a_number(ctx, made)
        if misfit is not None:
            operation = made.operation
            miscalled(
                ctx, operation.name or "", operation.class_name, misfit, made.call or node, {}, None
            )
            ctx.state.put(model, replace(cell, failed=True))
            return
        shape = _own_input(ctx, layer)
        if shape is not None:
            _start(ctx, model, shape, made.place)
    cell = cell_of(ctx, model)
    place = place_of_use(ctx, made, node)
    ctx.state.put(model, replace(cell, layers=(*cell.layers, layer), places=(*cell.places, place)))
    if cell.input is not None:
        _advance(ctx, model, layer, place)


def _as_layer(ctx: Context, layer: Value) -> LayerRef:
    if isinstance(layer, LayerRef):
        return layer
    return instance_layer(ctx, layer) if isinstance(layer, InstanceRef) else as_layer(ctx, layer)


def _own_input(ctx: Context, layer: Value) -> Shape | None:
    if isinstance(layer, LayerRef):
        hint = getattr(layer.operation, "input_hint", None)
        if hint is None and isinstance(layer.operation, Embedding) and ctx.record.is_keras_2:
            return Shape.of(None, None)
        return hint if isinstance(hint, Shape) else None
    if isinstance(layer, SequentialRef):
        start = cell_of(ctx, layer).input
        return start.shape if start is not None else None
    if isinstance(layer, GraphRef) and isinstance(layer.inputs, Tensor):
        return layer.inputs.shape
    return None


def _start(ctx: Context, model: SequentialRef, shape: Shape, place: Place) -> None:
    """Give a model the tensor with which it begins, of an input layer that is not written."""
    name = auto_name(ctx, "InputLayer")
    tensor = ctx.create(lambda: Tensor(shape, input_layer=LayerRef(InputLayer(name=name), place)))
    ctx.state.put(model, replace(cell_of(ctx, model), input=tensor, output=tensor))


def _advance(ctx: Context, model: SequentialRef, layer: Value, place: Place) -> None:
    """Apply the layer that follows."""
    cell = cell_of(ctx, model)
    if cell.failed or cell.doubts:
        return
    before = ctx.record.rejected_count
    if isinstance(layer, InstanceRef):
        output = use_instance(ctx, layer, [as_value(ctx, cell.output)], {}, None, place)
        output = structure(ctx, output)
    else:
        output = applied(ctx, _as_layer(ctx, layer), (cell.output,), {}, None, model.name, place)
    failed = ctx.record.rejected_count > before
    cell = cell_of(ctx, model)
    if not cell.is_open:
        ctx.state.put(model, replace(cell, output=output, failed=failed))


def build(ctx: Context, model: SequentialRef, shape: Shape, place: Place | None = None) -> None:
    """Give a model its input; every layer is applied, at ``place`` or where it was added."""
    cell = cell_of(ctx, model)
    if cell.input is not None or not cell.layers or cell.doubts or cell.is_open:
        return
    _start(ctx, model, shape, place or model.place)
    for layer, added in zip(cell.layers, cell.places, strict=True):
        _advance(ctx, model, layer, place or added)


def use_model(
    ctx: Context,
    layer: LayerRef | SequentialRef | GraphRef,
    args: Sequence[Value],
    kwargs: Mapping[str, Value],
    node: ast.AST,
) -> Value:
    """``layer(x)``: the tensors that come out."""
    tensors = tuple(_as_data(ctx, value) for value in args)
    more = {
        key: structure(ctx, value)
        for key, value in kwargs.items()
        if key not in ("training", "mask", "constants")
    }
    if isinstance(layer, SequentialRef):
        if cell_of(ctx, layer).input is None and tensors:
            build(ctx, layer, data_shape(ctx, tensors[0]), ctx.place(node))
        cell = cell_of(ctx, layer)
        if cell.failed or cell.doubts or cell.is_open:
            return unknown_tensor("a model that is not known")
    made = layer if isinstance(layer, LayerRef) else as_layer(ctx, layer)
    if not tensors and not more:
        return Unresolved("a layer is called on nothing")
    return as_value(ctx, applied(ctx, made, tensors, more, node))


def _as_data(ctx: Context, value: Value) -> Any:
    """Return what a layer is called on; texts and numbers are data of their own shape."""
    tensors = structure(ctx, value)
    if all(isinstance(leaf, str | int | float) for leaf in leaves(tensors)):
        return Array(shape_of_value(ctx, value))
    return tensors


def doubt(ctx: Context, model: SequentialRef, reason: str) -> None:
    """From here on the output of a model is not known."""
    cell = cell_of(ctx, model)
    if cell.is_open:
        return
    unknown: Any = unknown_tensor(reason)
    ctx.state.put(
        model,
        replace(cell, input=cell.input or unknown, output=unknown, doubts=(*cell.doubts, reason)),
    )


def pop(ctx: Context, model: SequentialRef) -> Value:
    """``model.pop()``: the last layer, which is removed."""
    cell = cell_of(ctx, model)
    if not cell.layers or cell.doubts or cell.is_open:
        return Unresolved("a layer of a model is not known")
    last = cell.output
    left = replace(cell, layers=cell.layers[:-1], places=cell.places[:-1])
    ctx.state.put(model, left)
    if cell.input is not None:
        if isinstance(last, Tensor) and last.use is not None and not cell.failed:
            ctx.state.put(model, replace(left, output=last.use.args[0]))
        else:
            doubt(ctx, model, "a layer was removed")
    return cell.layers[-1]


def settle(ctx: Context, model: SequentialRef) -> None:
    """Look at a model that nothing built on an input that is not known."""
    cell = ctx.state.cells.get(model)
    if isinstance(cell, SequentialCell) and len(cell.layers) > 1 and cell.input is None:
        build(ctx, model, Shape.unknown("no input shape is given"))
