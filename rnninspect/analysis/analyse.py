"""analyse: a Model becomes an Analysis, one Row for each row of ``model.summary()``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from rnninspect.analysis.counting import OwnedWeight, count, formula_of, number_of, owned_weights
from rnninspect.analysis.masks import masks_of
from rnninspect.ir.dims import Dim
from rnninspect.ir.formula import Formula
from rnninspect.ir.model import Edge, Model
from rnninspect.ir.operation import Application, Operation
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure, flatten
from rnninspect.ir.weights import BYTES_PER_NUMBER, Weight
from rnninspect.layers.unmodelled import Unmodelled
from rnninspect.sources.models import Models, StoredTensor

if TYPE_CHECKING:  # most models are counted without the stored weights
    from rnninspect.analysis.stored import Shelf


class Row(NamedTuple):
    """One layer of a model as a summary shows it.

    ``parameters`` is the count with its arithmetic. A layer that is not modelled has its count
    from the stored weights (``counted_from_file``), if there are any.
    """

    name: str
    class_name: str
    inbound: tuple[str, ...]
    connections: tuple[str, ...]
    input_shape: Structure
    output_shape: Structure
    parameters: Dim
    trainable_params: int | None
    trainable: bool
    formula: Formula | None
    weights: tuple[OwnedWeight, ...]
    bytes: int | None
    mask: str = "none"
    unknown: str = ""
    stored: tuple[StoredTensor, ...] = ()
    """The stored tensors that stand for a layer that is not modelled."""
    stored_path: str | None = None
    """The group of the file that holds the layer's weights, where it has one of its own."""
    children: tuple[Row, ...] = ()
    readings: tuple[tuple[Mapping[str, Any], Row], ...] = ()
    """Of a printed summary: the arguments that explain the count, each with the row they make."""

    @property
    def counted_from_file(self) -> bool:
        """Whether the count is that of the stored tensors."""
        return bool(self.stored)

    @property
    def non_trainable_params(self) -> int | None:
        """Parameters that training does not change."""
        if self.parameters.value is None or self.trainable_params is None:
            return None
        return self.parameters.value - self.trainable_params

    @property
    def is_complete(self) -> bool:
        """Whether count and output shape are known."""
        return (
            self.parameters.value is not None
            and not self.unknown
            and all(isinstance(s, Shape) and s.is_complete for s in flatten(self.output_shape))
        )


class Total(NamedTuple):
    """A sum over layers; ``at_least`` where a layer's part in it is not known."""

    value: int
    at_least: bool = False


class Analysis(NamedTuple):
    """A model with every shape and count that could be worked out."""

    model: Model
    layers: tuple[Row, ...]
    total: Total
    trainable: Total
    non_trainable: Total
    bytes: Total
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The model's name."""
        return self.model.name or "model"

    @property
    def is_complete(self) -> bool:
        """Whether every layer's count and shape are known."""
        return all(row.is_complete for row in self.layers)

    @property
    def is_linear(self) -> bool:
        """Whether each layer just takes the output of the one before."""
        names = [node.layer for node in self.model.nodes]
        if len(set(names)) != len(names) or len(self.model.input_shapes) > 1:
            return False
        used: set[str] = set()
        for node in self.model.nodes:
            sources = [
                leaf.layer
                for leaf in flatten([node.args, dict(node.kwargs)])
                if isinstance(leaf, Edge)
            ]
            if len(sources) != 1 or sources[0] in used:
                return False
            used.add(sources[0])
        return True


def analyse_as_read(models: Models, model: Model) -> Analysis:
    """Work out a model of a source, whatever it was read from."""
    if models.printed is None:
        return analyse(model)
    # Only printed summaries pay for the import.
    from rnninspect.analysis.printed import analyse_printed

    return analyse_printed(model, models.printed[model])


