"""Rejection: a use that Keras rejects, and the way its input came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rnninspect.ir.model import Edge, Model, Node
from rnninspect.ir.operation import Application, Call, Operation, Rejected
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import flatten
from rnninspect.layers.recurrent import Recurrence
from rnninspect.layers.unmodelled import Rejecting
from rnninspect.layers.wrappers import Bidirectional

Uses = Mapping[tuple[str, int], Application]


class Step(NamedTuple):
    """One use on the way to the rejected one, with the shapes before and after it."""

    node: Node
    operation: Operation
    before: Shape
    after: Shape

    @property
    def drops_axes(self) -> bool:
        """Whether fewer axes come out than went in."""
        ranks = self.before.rank, self.after.rank
        return None not in ranks and (ranks[1] or 0) < (ranks[0] or 0)

    @property
    def changes_rank(self) -> bool:
        """Whether another number of axes comes out, or it is not known."""
        ranks = self.before.rank, self.after.rank
        return None in ranks or ranks[0] != ranks[1]

    @property
    def keeps_sequences(self) -> bool:
        """Whether a sequence stays one in it, whatever it was given here."""
        anything = Shape(Shape.unknown("any size")[0] for _ in range(3))
        output = self.operation.apply(Call.on(anything)).output
        return isinstance(output, Shape) and output.rank == 3


class Rejection(NamedTuple):
    """A use that Keras rejects."""

    model: Model
    node: Node
    operation: Operation
    application: Application
    rejected: Rejected
    way: tuple[Step, ...]
    """The uses that its first input came through, the last first."""

    @property
    def found(self) -> Shape:
        """The shape of its first input."""
        return first_shape(self.application)

    @property
    def lacks_axes(self) -> bool:
        """Whether its input has fewer axes than it needs."""
        expected, found = self.rejected.expected_ndim, self.rejected.found_ndim
        return expected is not None and found is not None and found < expected

    @property
    def has_too_many_axes(self) -> bool:
        """Whether its input has more axes than it takes."""
        expected, found = self.rejected.expected_ndim, self.rejected.found_ndim
        return expected is not None and found is not None and found > expected


def first_shape(application: Application) -> Shape:
    """The first input of a use."""
    leaves = flatten([*application.call.args, *application.call.kwargs.values()])
    return next((one for one in leaves if isinstance(one, Shape)), Shape.unknown("nothing"))


def recurrence_of(operation: Operation | None) -> Recurrence | None:
    """The recurrent layer that an operation is, or that it wraps."""
    while isinstance(operation, Bidirectional):
        operation = operation.layer
    return operation if isinstance(operation, Recurrence) else None


def reads_sequences(operation: Operation) -> bool:
    """Whether what an operation takes goes into a recurrent layer, as far as is known."""
    if isinstance(operation, Rejecting):
        return operation.feeds_sequences
    return recurrence_of(operation) is not None


def rejections(model: Model) -> Iterator[Rejection]:
    """The uses that Keras rejects; what follows from one of them is not another."""
    uses = model.reference
    nodes = {(node.layer, node.call): node for node in model.nodes}
    for node in model.in_order:
        application = uses[node.layer, node.call]
        if application.rejected is None:
            continue
        yield Rejection(
            model,
            node,
            model.layers[node.layer],
            application,
            application.rejected,
            tuple(_way(node, nodes, uses, model)),
        )


def _way(
    node: Node, nodes: Mapping[tuple[str, int], Node], uses: Uses, model: Model
) -> Iterator[Step]:
    seen: set[tuple[str, int]] = set()
    while True:
        edge = next(
            (leaf for leaf in flatten([node.args, dict(node.kwargs)]) if isinstance(leaf, Edge)),
            None,
        )
        if edge is None or (edge.layer, edge.call) not in nodes:
            return
        if (edge.layer, edge.call) in seen:
            return
        seen.add((edge.layer, edge.call))
        node = nodes[edge.layer, edge.call]
        yield from _steps(node, edge, uses, model)


def _steps(node: Node, edge: Edge, uses: Uses, model: Model) -> Iterator[Step]:
    """What a use does; for a model, what its layers do, the last first."""
    application = uses[node.layer, node.call]
    operation = model.layers[node.layer]
    inner = operation.outputs if isinstance(operation, Model) else None
    if isinstance(operation, Model) and isinstance(inner, Edge):
        nodes = {(one.layer, one.call): one for one in operation.nodes}
        last = nodes.get((inner.layer, inner.call))
        if last is not None:
            yield from _steps(last, inner, operation.reference, operation)
            yield from _way(last, nodes, operation.reference, operation)
            return
    leaves = [one for one in flatten(application.output) if isinstance(one, Shape)]
    after = leaves[edge.tensor or 0] if (edge.tensor or 0) < len(leaves) else Shape(None)
    yield Step(node, operation, first_shape(application), after)
