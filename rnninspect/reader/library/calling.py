"""What the functions of libraries share: their arguments, and results that are not known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rnninspect.reader.cells import DictCell, IteratorCell, ListCell
from rnninspect.reader.context import Context
from rnninspect.reader.iteration import all_items, element_of
from rnninspect.reader.join import Joiner, kind_of
from rnninspect.reader.values import (
    ClassRef,
    DictRef,
    InstanceRef,
    IteratorRef,
    ListRef,
    Ref,
    SetRef,
    Unresolved,
    Value,
    is_constant,
    summarized,
)

Args = Sequence[Value]
Kwargs = Mapping[str, Value]
Implementation = Callable[[Any, Args, Kwargs, Any], Value]

MAX_ITEMS = 10_000
"""The longest list, text or number of digits that is worked out."""


def argument(args: Args, kwargs: Kwargs, position: int, name: str, default: Value = None) -> Value:
    """Return an argument that is given by position or by name."""
    if position < len(args):
        return args[position]
    return kwargs.get(name, default)


def unknown(
    ctx: Context, args: Args, kwargs: Kwargs, reason: str, kind: type | None = None
) -> Value:
    """Return what a function gives that may change or keep what it is given."""
    objects = [
        value
        for value in (*args, *kwargs.values())
        if not is_constant(value) and not isinstance(value, Unresolved)
    ]
    if objects:
        ctx.call_unseen(objects, reason)
    return Unresolved(reason, kind)


def unread(
    ctx: Context, args: Args, kwargs: Kwargs, reason: str, kind: type | None = None
) -> Value:
    """Return what a function gives that only reads its arguments, but may call what they hold."""
    for value in args:
        if isinstance(value, IteratorRef):
            ctx.call_unseen([value], reason)
    ctx.call_back([*args, *kwargs.values()], reason)
    return Unresolved(reason, kind)


def joined(ctx: Context, values: Sequence[Value], reason: str = "an item is not known") -> Value:
    """Return what several values have in common; what is lost is opened."""
    if not values:
        return Unresolved(reason)
    joiner = Joiner(reason)
    value = joiner.all(values)
    if joiner.lost:
        ctx.state.escape(tuple(joiner.lost), joiner.reason)
    return value


def taken(ctx: Context, value: Value) -> Value:
    """Return what each item of a value is that is taken whole, and take up an iterator."""
    if isinstance(value, IteratorRef):
        cell: IteratorCell = ctx.state.get(value)
        if cell.kind in ("map", "filter", "generator", "coroutine", "open"):
            ctx.call_unseen([value], "an iterator is taken up")
            return Unresolved("an item is not known")
    elif isinstance(value, InstanceRef | Unresolved):
        ctx.call_unseen([value], "an iterator is taken up")
        return Unresolved("an item is not known")
    return element_of(ctx, value)


def least_length(ctx: Context, value: Value) -> int:
    """Return how many items a value certainly has."""
    if isinstance(value, ListRef):
        cell: ListCell = ctx.state.get(value)
        return len(cell.items) if cell.exact else cell.at_least
    if isinstance(value, DictRef):
        items: DictCell = ctx.state.get(value)
        return len(items.items)
    return 0


def list_of(ctx: Context, value: Value) -> ListRef:
    """Return a new list of the items of a value."""
    least = least_length(ctx, value)
    items = all_items(ctx, value)
    if items is not None:
        return ctx.new_list_of(ListCell(tuple(items)))
    return ctx.new_list_of(ListCell.of_unknown_length(taken(ctx, value), least))


def frozen(ctx: Context, value: Value) -> tuple[list[Value] | None, tuple[Value, ...], Value]:
    """Return the items that an iterator over a value will take, if nothing is changed meanwhile.

    The items (None if they are not known), the cells on which that depends, and, where the items
    are not known, what each of them is. An iterator counts as taken up.
    """
    guards = _guards(ctx, value)
    if guards is None:
        ctx.call_unseen([value], "items are taken from it later")
        return None, (), Unresolved("an item is not known")
    items = all_items(ctx, value)
    element = None if items is not None else element_of(ctx, value)
    if isinstance(value, IteratorRef) and ctx.state.get(value).kind != "view":
        # Whoever takes from it now, takes it away from the other.
        shared = IteratorCell("shared", (tuple(items or ()), element))
        ctx.state.put(value, shared)
        guards = (*guards, (value, shared))
    return items, guards, element


def each_of(ctx: Context, items: Sequence[Value] | None, element: Value) -> Value:
    """Return what each item is, of items that are known or not."""
    return element if items is None else joined(ctx, items)


def _guards(ctx: Context, value: Value) -> tuple[Value, ...] | None:
    """Return the cells that an iteration reads; None if it also runs code of the program."""
    if isinstance(value, ListRef | DictRef | SetRef):
        return ((value, ctx.state.get(value)),)
    if isinstance(value, IteratorRef):
        cell: IteratorCell = ctx.state.get(value)
        if cell.kind == "guarded":
            return tuple(cell.source[1])
        if cell.kind not in ("items", "over", "zip", "enumerate", "keys", "backwards", "view"):
            return None
        if cell.kind == "items":
            return ()
        inner = [_guards(ctx, source) for source in cell.source if isinstance(source, Ref)]
        if None in inner:
            return None
        return tuple(guard for guards in inner for guard in guards or ())
    if isinstance(value, InstanceRef | Unresolved | ClassRef):
        return None
    return ()


def guarded_iterator(
    ctx: Context, items: Sequence[Value] | None, guards: tuple[Value, ...], element: Value
) -> IteratorRef:
    """Return an iterator over what was found while the cells were as they are."""
    ref: IteratorRef = ctx.create(IteratorRef)
    known = None if items is None else tuple(items)
    ctx.state.put(ref, IteratorCell("guarded", (known, guards, summarized(element))))
    return ref


def iterator_over(ctx: Context, items: Sequence[Value]) -> IteratorRef:
    """Return an iterator over known items."""
    ref: IteratorRef = ctx.create(IteratorRef)
    ctx.state.put(ref, IteratorCell("items", tuple(items)))
    return ref


def iterator_of_unknown_length(ctx: Context, element: Value) -> IteratorRef:
    """Return an iterator of which each item is as ``element`` says."""
    inner = ctx.new_list_of(ListCell.of_unknown_length(element))
    ref: IteratorRef = ctx.create(IteratorRef)
    ctx.state.put(ref, IteratorCell("over", (inner,)))
    return ref


def number_kind(value: Value) -> type | None:
    """Return ``int``, ``float`` or ``bool`` where a value is certainly such a number."""
    kind = kind_of(value)
    return kind if kind in (int, float, bool) else None


def unknown_result(reason: str, kind: type | None = None) -> Implementation:
    """Return a function that leaves its arguments alone and gives what is not known."""

    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        return unread(ctx, args, kwargs, reason, kind)

    return call


def kept(reason: str) -> Implementation:
    """Return a function that may keep, change or hand out what it is given."""

    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        return unknown(ctx, args, kwargs, reason)

    return call


def transparent(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    """Return the first argument: a decorator that changes nothing we follow.

    With keywords alone it returns what will be the decorator.
    """
    if args:
        return args[0]
    from rnninspect.reader.values import External

    return External("builtins.<same>")
