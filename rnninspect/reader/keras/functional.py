"""Models of inputs and outputs, and what programs ask models and layers for."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rnninspect.ir.operation import Operation
from rnninspect.layers.base import Layer
from rnninspect.reader.cells import LayerCell, SequentialCell
from rnninspect.reader.context import Context
from rnninspect.reader.keras.applying import layer_cell
from rnninspect.reader.keras.making import auto_name
from rnninspect.reader.keras.order import layers_of
from rnninspect.reader.keras.plain import as_value, structure
from rnninspect.reader.keras.sequential import identity_of
from rnninspect.reader.sizes import sizes_of
from rnninspect.reader.values import (
    GraphRef,
    InstanceRef,
    LayerRef,
    ListRef,
    NativeMethod,
    SequentialRef,
    Tensor,
    Unresolved,
    Value,
)

_ENDS = frozenset("input output inputs outputs".split())


def functional(
    ctx: Context, args: Sequence[Value], kwargs: Mapping[str, Value], node: ast.AST
) -> Value:
    """``Model(inputs, outputs)``."""
    names = ("inputs", "outputs", "name")
    arguments = {**dict(zip(names, args, strict=False)), **kwargs}
    inputs = arguments.get("inputs", arguments.get("input"))
    outputs = arguments.get("outputs", arguments.get("output"))
    if inputs is None or outputs is None:
        return Unresolved("a model of its own class")
    name = arguments.get("name")
    return graph_of(
        ctx,
        structure(ctx, inputs),
        structure(ctx, outputs),
        name if isinstance(name, str) else auto_name(ctx, "Functional"),
        node,
    )


def graph_of(
    ctx: Context,
    inputs: Any,
    outputs: Any,
    name: str,
    node: ast.AST | None,
    class_name: str = "Functional",
) -> GraphRef:
    """Return a model between tensors, which is remembered."""
    made: GraphRef = ctx.create(
        lambda: GraphRef(name, ctx.place(node), identity_of(ctx, node), inputs, outputs, class_name)
    )
    ctx.state.put(made, LayerCell())
    ctx.record.add_model(made)
    return made


def attribute_of_layer(
    ctx: Context, value: LayerRef | SequentialRef | GraphRef, name: str, node: Any
) -> Value:
    """Return an attribute of a layer or a model."""
    for set_name, item in _overrides(ctx, value):
        if set_name == name:
            return item
    if isinstance(value, SequentialRef):
        cell: SequentialCell = ctx.state.get(value)
        if name in _ENDS and cell.input is not None and not cell.doubts:
            end = cell.input if name.startswith("input") else cell.output
            return ctx.new_list([as_value(ctx, end)]) if name.endswith("s") else as_value(ctx, end)
        if name == "layers" and not cell.doubts:
            return ctx.new_list(cell.layers)
    if isinstance(value, GraphRef):
        if name in _ENDS:
            found = value.inputs if name.startswith("input") else value.outputs
            wraps = name.endswith("s") and not isinstance(found, list)
            return as_value(ctx, [found] if wraps else found)
        if name == "layers":
            return ctx.new_list(layers_of(value))
    if name == "name" and not isinstance(value, LayerRef):
        return value.name
    if name in ("output_shape", "input_shape", "_keras_shape"):
        end = attribute_of_layer(ctx, value, name.partition("_")[0], node)
        if isinstance(end, Tensor):
            return sizes_of(end.shape)
        return Unresolved("a shape is not known")
    if isinstance(value, LayerRef):
        return _of_layer(ctx, value, name)
    return NativeMethod(value, name)


def _of_layer(ctx: Context, value: LayerRef, name: str) -> Value:
    operation = value.operation
    if name == "name" and operation.name:
        return operation.name
    if isinstance(operation, Layer) and name in operation.argument_kinds():
        found = getattr(operation, name)
        return Unresolved("an inner layer") if isinstance(found, Operation) else found
    if name in ("input", "output"):
        cell = layer_cell(ctx, value)
        end = cell.last_input if name == "input" else cell.last_output
        if end is None or cell.uses != 1 or cell.is_open:
            return Unresolved("the layer is not called just once")
        return as_value(ctx, end)
    if name in ("__class__",):
        return Unresolved("the class of a layer")
    return NativeMethod(value, name)


def _overrides(ctx: Context, value: Value) -> tuple[tuple[str, Value], ...]:
    if isinstance(value, LayerRef):
        return layer_cell(ctx, value).overrides
    return ()


def set_attribute_of_layer(ctx: Context, value: Value, name: str, item: Value) -> None:
    """Set an attribute of a layer or a model; ``trainable`` goes to all its layers."""
    if isinstance(value, LayerRef):
        cell = layer_cell(ctx, value)
        kept = tuple(pair for pair in cell.overrides if pair[0] != name)
        ctx.state.put(value, replace(cell, overrides=(*kept, (name, item))))
        return
    ctx.state.escape(item, "it is an attribute of a model")
    if name != "trainable":
        return
    if isinstance(value, SequentialRef):
        layers: Sequence[Value] = ctx.state.get(value).layers
    else:
        layers = layers_of(value) if isinstance(value, GraphRef) else ()
    for layer in layers:
        if isinstance(layer, InstanceRef):
            ctx.state.set_name(layer, name, item)
        else:
            set_attribute_of_layer(ctx, layer, name, item)


def layer_of(
    ctx: Context,
    value: SequentialRef | GraphRef,
    args: Sequence[Value],
    kwargs: Mapping[str, Value],
) -> Value:
    """``model.get_layer(name, index)``."""
    listed = attribute_of_layer(ctx, value, "layers", None)
    if not isinstance(listed, ListRef):
        return Unresolved("a layer of a model is not known")
    layers: tuple[Value, ...] = ctx.state.get(listed).items
    name = kwargs.get("name", args[0] if args else None)
    index = kwargs.get("index", args[1] if len(args) > 1 else None)
    if isinstance(index, int) and -len(layers) <= index < len(layers):
        return layers[index]
    for layer in layers:
        stated = (
            layer.operation.name if isinstance(layer, LayerRef) else getattr(layer, "name", None)
        )
        if isinstance(name, str) and stated == name:
            return layer
    return Unresolved("a layer of a model is not known")
