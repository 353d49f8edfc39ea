"""Methods of lists and tuples."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rnninspect.reader.cells import ListCell
from rnninspect.reader.conditions import equality
from rnninspect.reader.context import Context
from rnninspect.reader.iteration import all_items, element_of
from rnninspect.reader.join import Joiner, length_of
from rnninspect.reader.library.calling import MAX_ITEMS, Args, Kwargs
from rnninspect.reader.values import (
    InstanceRef,
    IteratorRef,
    ListRef,
    Unresolved,
    Value,
    is_constant,
)

NOT_KNOWN = "an item is not known"


def weaken(ctx: Context, ref: ListRef, added: Value, least: int) -> None:
    """Leave of a list what all its elements, old and new, have in common."""
    cell: ListCell = ctx.state.get(ref)
    joiner = Joiner("a list of unknown length")
    element = joiner.all([*(cell.items if cell.exact else (cell.element,)), *added])
    if cell.is_open:
        ctx.call_unseen(added, "it is in a container that code elsewhere can change")
        return
    ctx.state.put(ref, ListCell.of_unknown_length(element, max(0, least)))
    if joiner.lost:
        ctx.state.escape(tuple(joiner.lost), joiner.reason)


def _append(ctx: Context, ref: ListRef, args: Args, kwargs: Kwargs, node: Any) -> Value:
    cell: ListCell = ctx.state.get(ref)
    if args and cell.exact and len(cell.items) < MAX_ITEMS:
        ctx.state.put(ref, ListCell((*cell.items, args[0])))
    elif args:
        weaken(ctx, ref, args[:1], length_of(cell) + 1)
    return None


def _extend(ctx: Context, ref: ListRef, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if not args:
        return None
    items = all_items(ctx, args[0])
    cell: ListCell = ctx.state.get(ref)
    if items is None:
        element = element_of(ctx, args[0])
        weaken(ctx, ref, (element,), length_of(cell))
        exhaust(ctx, args[0])
    elif cell.exact and len(cell.items) + len(items) < MAX_ITEMS:
        ctx.state.put(ref, ListCell((*cell.items, *items)))
    else:
        weaken(ctx, ref, items, length_of(cell) + len(items))
    return None


def exhaust(ctx: Context, value: Value) -> None:
    """Take up an iterator of which the items are not known."""
    if isinstance(value, IteratorRef | InstanceRef | Unresolved):
        ctx.call_unseen([value], "an iterator is taken up")


def _insert(ctx: Context, ref: ListRef, args: Args, kwargs: Kwargs, node: Any) -> Value:
    cell: ListCell = ctx.state.get(ref)
    if len(args) != 2:
        return None
    if cell.exact and isinstance(args[0], int):
        items = list(cell.items)
        items.insert(args[0], args[1])
        ctx.state.put(ref, ListCell(tuple(items)))
    else:
        weaken(ctx, ref, args[1:], length_of(cell) + 1)
    return None


def _list_pop(ctx: Context, ref: ListRef, args: Args, kwargs: Kwargs, node: Any) -> Value:
    cell: ListCell = ctx.state.get(ref)
    at = args[0] if args else -1
    if cell.exact and isinstance(at, int):
        if not -len(cell.items) <= at < len(cell.items):
            return Unresolved("there is no such item")
        items = list(cell.items)
        taken = items.pop(at)
        ctx.state.put(ref, ListCell(tuple(items)))
        return taken
    taken = element_of(ctx, ref)
    weaken(ctx, ref, (), length_of(cell) - 1)
    return taken


def _remove(ctx: Context, ref: ListRef, args: Args, kwargs: Kwargs, node: Any) -> Value:
    cell: ListCell = ctx.state.get(ref)
    at = _position(ctx, cell, args[0]) if args else None
    if at is None:
        weaken(ctx, ref, (), length_of(cell) - 1)
    elif at >= 0:
        ctx.state.put(ref, ListCell((*cell.items[:at], *cell.items[at + 1 :])))
    return None


def _position(ctx: Context, cell: ListCell, item: Value) -> int | None:
    """Return where an item is in a list: -1 for nowhere, None if that is not known."""
    if not cell.exact:
        equality(ctx, cell.element, item)  # which may be a method of the program
        return None
    for number, other in enumerate(cell.items):
        if other is item and isinstance(item, InstanceRef):
            return number
        equal = equality(ctx, other, item)
        if equal is None:
            return None
        if equal:
            return number
    return -1


def _clear(ctx: Context, ref: ListRef, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if not ctx.state.get(ref).is_open:
        ctx.state.put(ref, ListCell())
    return None


def _list_copy(ctx: Context, ref: ListRef, args: Args, kwargs: Kwargs, node: Any) -> Value:
    cell: ListCell = ctx.state.get(ref)
    if cell.is_open:
        return ctx.new_list_of(ListCell.of_unknown_length(Unresolved(NOT_KNOWN)))
    return ctx.new_list_of(cell)


def _reverse(ctx: Context, ref: ListRef, args: Args, kwargs: Kwargs, node: Any) -> Value:
    cell: ListCell = ctx.state.get(ref)
    if cell.exact:
        ctx.state.put(ref, ListCell(cell.items[::-1]))
    return None


def sorted_items(ctx: Context, items: Sequence[Value], kwargs: Kwargs) -> list[Value] | None:
    """Return items in their order; None where that is not known."""
    key, backwards = kwargs.get("key"), kwargs.get("reverse", False)
    keys = list(items)
    if key is not None:
        keys = [ctx.call(key, [item], {}, None) for item in items]
    turned = ctx.truth(backwards)
    if turned is None or not all(map(is_constant, keys)):
        return None
    try:
        order = sorted(range(len(items)), key=lambda number: keys[number], reverse=turned)
    except TypeError:
        return None
    return [items[number] for number in order]


def _sort(ctx: Context, ref: ListRef, args: Args, kwargs: Kwargs, node: Any) -> Value:
    cell: ListCell = ctx.state.get(ref)
    if not cell.exact:
        if kwargs.get("key") is not None:
            ctx.call_unseen([kwargs["key"], ref], "a list is sorted by a function")
        return None
    if kwargs.get("key") is not None:
        ctx.state.put(ref, ListCell())  # CPython sorts a list that is seen as empty meanwhile
    items = sorted_items(ctx, cell.items, kwargs)
    if ctx.state.get(ref).is_open:
        return None
    if items is None:
        ctx.state.put(ref, cell)
        weaken(ctx, ref, (), len(cell.items))
        for item in cell.items:
            if isinstance(item, InstanceRef):
                ctx.call_unseen([item], "objects are sorted")
    else:
        ctx.state.put(ref, ListCell(tuple(items)))
    return None


def _index(ctx: Context, ref: Value, args: Args, kwargs: Kwargs, node: Any) -> Value:
    cell = ctx.state.get(ref) if isinstance(ref, ListRef) else ListCell(tuple(ref))
    if len(args) == 1:
        at = _position(ctx, cell, args[0])
        if at is not None and at >= 0:
            return at
    return Unresolved("a position is not known", int)


def _count(ctx: Context, ref: Value, args: Args, kwargs: Kwargs, node: Any) -> Value:
    cell = ctx.state.get(ref) if isinstance(ref, ListRef) else ListCell(tuple(ref))
    if len(args) == 1 and not cell.exact:
        equality(ctx, cell.element, args[0])
    elif len(args) == 1:
        equal = [
            True
            if item is args[0] and isinstance(item, InstanceRef)
            else equality(ctx, item, args[0])
            for item in cell.items
        ]
        if None not in equal:
            return equal.count(True)
    return Unresolved("a count is not known", int)


def _append_left(ctx: Context, ref: ListRef, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return _insert(ctx, ref, [0, *args], kwargs, node)


def _extend_left(ctx: Context, ref: ListRef, args: Args, kwargs: Kwargs, node: Any) -> Value:
    items = all_items(ctx, args[0]) if args else []
    if items is None:
        return _extend(ctx, ref, args, kwargs, node)
    for item in items:
        _insert(ctx, ref, [0, item], {}, node)
    return None


def _pop_left(ctx: Context, ref: ListRef, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return _list_pop(ctx, ref, [0], kwargs, node)


def _rotate(ctx: Context, ref: ListRef, args: Args, kwargs: Kwargs, node: Any) -> Value:
    cell: ListCell = ctx.state.get(ref)
    number = args[0] if args else kwargs.get("n", 1)
    if not cell.exact or not cell.items:
        return None
    if isinstance(number, int):
        at = -number % len(cell.items)
        ctx.state.put(ref, ListCell((*cell.items[at:], *cell.items[:at])))
    else:
        weaken(ctx, ref, (), len(cell.items))
    return None


LIST: Mapping[str, Callable[..., Value]] = {
    "append": _append, "extend": _extend, "insert": _insert, "pop": _list_pop,
    "remove": _remove, "clear": _clear, "copy": _list_copy, "reverse": _reverse, "sort": _sort,
    "index": _index, "count": _count,
}  # fmt: skip


DEQUE: Mapping[str, Callable[..., Value]] = {
    "appendleft": _append_left, "extendleft": _extend_left, "popleft": _pop_left,
    "rotate": _rotate,
}  # fmt: skip
TUPLE: Mapping[str, Callable[..., Value]] = {"index": _index, "count": _count}  # fmt: skip
