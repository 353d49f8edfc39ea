"""Builtin functions that go over items: containers, iterators, and what all items amount to."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Mapping
from typing import Any

from rnninspect.reader.cells import IteratorCell, ListCell, SetCell
from rnninspect.reader.conditions import holds_objects, is_key
from rnninspect.reader.context import Context, Ended
from rnninspect.reader.iteration import (
    END,
    NOT_KNOWN,
    all_items,
    element_of,
    iteration_over,
    make_iterator,
    next_item,
)
from rnninspect.reader.library.builtin_types import has_method
from rnninspect.reader.library.calling import (
    MAX_ITEMS,
    Args,
    Kwargs,
    argument,
    joined,
    least_length,
    list_of,
    number_kind,
    taken,
    unknown,
    unread,
)
from rnninspect.reader.library.dicts import update
from rnninspect.reader.library.lists import sorted_items
from rnninspect.reader.values import (
    Array,
    InstanceRef,
    IteratorRef,
    ListRef,
    SetRef,
    Tensor,
    Unresolved,
    Value,
    is_constant,
)


def _range(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if args and all(isinstance(n, int) for n in args) and not kwargs:
        try:
            return range(*args)
        except (TypeError, ValueError):
            return Unresolved("a range that is not valid")
    element = Unresolved("a number of a range", int)
    ref: ListRef = ctx.create(lambda: ListRef("range"))
    ctx.state.put(ref, ListCell.of_unknown_length(element))
    return ref


def _list(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if not args:
        return ctx.new_list([])
    if isinstance(args[0], Tensor):
        return args[0]
    return list_of(ctx, args[0])


def _tuple(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if not args:
        return ()
    items = all_items(ctx, args[0])
    if items is not None:
        return tuple(items)
    element = taken(ctx, args[0])
    ctx.state.escape(element, "it is in a tuple of unknown length")
    return Unresolved("how many items a tuple has", tuple)


def _set(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    items = all_items(ctx, args[0]) if args else []
    if items is not None:
        return ctx.new_set(items)
    return ctx.new_set_of(SetCell(frozenset(), taken(ctx, args[0]), exact=False))


def _frozenset(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    items = all_items(ctx, args[0]) if args else []
    if items is None and isinstance(args[0], SetRef):
        cell: SetCell = ctx.state.get(args[0])
        items = list(cell.items) if cell.exact else None
    if items is not None and all(map(is_key, items)) and not holds_objects(items):
        return frozenset(items)
    ctx.state.escape(taken(ctx, args[0]), "it is in a set")
    return Unresolved("a set is not known")


def _dict(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    made = ctx.new_dict({})
    update(ctx, made, args, kwargs, node)
    return made


def _enumerate(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    start = args[1] if len(args) > 1 else kwargs.get("start", 0)
    inner = make_iterator(ctx, args[0] if args else kwargs.get("iterable"))
    ref = ctx.create(IteratorRef)
    ctx.state.put(ref, IteratorCell("enumerate", (inner, start)))
    return ref


def _zip(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    inner = tuple(make_iterator(ctx, value) for value in args)
    ref = ctx.create(IteratorRef)
    ctx.state.put(ref, IteratorCell("zip", inner))
    return ref


def _map(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if len(args) < 2:
        return unknown(ctx, args, kwargs, "what `map` gives")
    inner = tuple(make_iterator(ctx, value) for value in args[1:])
    ref = ctx.create(IteratorRef)
    ctx.state.put(ref, IteratorCell("map", (args[0], *inner)))
    return ref


def _filter(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if len(args) != 2:
        return unknown(ctx, args, kwargs, "what `filter` gives")
    ref = ctx.create(IteratorRef)
    ctx.state.put(ref, IteratorCell("filter", (args[0], make_iterator(ctx, args[1]))))
    return ref


def _reversed(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    value = args[0]
    ref = ctx.create(IteratorRef)
    items = all_items(ctx, value) if isinstance(value, ListRef | tuple | str | range) else None
    if items is None:
        element = taken(ctx, value)
        listed = ctx.new_list_of(ListCell.of_unknown_length(element))
        ctx.state.put(ref, IteratorCell("over", (listed,)))
    elif isinstance(value, ListRef):
        # A list that is changed meanwhile is read from its end as it is then.
        ctx.state.put(ref, IteratorCell("backwards", (value, len(items))))
    else:
        ctx.state.put(ref, IteratorCell("items", tuple(reversed(items))))
    return ref


def _iter(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if len(args) != 1:
        return unknown(ctx, args, kwargs, "an iterator")
    return make_iterator(ctx, args[0])


def _next(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    value = args[0]
    if isinstance(value, IteratorRef):
        item = next_item(ctx, value)
        if item is END:
            if len(args) > 1:
                return args[1]
            raise Ended
        if item is not NOT_KNOWN:
            return item
        item = element_of(ctx, value)
        if len(args) > 1:
            return joined(ctx, [item, args[1]])
        return item
    if isinstance(value, InstanceRef) and has_method(ctx, value, "__next__"):
        if len(args) > 1:
            return unknown(ctx, args, kwargs, "an item is not known")
        return ctx.call(ctx.attribute(value, "__next__", node), [], {}, node)
    return ctx.call_unseen(args, "an item is not known")


def _sorted(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if not args:
        return Unresolved("`sorted` of nothing")
    least = least_length(ctx, args[0])
    items = _of_set(ctx, args[0], kwargs)
    items = all_items(ctx, args[0]) if items is None else items
    if items is not None:
        result = sorted_items(ctx, items, kwargs)
        if result is not None:
            return ctx.new_list(result)
        for item in items:
            if isinstance(item, InstanceRef):
                ctx.call_unseen([item], "objects are sorted")
        return ctx.new_list_of(ListCell.of_unknown_length(joined(ctx, items), len(items)))
    element = taken(ctx, args[0])
    if kwargs.get("key") is not None:
        ctx.call_unseen([kwargs["key"], element], "a list is sorted by a function")
        element = Unresolved("an item is not known")
    return ctx.new_list_of(ListCell.of_unknown_length(element, least))


def _of_set(ctx: Context, value: Value, kwargs: Kwargs) -> list[Value] | None:
    """Return the elements of a set, whose order does not matter here."""
    if kwargs.get("key") is not None:
        return None
    if isinstance(value, SetRef):
        cell: SetCell = ctx.state.get(value)
        return list(cell.items) if cell.exact else None
    return list(value) if isinstance(value, frozenset) else None


def _extreme(name: str) -> Callable[..., Value]:
    function: Callable[..., Value] = getattr(builtins, name)
    reason = f"what `{name}` gives is not known"

    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        if not args:
            return Unresolved(reason)
        items = list(args)
        if len(args) == 1:
            found = _of_set(ctx, args[0], kwargs)
            found = all_items(ctx, args[0]) if found is None else found
            if found is None:
                return _of_unknown(ctx, args, kwargs)
            items = found
        if not items:
            return kwargs.get("default", Unresolved(f"`{name}` of nothing"))
        keys = items
        if kwargs.get("key") is not None:
            keys = [ctx.call(kwargs["key"], [item], {}, node) for item in items]
        if all(map(is_constant, keys)):
            try:
                best = function(range(len(items)), key=lambda number: keys[number])
            except TypeError:
                return Unresolved(f"`{name}` fails on these values")
            return items[best]
        for item in items:
            if isinstance(item, InstanceRef):
                ctx.call_unseen([item], "objects are compared")
        if len(items) == 1:
            return items[0]
        if any(isinstance(item, Array | Tensor) for item in items):
            return joined(ctx, items, reason)
        kinds = {number_kind(item) for item in items}
        joined(ctx, items, reason)
        return Unresolved(reason, kinds.pop() if len(kinds) == 1 else None)

    def _of_unknown(ctx: Context, args: Args, kwargs: Kwargs) -> Value:
        if isinstance(args[0], Array):
            return Unresolved(reason)
        key = kwargs.get("key")
        element = taken(ctx, args[0])
        if key is not None:
            ctx.call_unseen([key, element], reason)
        kind = number_kind(element)
        if "default" in kwargs:
            kind = kind if number_kind(kwargs["default"]) is kind else None
            ctx.state.escape(kwargs["default"], reason)
        ctx.state.escape(element, reason)
        return Unresolved(reason, kind)

    return call


def _sum(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if not args:
        return Unresolved("a sum is not known")
    items = _of_set(ctx, args[0], {})
    if items is not None and not all(isinstance(item, int) for item in items):
        return Unresolved("a sum is not known")
    least = least_length(ctx, args[0])
    items = all_items(ctx, args[0]) if items is None else items
    start = argument(args, kwargs, 1, "start", 0)
    if items is not None and all(isinstance(i, int | float | complex) for i in [*items, start]):
        return sum(items, start)
    if items is not None:
        total = start
        for item in items:
            total = ctx.binary(ast.Add(), total, item, node)
        return total
    if isinstance(args[0], Array):
        return Unresolved("a sum is not known")
    element = taken(ctx, args[0])
    kinds = {number_kind(element), number_kind(start)}
    if kinds <= {int, bool}:
        return Unresolved("a sum is not known", int)
    if kinds <= {int, bool, float} and (least or number_kind(start) is float):
        return Unresolved("a sum is not known", float)
    if None in kinds:
        ctx.call_unseen([element, start], "a sum is not known")
    return Unresolved("a sum is not known")


def _any_all(name: str) -> Callable[..., Value]:
    stops_at = name == "any"

    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        value = args[0] if args else ()
        if isinstance(value, SetRef) and ctx.state.get(value).exact:
            value = tuple(ctx.state.get(value).items)
        iteration = iteration_over(ctx, value)
        outcome: bool | None = not stops_at
        for number in range(MAX_ITEMS):
            item = iteration.item(ctx, number)
            if item is END:
                return Unresolved("a condition is not known", bool) if outcome is None else outcome
            if item is NOT_KNOWN:
                break
            truth = ctx.truth(item, node)
            if truth is stops_at and outcome is not None:
                return stops_at
            if truth is None or truth is stops_at:
                outcome = None
                if isinstance(value, IteratorRef):
                    break
        return unread(ctx, args, kwargs, "a condition is not known", bool)

    return call


FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    "range": _range, "xrange": _range, "list": _list, "tuple": _tuple, "set": _set,
    "frozenset": _frozenset, "dict": _dict, "enumerate": _enumerate, "zip": _zip, "map": _map,
    "filter": _filter, "reversed": _reversed, "iter": _iter, "next": _next, "sorted": _sorted,
    "min": _extreme("min"), "max": _extreme("max"), "sum": _sum, "any": _any_all("any"),
    "all": _any_all("all"),
}  # fmt: skip
