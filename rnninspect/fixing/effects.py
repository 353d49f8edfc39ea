"""Effects of a fix: whether what Keras accepted before stays as it was."""

from __future__ import annotations

from collections.abc import Mapping

from rnninspect.diagnostics import Place
from rnninspect.ir.model import Edge, Model, Node
from rnninspect.ir.operation import Application, Call, Operation
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import flatten, map_structure
from rnninspect.layers.wrappers import Bidirectional
from rnninspect.reader.program import Program

MAX_CALLS = 500

Start = tuple[int | None, int | None, int | None]
"""Where something begins in a program: cell, line and column."""


def changes_nothing_else(
    before: Program,
    after: Program,
    place: Start,
    value: bool,
    *,
    decided: bool,
) -> bool:
    """Whether a changed ``return_sequences`` matters only where Keras rejected.

    The outputs of models that were built before must keep their ranks, and every layer constructed
    at ``place`` that now has ``value`` must need it: with the other value its model would be
    rejected. ``decided`` if the fix treats the iterations of a loop differently.
    """
    if not keeps_models(before, after):
        return False
    models = (*after.models, *after.rejected, *after.fragments)
    nested = _nested(models)
    if decided:
        return True
    calls = [
        (model, node, other)
        for model in models
        if model.place not in nested
        for node in model.nodes
        if (other := _with_other(model.layers[node.layer], node, place, value)) is not None
    ]
    return bool(calls) and all(_is_needed(model, node, other) for model, node, other in calls)


def keeps_models(before: Program, after: Program) -> bool:
    """Whether the outputs of the models that were built before keep their ranks."""
    nested = _nested((*after.models, *after.rejected, *after.fragments))
    ranks = {
        _key(model): _output_ranks(model) for model in after.models if model.place not in nested
    }
    for model in before.models:
        key = _key(model)
        built = all(call.rejected is None for call in model.reference.values())
        if built and key in ranks and _differ(_output_ranks(model), ranks[key]):
            return False
    return True


def _nested(models: tuple[Model, ...]) -> set[Place]:
    """Return the places of the models that are layers of others."""
    return {
        layer.place
        for model in models
        for layer in model.layers.values()
        if isinstance(layer, Model)
    }


def returns_sequences(operation: Operation | None) -> bool | None:
    """Return ``return_sequences`` of a recurrent layer, wrapped or not; None for other layers."""
    while isinstance(operation, Bidirectional):
        operation = operation.layer
    value = getattr(operation, "return_sequences", None)
    return value if isinstance(value, bool) else None


def _key(model: Model) -> tuple[object, ...]:
    return model.place.cell, model.place.line, model.name


def _differ(before: list[int | None], after: list[int | None]) -> bool:
    """Whether a rank that is known before and after has changed."""
    if len(before) != len(after):
        return True
    both = zip(before, after, strict=True)
    return any(None not in ranks and ranks[0] != ranks[1] for ranks in both)


def _output_ranks(model: Model) -> list[int | None]:
    ranks: list[int | None] = []
    for edge in flatten(model.outputs):
        if isinstance(edge, Edge):
            application = model.reference.get((edge.layer, edge.call))
            shapes = [] if application is None else flatten(application.output)
            ranks += [shape.rank for shape in shapes if isinstance(shape, Shape)]
    return ranks


def _is_needed(model: Model, node: Node, operation: Operation) -> bool:
    """Whether the other layer in this call would make Keras reject every path to an output."""
    first = operation.apply(model.reference[node.layer, node.call].call)
    if first.rejected is not None:  # inside it
        return True
    changed: dict[tuple[str, int], Application] = {(node.layer, node.call): first}
    rejected: set[tuple[str, int]] = set()
    for other in model.in_order[:MAX_CALLS]:
        key = (other.layer, other.call)
        edges = [e for e in flatten([other.args, dict(other.kwargs)]) if isinstance(e, Edge)]
        sources = {(edge.layer, edge.call) for edge in edges}
        if key in changed or not sources & (changed.keys() | rejected):
            continue
        if sources & rejected:
            rejected.add(key)
            continue
        again = model.layers[other.layer].apply(_call_with(model, other, changed))
        if again.rejected is not None:
            rejected.add(key)
        else:
            changed[key] = again
    outputs = {(e.layer, e.call) for e in flatten(model.outputs) if isinstance(e, Edge)}
    return bool(rejected) and not outputs & changed.keys()


def _with_other(operation: Operation, node: Node, place: Start, value: bool) -> Operation | None:
    """Return the operation with the opposite of ``value`` in what was constructed at ``place``."""
    if isinstance(operation, Model):
        changed = {
            inner.layer: other
            for inner in operation.nodes
            if (other := _with_other(operation.layers[inner.layer], inner, place, value))
            is not None
        }
        return operation.but(layers={**operation.layers, **changed}) if changed else None
    made = node.made_at
    if (made.cell, made.line, made.column) != place or returns_sequences(operation) is not value:
        return None
    return _flipped(operation, not value)


def _flipped(operation: Operation, value: bool) -> Operation | None:
    if isinstance(operation, Bidirectional):
        inner = _flipped(operation.layer, value)
        return None if inner is None else operation.but(layer=inner, backward_layer=None)
    if returns_sequences(operation) is not None:
        return operation.but(return_sequences=value)
    return None


def _call_with(model: Model, node: Node, changed: Mapping[tuple[str, int], Application]) -> Call:
    """Return the arguments of a layer call after some of the earlier calls have changed."""
    calls = {**model.reference, **changed}
    return Call(
        tuple(
            map_structure(lambda leaf: model.tensor_of(leaf, calls), argument)
            for argument in node.args
        ),
        {
            name: map_structure(lambda leaf: model.tensor_of(leaf, calls), argument)
            for name, argument in node.kwargs.items()
        },
    )
