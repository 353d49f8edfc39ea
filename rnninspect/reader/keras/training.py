"""Data that a program feeds to a model: whether Keras takes them."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import Any

from rnninspect.ir.model import Edge, Model
from rnninspect.ir.operation import Rejected
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure, flatten
from rnninspect.layers.recurrent import Recurrence, Recurrent
from rnninspect.layers.unmodelled import DATA, STATES, Rejecting
from rnninspect.layers.wrappers import Bidirectional
from rnninspect.reader.cells import DictCell, SequentialCell
from rnninspect.reader.context import Context
from rnninspect.reader.keras.applying import as_layer, data_shape, reject
from rnninspect.reader.keras.graphs import uses_behind
from rnninspect.reader.keras.plain import leaves
from rnninspect.reader.keras.sequential import build
from rnninspect.reader.sizes import listed
from rnninspect.reader.values import (
    Array,
    Dataset,
    DictRef,
    FrameRef,
    GraphRef,
    LayerRef,
    ListRef,
    SequentialRef,
    Tensor,
    Use,
    Value,
)

FEEDING = frozenset("fit predict evaluate train_on_batch test_on_batch predict_on_batch".split())
"""The methods of a model whose first argument is data."""


def fed(
    ctx: Context,
    value: SequentialRef | GraphRef,
    args: Sequence[Value],
    kwargs: Mapping[str, Value],
    node: ast.AST,
) -> None:
    """Give a model without input the shape of the data; check those of one that has it."""
    x = args[0] if args else kwargs.get("x")
    is_batched = isinstance(x, Dataset)
    if isinstance(x, Dataset):
        x = x.element[0] if type(x.element) is tuple and x.element else x.element
    if isinstance(x, FrameRef):
        x = Array(ctx.state.get(x).shape)
    if isinstance(value, SequentialRef):
        cell: SequentialCell = ctx.state.get(value)
        if cell.input is None:
            shape = data_shape(ctx, x)
            keeps = is_batched or any(map(_is_stateful, cell.layers))
            build(ctx, value, shape if keeps else shape_of_batch(shape), ctx.place(node))
            return
    feed(ctx, value, x, node)


def _is_stateful(layer: Value) -> bool:
    return isinstance(layer, LayerRef) and getattr(layer.operation, "stateful", False) is True


def shape_of_batch(shape: Shape) -> Shape:
    """Return the shape that a layer gets: the batch is of any size."""
    return shape if not shape.dims else Shape((Shape.of(None)[0], *shape.dims[1:]))


def feed(ctx: Context, value: SequentialRef | GraphRef, data: Value, node: ast.AST) -> None:
    """Remember it as rejected if data have another number of axes than a built model takes."""
    if isinstance(value, SequentialRef):
        cell: SequentialCell = ctx.state.get(value)
        if cell.failed or cell.doubts or cell.is_open:
            return
    _check_states(ctx, value, node)
    model = as_layer(ctx, value).operation
    if not isinstance(model, Model) or any(use.rejected for use in model.reference.values()):
        return
    edges = [edge for edge in flatten(model.inputs) if isinstance(edge, Edge)]
    shapes: dict[str, Shape] = {}
    if isinstance(data, DictRef):
        items: DictCell = ctx.state.get(data)
        shapes = {key: item.shape for key, item in items.items.items() if isinstance(item, Array)}
    else:
        inputs = listed(ctx, data) if isinstance(data, ListRef | tuple) else (data,)
        if inputs is None or len(inputs) != len(edges):
            return
        shapes = {
            edge.layer: item.shape
            for edge, item in zip(edges, inputs, strict=True)
            if isinstance(item, Array)
        }
    rejection = model.misfit(shapes, data=True)
    if rejection is None:
        wanted = model.input_shapes
        if shapes and all(_is_exactly(s, wanted.get(name)) for name, s in shapes.items()):
            where = ctx.place(node)
            ctx.record.fed.add((where.cell, where.line, where.column))
        return
    tensors = tuple(Tensor(shape) for shape in shapes.values())
    what = Rejecting(
        name=model.name,
        written_class=DATA,
        rejection=rejection,
        feeds_sequences=_feeds_sequences(model),
    )
    reject(ctx, what, tensors, node, ctx.place(node))


def _is_exactly(data: Shape, wanted: Structure) -> bool:
    """Whether data have every axis of an input, each of its size."""
    if not isinstance(wanted, Shape) or data.dims is None or wanted.dims is None:
        return False
    inner = (data.sizes or ())[1:], (wanted.sizes or ())[1:]
    return len(data.dims) == len(wanted.dims) and None not in inner[0] and inner[0] == inner[1]


def _check_states(ctx: Context, value: SequentialRef | GraphRef, node: ast.AST) -> None:
    """Remember initial states that do not fit their layer: Keras raises when data arrive.

    Keras 3 does not look at them while the model is built (``keras/src/layers/rnn/rnn.py``).
    """
    outputs = ctx.state.get(value).output if isinstance(value, SequentialRef) else value.outputs
    for use in uses_behind(outputs):
        problem = _misfit_of_states(use)
        if problem:
            name = use.layer.operation.name
            what = Rejecting(name=name, written_class=STATES, rejection=Rejected(problem))
            tensor = Tensor(Shape.unknown("its output"), use)
            reject(ctx, what, (tensor,), node, ctx.place(node))
            return


def _misfit_of_states(use: Use) -> str:
    """Return what is wrong with the initial states of a use; empty if nothing certainly is."""
    operation, factor = use.layer.operation, 1
    if isinstance(operation, Bidirectional):
        operation, factor = operation.layer, 2
    states: list[Any] = list(leaves(use.kwargs.get("initial_state")))
    if not isinstance(operation, Recurrent) or states == [None] or not states:
        return ""
    if not all(isinstance(state, Tensor) for state in states):
        return ""
    wanted = operation.states * factor
    name, units = use.layer.operation.name, operation.units
    if len(states) < wanted or (operation.states == 2 and len(states) != wanted):
        return f"`{name}` takes {wanted} initial state(s), but gets {len(states)}"
    for state in states[:wanted]:
        sizes = state.shape.sizes
        if isinstance(units, int) and sizes and sizes[-1] not in (None, units):
            return (
                f"`{name}` has {units} units, but gets an initial state of width {sizes[-1]}: "
                f"Dimensions must be equal, but are {sizes[-1]} and {units}"
            )
    return ""


def _feeds_sequences(model: Model) -> bool:
    """Whether any of the model's layers reads sequences."""
    return any(
        isinstance(layer, Recurrence) or getattr(layer, "layer", None) is not None
        for layer in model.layers.values()
    )