def analyse(model: Model, shelf: Shelf | None = None) -> Analysis:
    """Work out every row of a model. ``shelf`` counts the layers that are not modelled."""
    rows = tuple(_rows(model, model.reference, shelf, ""))
    applications = _top_level(model)
    weights = [w for application in applications for w in application.all_weights()]
    # Keras counts a model's trainable parameters by its variables, not by its layers.
    trainable = [w for w in weights if w.trainable and model.trainable]
    frozen = [w for w in weights if not (w.trainable and model.trainable)]
    from_file = sum(row.parameters.value or 0 for row in rows if row.counted_from_file)
    part_of_those = sum(
        number_of(owned.weight for owned in row.weights) or 0
        for row in rows
        if row.counted_from_file
    )
    extra = from_file - part_of_those
    at_least = any(row.unknown or row.parameters.value is None for row in rows)
    sizes = [w.bytes for w in weights]
    bytes_from_file = sum(row.bytes or 0 for row in rows if row.counted_from_file)
    known_bytes = sum(size for size in sizes if size is not None)
    return Analysis(
        model=model,
        layers=rows,
        total=Total(_known(weights) + extra, at_least),
        trainable=Total(_known(trainable), at_least),
        non_trainable=Total(_known(frozen), at_least),
        bytes=Total(known_bytes + bytes_from_file, at_least or None in sizes),
        notes=model.notes,
    )


def _known(weights: Sequence[Weight]) -> int:
    return sum(weight.count.value or 0 for weight in weights)


def _top_level(model: Model) -> Iterator[Application]:
    seen: set[int] = set()
    for name, operation in model.layers.items():
        application = model.reference.get((name, 0))
        if application is not None and id(operation) not in seen:
            seen.add(id(operation))
            yield application


def _rows(
    model: Model,
    uses: Mapping[tuple[str, int], Application],
    shelf: Shelf | None,
    inside: str | None,
) -> Iterator[Row]:
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
            mask=masks.get(name, "none"),
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
    unknown = next((one.unknown for one in built.unknowns()), "")
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
    known = [size for size in sizes if size is not None]
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
        bytes=sum(known) if len(known) == len(sizes) and (stored or not unknown) else None,
        unknown=unknown,
        stored=tuple(stored),
        stored_path=group,
        children=tuple(_children(operation, built, shelf, group)),
    )


def row_from(name: str, application: Application) -> Row:
    """The row of one use of a layer that stands alone."""
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
        yield from _rows(model, uses, shelf, inside)
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
    """What is inside a layer that is not modelled, as far as the stored weights tell."""
    reason = f"it is inside {operation.class_name}, which is not modelled"
    inside = list(shelf.inside(group))
    while len(inside) == 1 and len(inside[0][2]) == len(shelf.in_group(group)):
        group = inside[0][1]  # one group round everything tells nothing
        inside = list(shelf.inside(group))
    for name, _, stored in inside:
        count = Dim.of(sum(tensor.numbers for tensor in stored))
        sizes = [_bytes(tensor) for tensor in stored]
        known = [size for size in sizes if size is not None]
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
            bytes=sum(known) if len(known) == len(sizes) else None,
            unknown=reason,
            stored=tuple(stored),
        )


def _uses_inside(model: Model, built: Application) -> dict[tuple[str, int], Application]:
    """The uses of a model's layers when the model itself states no input shape."""
    while not isinstance(built.operation, Model) and built.parts:
        built = built.parts[0].application
    return {(part.role, 0): part.application for part in built.parts}


def _connections(model: Model) -> dict[str, list[Edge]]:
    found: dict[str, list[Edge]] = {}
    for node in model.nodes:
        edges = found.setdefault(node.layer, [])
        for structure in (node.args, dict(node.kwargs)):
            edges.extend(leaf for leaf in flatten(structure) if isinstance(leaf, Edge))
    return found


def _shown(edge: Edge) -> str:
    if not edge.call and not edge.tensor:
        return edge.layer
    return f"{edge.layer}[{edge.call}][{edge.tensor or 0}]"


def _bytes(tensor: StoredTensor) -> int | None:
    width = BYTES_PER_NUMBER.get(tensor.dtype)
    return None if width is None else width * tensor.numbers
