"""Methods of sets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rnninspect.reader.cells import SetCell
from rnninspect.reader.conditions import is_key
from rnninspect.reader.context import Context
from rnninspect.reader.iteration import all_items, element_of
from rnninspect.reader.join import Joiner
from rnninspect.reader.library.calling import Args, Kwargs
from rnninspect.reader.values import InstanceRef, SetRef, Unresolved, Value


def _add(ctx: Context, ref: SetRef, args: Args, kwargs: Kwargs, node: Any) -> Value:
    cell: SetCell = ctx.state.get(ref)
    if cell.exact and is_key(args[0]) and not isinstance(args[0], InstanceRef):
        if args[0] not in cell.items:
            ctx.state.put(ref, SetCell(cell.items | {args[0]}))
    else:
        _weaken_set(ctx, ref, args[:1])
    return None


def _weaken_set(ctx: Context, ref: SetRef, added: Sequence[Value]) -> None:
    cell: SetCell = ctx.state.get(ref)
    if cell.is_open:
        ctx.call_unseen(added, "it is in a container that code elsewhere can change")
        return
    joiner = Joiner("a set is not known")
    old = [*cell.items] if cell.exact else [cell.element]
    ctx.state.put(ref, SetCell(frozenset(), joiner.all([*old, *added]), exact=False))
    if joiner.lost:
        ctx.state.escape(tuple(joiner.lost), joiner.reason)


def _discard(ctx: Context, ref: SetRef, args: Args, kwargs: Kwargs, node: Any) -> Value:
    cell: SetCell = ctx.state.get(ref)
    if cell.exact and is_key(args[0]):
        ctx.state.put(ref, SetCell(cell.items - {args[0]}))
    elif cell.exact:
        _weaken_set(ctx, ref, ())
    return None


def _set_pop(ctx: Context, ref: SetRef, args: Args, kwargs: Kwargs, node: Any) -> Value:
    cell: SetCell = ctx.state.get(ref)
    if cell.exact and len(cell.items) == 1:
        (item,) = cell.items
        ctx.state.put(ref, SetCell())
        return item
    taken = element_of(ctx, ref)
    _weaken_set(ctx, ref, ())
    return taken


def _set_clear(ctx: Context, ref: SetRef, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if not ctx.state.get(ref).is_open:
        ctx.state.put(ref, SetCell())
    return None


def _operands(ctx: Context, ref: Value, args: Args) -> list[frozenset[Any]] | None:
    """Return the elements of a set and of the arguments of its method, where all are known."""
    if isinstance(ref, frozenset):
        known = [ref]
    else:
        cell: SetCell = ctx.state.get(ref)
        if not cell.exact:
            return None
        known = [cell.items]
    for value in args:
        if isinstance(value, SetRef):
            other: SetCell = ctx.state.get(value)
            if not other.exact:
                return None
            known.append(other.items)
            continue
        items = all_items(ctx, value)
        if items is None or not all(map(is_key, items)):
            return None
        known.append(frozenset(items))
    return known


def _set_operation(name: str, *, in_place: bool) -> Callable[..., Value]:
    def operate(ctx: Context, ref: Value, args: Args, kwargs: Kwargs, node: Any) -> Value:
        known = _operands(ctx, ref, args)
        if known is None:
            ctx.call_unseen(
                [value for value in args if not isinstance(value, SetRef)], "a set is made of it"
            )
            if in_place:
                _weaken_set(ctx, ref, (Unresolved("an element is not known"),))
                return None
            if name in ("issubset", "issuperset", "isdisjoint"):
                return Unresolved("a condition is not known", bool)
            unknown = Unresolved("an element is not known")
            return ctx.new_set_of(SetCell(frozenset(), unknown, exact=False))
        result = getattr(known[0], name)(*known[1:])
        if isinstance(result, bool):
            return result
        if in_place:
            if not ctx.state.get(ref).is_open:
                ctx.state.put(ref, SetCell(result))
            return None
        return result if isinstance(ref, frozenset) else ctx.new_set(list(result))

    return operate


def _set_copy(ctx: Context, ref: SetRef, args: Args, kwargs: Kwargs, node: Any) -> Value:
    cell: SetCell = ctx.state.get(ref)
    if cell.is_open:
        cell = SetCell(frozenset(), Unresolved("an element is not known"), exact=False)
    return ctx.new_set_of(cell)


SET: Mapping[str, Callable[..., Value]] = {
    "add": _add, "discard": _discard, "remove": _discard, "pop": _set_pop, "clear": _set_clear,
    "copy": _set_copy,
    "update": _set_operation("union", in_place=True),
    "intersection_update": _set_operation("intersection", in_place=True),
    "difference_update": _set_operation("difference", in_place=True),
    "symmetric_difference_update": _set_operation("symmetric_difference", in_place=True),
    **{
        name: _set_operation(name, in_place=False)
        for name in "union intersection difference symmetric_difference issubset issuperset "
        "isdisjoint".split()
    },
}  # fmt: skip
