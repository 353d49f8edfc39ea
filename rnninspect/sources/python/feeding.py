"""Data that a program feeds to a model: whether Keras takes them."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rnninspect.dims import Shape
from rnninspect.graph import Edge, Model
from rnninspect.layers.recurrent import Recurrence
from rnninspect.layers.unmodelled import DATA, Refusing
from rnninspect.sources.python.applying import as_layer
from rnninspect.sources.python.values import Array, Graph, Stack, Tensor
from rnninspect.structures import flatten

if TYPE_CHECKING:
    from rnninspect.sources.python.interpreter import Interpreter


def feed(reader: Interpreter, value: Stack | Graph, data: Any, node: ast.AST) -> None:
    """Remember it as refused if data have another number of axes than a built model takes."""
    if isinstance(value, Stack) and (value.failed or value.doubts):
        return
    model = as_layer(reader, value).operation
    if not isinstance(model, Model) or any(use.refused for use in model.reference.values()):
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
    refusal = model.misfit(shapes, data=True)
    if refusal is None:
        return
    tensors = tuple(Tensor(shape) for shape in shapes.values())
    what = Refusing(
        name=model.name,
        written_class=DATA,
        refusal=refusal,
        feeds_sequences=_feeds_sequences(model),
    )
    reader.run.refuse(what, tensors, node, reader.run.place(node))


def _feeds_sequences(model: Model) -> bool:
    """Whether any of the model's layers reads sequences."""
    return any(isinstance(layer, Recurrence) for layer in model.layers.values()) or any(
        getattr(layer, "layer", None) is not None for layer in model.layers.values()
    )


def shape_of_batch(shape: Shape) -> Shape:
    """The shape that a layer gets: the batch is of any size."""
    return shape if not shape.dims else Shape((Shape.of(None)[0], *shape.dims[1:]))
