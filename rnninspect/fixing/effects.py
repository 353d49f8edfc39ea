"""changes_nothing_else: whether a fix leaves alone what Keras accepted before."""

from __future__ import annotations

from collections.abc import Mapping

from rnninspect.ir.model import Edge, Model, Node
from rnninspect.ir.operation import Application, Call, Operation
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import flatten, map_structure
from rnninspect.layers.wrappers import Bidirectional
from rnninspect.sources.python.read import Program

MAX_USES = 500

Start = tuple[int | None, int | None, int | None]


def changes_nothing_else(
    before: Program,
    after: Program,
    place: Start,
    value: bool,
    *,
    decided: bool,
) -> bool:
    """Whether a changed ``return_sequences`` matters only where Keras rejected.

    Models that were built before must give the same, and every layer made at ``place`` that now
    returns ``value`` must do so where the other value would be rejected. ``decided`` if the fix
    tells the rounds of a loop apart.
    """
    models = (*after.models, *after.rejected, *after.fragments)
    nested = {
        layer.place
        for model in models
        for layer in model.layers.values()
        if isinstance(layer, Model)
    }
    outputs = {_key(model): _outputs(model) for model in after.models if model.place not in nested}
    for model in before.models:
        key = _key(model)
        built = all(use.rejected is None for use in model.reference.values())
        if built and key in outputs and _differ(_outputs(model), outputs[key]):
            return False
    if decided:
        return True
    uses = [
        (model, node, other)
        for model in models
        if model.place not in nested
        for node in model.nodes
        if (other := _with_other(model.layers[node.layer], node, place, value)) is not None
    ]
    return bool(uses) and all(_is_needed(model, node, other) for model, node, other in uses)


def returns_sequences(operation: Operation | None) -> bool | None:
    """What a recurrent layer, wrapped or not, has for ``return_sequences``; None for others."""
    while isinstance(operation, Bidirectional):
        operation = operation.layer
    found = getattr(operation, "return_sequences", None)
    return found if isinstance(found, bool) else None


def _key(model: Model) -> tuple[object, ...]:
    return model.place.cell, model.place.line, model.name


def _differ(before: list[int | None], after: list[int | None]) -> bool:
    """Whether a rank that was known, and is known still, is another one now."""
    if len(before) != len(after):
        return True
    both = zip(before, after, strict=True)
    return any(None not in (one, two) and one != two for one, two in both)


def _outputs(model: Model) -> list[int | None]:
    found: list[int | None] = []
    for edge in flatten(model.outputs):
        if isinstance(edge, Edge):
            use = model.reference.get((edge.layer, edge.call))
            shapes = [] if use is None else flatten(use.output)
            found += [one.rank for one in shapes if isinstance(one, Shape)]
    return found


def _is_needed(model: Model, node: Node, operation: Operation) -> bool:
    """Whether the model would be rejected on every way from this use with the other operation."""
    use = model.reference[node.layer, node.call]
    first = operation.apply(use.call)
    if first.rejected is not None:  # inside of it
        return True
    changed: dict[tuple[str, int], Application] = {(node.layer, node.call): first}
    rejected: set[tuple[str, int]] = set()
    for other in model.in_order[:MAX_USES]:
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
    ends = {(e.layer, e.call) for e in flatten(model.outputs) if isinstance(e, Edge)}
    return bool(rejected) and not ends & changed.keys()


def _with_other(operation: Operation, node: Node, place: Start, value: bool) -> Operation | None:
    """The operation as it would be unless what was made at ``place`` returned ``value``."""
    if isinstance(operation, Model):
        changed = {
            one.layer: other
            for one in operation.nodes
            if (other := _with_other(operation.layers[one.layer], one, place, value)) is not None
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
    """The arguments of a use where some of the earlier uses give something else."""
    uses = {**model.reference, **changed}
    return Call(
        tuple(map_structure(lambda leaf: model.tensor_of(leaf, uses), one) for one in node.args),
        {
            name: map_structure(lambda leaf: model.tensor_of(leaf, uses), one)
            for name, one in node.kwargs.items()
        },
    )
