"""changes_nothing_else: whether a fix leaves alone what Keras accepted before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rnninspect.dims import Shape
from rnninspect.graph import Application, Call, Edge, Model, Node, Operation
from rnninspect.layers.recurrent import Recurrence
from rnninspect.layers.wrappers import Bidirectional
from rnninspect.sources.python.read import Program
from rnninspect.structures import flatten, map_structure

MAX_USES = 500


def changes_nothing_else(
    before: Program,
    after: Program,
    place: tuple[int | None, int | None, int | None],
    value: bool,
    *,
    decided: bool,
) -> bool:
    """Whether a changed ``return_sequences`` matters only where Keras refused.

    Models that were built before must give the same, and every layer made at ``place`` that now
    returns ``value`` must do so where the other value would be refused. ``decided`` if the fix
    tells the rounds of a loop apart.
    """
    outputs = {_key(model): _outputs(model) for model in after.models}
    for model in before.models:
        key = _key(model)
        if key in outputs and outputs[key] != _outputs(model):
            return False
    if decided:
        return True
    uses = [
        (model, node)
        for model in after.models
        for node in model.nodes
        if (node.made_at.cell, node.made_at.line, node.made_at.column) == place
        and returns_sequences(model.layers[node.layer]) is value
    ]
    return bool(uses) and all(_is_needed(model, node, value) for model, node in uses)


def returns_sequences(operation: Operation | None) -> bool | None:
    """What a recurrent layer, wrapped or not, has for ``return_sequences``; None for others."""
    while isinstance(operation, Bidirectional):
        operation = operation.layer
    found = getattr(operation, "return_sequences", None)
    return found if isinstance(found, bool) else None


def _key(model: Model) -> tuple[object, ...]:
    return model.place.cell, model.place.line, model.name


def _outputs(model: Model) -> list[Any]:
    found = []
    for edge in flatten(model.outputs):
        if isinstance(edge, Edge):
            use = model.reference.get((edge.layer, edge.call))
            shapes = [] if use is None else flatten(use.output)
            found.append([one.rank for one in shapes if isinstance(one, Shape)])
    return found


def _is_needed(model: Model, node: Node, value: bool) -> bool:
    """Whether the model would be refused on every way from this use with the other value."""
    operation = _with_other(model.layers[node.layer], not value)
    if operation is None:
        return False
    use = model.reference[node.layer, node.call]
    changed: dict[tuple[str, int], Application] = {
        (node.layer, node.call): operation.apply(use.call)
    }
    refused: set[tuple[str, int]] = set()
    for other in model.in_order[:MAX_USES]:
        key = (other.layer, other.call)
        edges = [e for e in flatten([other.args, dict(other.kwargs)]) if isinstance(e, Edge)]
        sources = {(edge.layer, edge.call) for edge in edges}
        if key in changed or not sources & (changed.keys() | refused):
            continue
        if sources & refused:
            refused.add(key)
            continue
        again = model.layers[other.layer].apply(_call_with(model, other, changed))
        if again.refused is not None:
            refused.add(key)
        else:
            changed[key] = again
    ends = {(e.layer, e.call) for e in flatten(model.outputs) if isinstance(e, Edge)}
    return bool(refused) and not ends & changed.keys()


def _with_other(operation: Operation, value: bool) -> Operation | None:
    if isinstance(operation, Bidirectional):
        inner = _with_other(operation.layer, value)
        return None if inner is None else operation.but(layer=inner, backward_layer=None)
    if isinstance(operation, Recurrence) or hasattr(operation, "return_sequences"):
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
