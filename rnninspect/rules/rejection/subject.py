"""Rejection: a layer call that Keras rejects, and the layer calls its input came through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rnninspect.diagnostics import Diagnostic
from rnninspect.ir.model import Edge, Model, Node
from rnninspect.ir.operation import Application, Call, Operation, Rejected
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import flatten, sizes_of
from rnninspect.layers.calls import Misfit
from rnninspect.layers.miscalled import Miscalled
from rnninspect.layers.recurrent import Recurrence
from rnninspect.layers.unmodelled import Rejecting
from rnninspect.layers.wrappers import Bidirectional
from rnninspect.rules.keras_words import in_words_of
from rnninspect.rules.rule import Finding, Rule, RuleSettings

Applications = Mapping[tuple[str, int], Application]


class Step(NamedTuple):
    """One layer call before the rejected one, with the shapes before and after it."""

    node: Node
    operation: Operation
    before: Shape
    after: Shape

    @property
    def drops_axes(self) -> bool:
        """Whether its output has fewer axes than its input."""
        ranks = self.before.rank, self.after.rank
        return None not in ranks and (ranks[1] or 0) < (ranks[0] or 0)

    @property
    def changes_rank(self) -> bool:
        """Whether its output has another number of axes, or an unknown one."""
        ranks = self.before.rank, self.after.rank
        return None in ranks or ranks[0] != ranks[1]

    @property
    def keeps_sequences(self) -> bool:
        """Whether it returns a sequence for a sequence, whatever its input is here."""
        anything = Shape(Shape.unknown("any size")[0] for _ in range(3))
        output = self.operation.apply(Call.on(anything)).output
        return isinstance(output, Shape) and output.rank == 3


class Rejection(NamedTuple):
    """A layer call that Keras rejects. Only the first rule that explains it reports it."""

    model: Model
    node: Node
    operation: Operation
    application: Application
    rejected: Rejected
    upstream: tuple[Step, ...]
    """The layer calls that its first input came through, the last first."""

    @property
    def has_one_finding(self) -> bool:
        """Whether one rule is enough: True, a rejection has one explanation."""
        return True

    @property
    def input_shape(self) -> Shape:
        """The shape of its first input."""
        return first_shape(self.application)

    @property
    def lacks_axes(self) -> bool:
        """Whether its input has fewer axes than it needs."""
        expected, actual = self.rejected.expected_ndim, self.rejected.found_ndim
        return expected is not None and actual is not None and actual < expected

    @property
    def has_too_many_axes(self) -> bool:
        """Whether its input has more axes than it takes."""
        expected, actual = self.rejected.expected_ndim, self.rejected.found_ndim
        return expected is not None and actual is not None and actual > expected

    @property
    def misfit(self) -> Misfit | None:
        """How a constructor is called wrongly; None if something else is rejected."""
        return self.operation.misfit if isinstance(self.operation, Miscalled) else None

    def diagnostic(self, finding: Finding, rule: Rule, settings: RuleSettings) -> Diagnostic:
        """Return a finding with the shapes and with what Keras says."""
        message = in_words_of(settings.keras_major, self.rejected.message)
        misfit = self.misfit
        return Diagnostic(
            code=rule.code,
            name=rule.name,
            severity=rule.severity,
            message=finding.message,
            place=finding.place or self.node.place,
            model=self.model.name,
            layer=finding.layer or self.node.layer,
            help=finding.help,
            input_shape=sizes_of(self.input_shape),
            expected_ndim=self.rejected.expected_ndim,
            found_ndim=self.rejected.found_ndim,
            cause=finding.cause,
            keras_error=f"{'ValueError' if misfit is None else misfit.error}: {message}",
            flow=tuple(self._flow()),
            change=finding.change,
        )

    def _flow(self) -> Iterator[str]:
        """Yield shapes and layers in turn, from the input to the layer that is rejected."""
        steps = tuple(reversed(self.upstream))
        yield str(steps[0].before if steps else self.input_shape)
        for step in steps:
            yield step.node.layer
            yield str(step.after)
        yield self.node.layer


def first_shape(application: Application) -> Shape:
    """Return the shape of the first input of a layer call."""
    leaves = flatten([*application.call.args, *application.call.kwargs.values()])
    return next((leaf for leaf in leaves if isinstance(leaf, Shape)), Shape.unknown("nothing"))


def recurrence_of(operation: Operation | None) -> Recurrence | None:
    """Return the recurrent layer that an operation is or wraps; None for others."""
    while isinstance(operation, Bidirectional):
        operation = operation.layer
    return operation if isinstance(operation, Recurrence) else None


def reads_sequences(operation: Operation) -> bool:
    """Whether the input of an operation goes into a recurrent layer, as far as is known."""
    if isinstance(operation, Rejecting):
        return operation.feeds_sequences
    return recurrence_of(operation) is not None


def rejections(model: Model) -> Iterator[Rejection]:
    """Yield the layer calls that Keras rejects, without those that only follow from another."""
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
            tuple(_upstream(node, nodes, uses, model)),
        )


def _upstream(
    node: Node, nodes: Mapping[tuple[str, int], Node], uses: Applications, model: Model
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


def _steps(node: Node, edge: Edge, uses: Applications, model: Model) -> Iterator[Step]:
    """Yield one layer call; of a model, the calls of its layers, the last first."""
    application = uses[node.layer, node.call]
    operation = model.layers[node.layer]
    output = operation.outputs if isinstance(operation, Model) else None
    if isinstance(operation, Model) and isinstance(output, Edge):
        nodes = {(inner.layer, inner.call): inner for inner in operation.nodes}
        last = nodes.get((output.layer, output.call))
        if last is not None:
            yield from _steps(last, output, operation.reference, operation)
            yield from _upstream(last, nodes, operation.reference, operation)
            return
    leaves = [leaf for leaf in flatten(application.output) if isinstance(leaf, Shape)]
    after = leaves[edge.tensor or 0] if (edge.tensor or 0) < len(leaves) else Shape(None)
    yield Step(node, operation, first_shape(application), after)
