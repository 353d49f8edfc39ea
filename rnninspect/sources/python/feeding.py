"""Data that a program feeds to a model: whether Keras takes them."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rnninspect.ir.model import Edge, Model
from rnninspect.ir.operation import Rejected
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure, flatten
from rnninspect.layers.recurrent import Recurrence, Recurrent
from rnninspect.layers.unmodelled import DATA, STATES, Rejecting
from rnninspect.layers.wrappers import Bidirectional
from rnninspect.sources.python.applying import as_layer
from rnninspect.sources.python.graphs import uses_behind
from rnninspect.sources.python.values import Array, Graph, Stack, Tensor, Use

if TYPE_CHECKING:
    from rnninspect.sources.python.interpreter import Interpreter


def feed(reader: Interpreter, value: Stack | Graph, data: Any, node: ast.AST) -> None:
    """Remember it as rejected if data have another number of axes than a built model takes."""
    if isinstance(value, Stack) and (value.failed or value.doubts):
        return
    _check_states(reader, value, node)
    model = as_layer(reader, value).operation
    if not isinstance(model, Model) or any(use.rejected for use in model.reference.values()):
        return
    edges = [edge for edge in flatten(model.inputs) if isinstance(edge, Edge)]
    if isinstance(data, Mapping):
        shapes = {key: one.shape for key, one in data.items() if isinstance(one, Array)}
    else:
        given = data if isinstance(data, list | tuple) else [data]
        if len(given) != len(edges):
            return
        shapes = {
            edge.layer: one.shape
            for edge, one in zip(edges, given, strict=True)
            if isinstance(one, Array) and not one.is_list
        }
    rejection = model.misfit(shapes, data=True)
    if rejection is None:
        wanted = model.input_shapes
        if shapes and all(_is_exactly(one, wanted.get(name)) for name, one in shapes.items()):
            where = reader.run.place(node)
            reader.run.fed.add((where.cell, where.line, where.column))
        return
    tensors = tuple(Tensor(shape) for shape in shapes.values())
    what = Rejecting(
        name=model.name,
        written_class=DATA,
        rejection=rejection,
        feeds_sequences=_feeds_sequences(model),
    )
    reader.run.reject(what, tensors, node, reader.run.place(node))


def _is_exactly(data: Shape, wanted: Structure) -> bool:
    """Whether data have every axis of an input, each of its size."""
    if not isinstance(wanted, Shape) or data.dims is None or wanted.dims is None:
        return False
    inner = (data.sizes or ())[1:], (wanted.sizes or ())[1:]
    return len(data.dims) == len(wanted.dims) and None not in inner[0] and inner[0] == inner[1]


def _check_states(reader: Interpreter, value: Stack | Graph, node: ast.AST) -> None:
    """Remember initial states that do not fit their layer: Keras raises when data arrive.

    Keras 3 does not look at them while the model is built (``keras/src/layers/rnn/rnn.py``).
    """
    outputs = value.output if isinstance(value, Stack) else value.outputs
    for use in uses_behind(outputs):
        problem = _misfit_of_states(use)
        if problem:
            name = use.layer.operation.name
            what = Rejecting(name=name, written_class=STATES, rejection=Rejected(problem))
            tensor = Tensor(Shape.unknown("its output"), use)
            reader.run.reject(what, (tensor,), node, reader.run.place(node))
            return


def _misfit_of_states(use: Use) -> str:
    """What is wrong with the initial states of a use; empty where nothing is for certain."""
    operation, factor = use.layer.operation, 1
    if isinstance(operation, Bidirectional):
        operation, factor = operation.layer, 2
    given = use.kwargs.get("initial_state")
    if not isinstance(operation, Recurrent) or given is None:
        return ""
    states = list(flatten(given))
    if not all(isinstance(one, Tensor) for one in states):
        return ""
    wanted = operation.states * factor
    name, units = use.layer.operation.name, operation.units
    if len(states) < wanted or (operation.states == 2 and len(states) != wanted):
        return f"`{name}` takes {wanted} initial state(s), but gets {len(states)}"
    for one in states[:wanted]:
        sizes = one.shape.sizes
        if isinstance(units, int) and sizes and sizes[-1] not in (None, units):
            return (
                f"`{name}` has {units} units, but gets an initial state of width {sizes[-1]}: "
                f"Dimensions must be equal, but are {sizes[-1]} and {units}"
            )
    return ""


def _feeds_sequences(model: Model) -> bool:
    """Whether any of the model's layers reads sequences."""
    return any(isinstance(layer, Recurrence) for layer in model.layers.values()) or any(
        getattr(layer, "layer", None) is not None for layer in model.layers.values()
    )


def shape_of_batch(shape: Shape) -> Shape:
    """The shape that a layer gets: the batch is of any size."""
    return shape if not shape.dims else Shape((Shape.of(None)[0], *shape.dims[1:]))
