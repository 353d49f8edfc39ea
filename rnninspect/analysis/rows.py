"""rows_of: one Row for each row of ``model.summary()``, those of nested models inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rnninspect.analysis.counting import count, formula_of, number_of, owned_weights
from rnninspect.analysis.masks import Mask, masks_of
from rnninspect.analysis.result import Row
from rnninspect.ir.dims import Dim
from rnninspect.ir.edge import Edge
from rnninspect.ir.model import Model
from rnninspect.ir.operation import Application, Operation
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import flatten
from rnninspect.ir.weights import BYTES_PER_NUMBER
from rnninspect.layers.unmodelled import Unmodelled
from rnninspect.sources.models import StoredTensor

if TYPE_CHECKING:  # most models are counted without the stored weights
    from rnninspect.analysis.stored import Shelf


def rows_of(
    model: Model,
    uses: Mapping[tuple[str, int], Application],
    shelf: Shelf | None,
    inside: str | None,
) -> Iterator[Row]:
    """Yield the rows of a model's layers, each with how it is used.

    ``inside`` is the group of the model on the shelf; None where it has none of its own.
    """
    masks = masks_of(model)
    connections = _connections(model)
    calls: dict[str, int] = {}
    for node in model.nodes:
        calls[node.layer] = max(calls.get(node.layer, 0), node.call)
    groups: dict[str, str | None] = {}
    if shelf is not None and inside is not None:
        groups = dict(shelf.paths(model, inside))
    for name, operation in model.layers.items():
        if operation.class_name == "InputLayer":
            continue
        first, last = uses.get((name, 0)), uses.get((name, calls.get(name, 0)))
        if first is None or last is None:
            continue
        # Keras builds a layer on its first call, and shows the output of its last.
        row = _row(name, operation, first, last, shelf, groups.get(name))
        edges = connections.get(name, [])
        yield row._replace(
            inbound=tuple(dict.fromkeys(edge.layer for edge in edges)),
            connections=tuple(_shown(edge) for edge in edges),
            mask=masks.get(name, Mask.NONE),
        )


def _row(
    name: str,
    operation: Operation,
    built: Application,
    last: Application,
    shelf: Shelf | None,
    group: str | None,
) -> Row:
    weights = owned_weights(built)
    plain = [owned.weight for owned in weights]
    parameters = count(plain)
    unknown = next((application.unknown for application in built.unknowns()), "")
    stored: Sequence[StoredTensor] = ()
    if unknown:
        parameters = Dim.unknown(unknown)
        if shelf is not None:
            stored = shelf.in_group(group)
            if stored:
                parameters = Dim.of(sum(tensor.numbers for tensor in stored))
    trainable = number_of(w for w in plain if w.trainable)
    sizes = [w.bytes for w in plain]
    if stored:
        sizes = [_bytes(tensor) for tensor in stored]
    stated = [size for size in sizes if size is not None]
    return Row(
        name=name,
        class_name=operation.class_name,
        inbound=(),
        connections=(),
        input_shape=last.call.args[0] if len(last.call.args) == 1 else last.call.first,
        output_shape=last.output,
        parameters=parameters,
        trainable_params=(None if unknown else 0 if not operation.trainable else trainable),
        trainable=operation.trainable,
        formula=None if unknown else formula_of(built),
        weights=weights,
        bytes=sum(stated) if len(stated) == len(sizes) and (stored or not unknown) else None,
        unknown=unknown,
        stored=tuple(stored),
        stored_path=group,
        children=tuple(_children(operation, built, shelf, group)),
    )


def row_from(name: str, application: Application) -> Row:
    """Return the row of one use of a layer outside a model."""
    return _row(name, application.operation, application, application, None, None)


def _children(
    operation: Operation, built: Application, shelf: Shelf | None, group: str | None
) -> Iterator[Row]:
    path, model = operation.inner_model or ("", None)
    if isinstance(model, Model):
        inside = None if group is None else group + path
        stated = all(
            isinstance(s, Shape) and s.dims is not None for s in model.input_shapes.values()
        )
        uses = model.reference if stated else _uses_inside(model, built)
        yield from rows_of(model, uses, shelf, inside)
        return
    if isinstance(operation, Unmodelled):
        if shelf is not None and group is not None:
            yield from _stored_children(operation, shelf, group)
        return
    for part in built.parts:
        inner = part.application
        if not inner.operation.is_internal:
            name = inner.operation.name or part.role
            yield _row(name, inner.operation, inner, inner, None, None)


def _stored_children(operation: Unmodelled, shelf: Shelf, group: str) -> Iterator[Row]:
    """Yield what is inside a layer that is not modelled, as far as the stored weights show it."""
    reason = f"it is inside {operation.class_name}, which is not modelled"
    inside = list(shelf.inside(group))
    while len(inside) == 1 and len(inside[0][2]) == len(shelf.in_group(group)):
        group = inside[0][1]  # one group around everything says nothing
        inside = list(shelf.inside(group))
    for name, _, stored in inside:
        count = Dim.of(sum(tensor.numbers for tensor in stored))
        sizes = [_bytes(tensor) for tensor in stored]
        stated = [size for size in sizes if size is not None]
        yield Row(
            name=name,
            class_name=(operation.inner_classes or {}).get(name, "stored weights"),
            inbound=(),
            connections=(),
            input_shape=Shape.unknown(reason),
            output_shape=Shape.unknown(reason),
            parameters=count,
            trainable_params=None,
            trainable=operation.trainable,
            formula=None,
            weights=(),
            bytes=sum(stated) if len(stated) == len(sizes) else None,
            unknown=reason,
            stored=tuple(stored),
        )


def _uses_inside(model: Model, built: Application) -> dict[tuple[str, int], Application]:
    """Return the uses of a model's layers where the model itself states no input shape."""
    while not isinstance(built.operation, Model) and built.parts:
        built = built.parts[0].application
    return {(part.role, 0): part.application for part in built.parts}


def _connections(model: Model) -> dict[str, list[Edge]]:
    connections: dict[str, list[Edge]] = {}
    for node in model.nodes:
        edges = connections.setdefault(node.layer, [])
        for structure in (node.args, dict(node.kwargs)):
            edges.extend(leaf for leaf in flatten(structure) if isinstance(leaf, Edge))
    return connections


def _shown(edge: Edge) -> str:
    if not edge.call and not edge.tensor:
        return edge.layer
    return f"{edge.layer}[{edge.call}][{edge.tensor or 0}]"


def _bytes(tensor: StoredTensor) -> int | None:
    width = BYTES_PER_NUMBER.get(tensor.dtype)
    return None if width is None else width * tensor.numbers
