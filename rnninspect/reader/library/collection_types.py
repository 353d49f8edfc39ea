"""``collections``: the kin of dicts, lists and tuples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rnninspect.reader.cells import DictCell, ListCell
from rnninspect.reader.conditions import holds_objects, is_key
from rnninspect.reader.context import Context
from rnninspect.reader.iteration import all_items
from rnninspect.reader.library.calling import (
    MAX_ITEMS,
    Args,
    Implementation,
    Kwargs,
    argument,
    iterator_of_unknown_length,
    iterator_over,
    joined,
    kept,
    list_of,
    taken,
)
from rnninspect.reader.library.dicts import update
from rnninspect.reader.subscripts import open_keys, set_item
from rnninspect.reader.values import ClassRef, DictRef, ListRef, SetRef, Unresolved, Value


def _of_dict(kind: str) -> Implementation:
    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        ref = _new(ctx, kind)
        update(ctx, ref, args, kwargs, node)
        return ref

    return call


def _new(ctx: Context, kind: str, factory: Value = None) -> DictRef:
    ref: DictRef = ctx.create(lambda: DictRef(kind, factory))
    ctx.state.put(ref, DictCell())
    return ref


def _defaultdict(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    ref = _new(ctx, "defaultdict", args[0] if args else None)
    update(ctx, ref, args[1:], kwargs, node)
    return ref


def _counter(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    ref = _new(ctx, "Counter")
    count_into(ctx, ref, args, kwargs, 1)
    return ref


def count_into(ctx: Context, ref: DictRef, args: Args, kwargs: Kwargs, sign: int) -> None:
    """Add (or take away) how often each item occurs, or the counts of a mapping."""
    for source in args[:1]:
        if source is None:
            continue
        pairs = _counts(ctx, source)
        if pairs is None:
            taken(ctx, source)
            open_keys(ctx, ref, Unresolved("a count is not known", int))
            continue
        cell: DictCell = ctx.state.get(ref)
        known = [*cell.items.values(), *(count for _, count in pairs)]
        if cell.exact and all(isinstance(count, int) for count in known):
            counts = dict(cell.items)
            for key, count in pairs:
                counts[key] = counts.get(key, 0) + sign * count
            ctx.state.put(ref, DictCell(counts))
            continue
        for key, count in pairs:
            _add(ctx, ref, key, count, sign)
    for name, count in kwargs.items():
        _add(ctx, ref, name, count, sign)


def _counts(ctx: Context, source: Value) -> list[tuple[Value, Value]] | None:
    if isinstance(source, DictRef):
        cell: DictCell = ctx.state.get(source)
        return list(cell.items.items()) if cell.exact else None
    if isinstance(source, SetRef | frozenset):
        return None
    items = all_items(ctx, source)
    if items is None or not all(map(is_key, items)) or holds_objects(items):
        return None
    return [(item, 1) for item in items]


def _add(ctx: Context, ref: DictRef, key: Value, count: Value, sign: int) -> None:
    cell: DictCell = ctx.state.get(ref)
    before = cell.items.get(key, 0 if cell.exact else None) if is_key(key) else None
    if isinstance(before, int) and isinstance(count, int):
        set_item(ctx, ref, key, before + sign * count, None)
    else:
        set_item(ctx, ref, key, Unresolved("a count is not known", int), None)


def _most_common(ctx: Context, ref: DictRef, args: Args, kwargs: Kwargs, node: Any) -> Value:
    cell: DictCell = ctx.state.get(ref)
    number = argument(args, kwargs, 0, "n")
    counts = list(cell.items.values())
    if cell.exact and all(isinstance(n, int) for n in counts) and isinstance(number, int | None):
        pairs = Counter(dict(enumerate(counts))).most_common(number)
        keys = list(cell.items)
        return ctx.new_list([(keys[at], count) for at, count in pairs])
    pair = (Unresolved("a key is not known"), Unresolved("a count is not known", int))
    return ctx.new_list_of(ListCell.of_unknown_length(pair))


def _elements(ctx: Context, ref: DictRef, args: Args, kwargs: Kwargs, node: Any) -> Value:
    cell: DictCell = ctx.state.get(ref)
    counts = list(cell.items.values())
    if cell.exact and all(isinstance(n, int) and n <= MAX_ITEMS for n in counts):
        items = [key for key, count in cell.items.items() for _ in range(count)]
        if len(items) <= MAX_ITEMS:
            return iterator_over(ctx, items)
    return iterator_of_unknown_length(ctx, Unresolved("a key is not known"))


def _update_counts(sign: int) -> Callable[..., Value]:
    def call(ctx: Context, ref: DictRef, args: Args, kwargs: Kwargs, node: Any) -> Value:
        count_into(ctx, ref, args, kwargs, sign)
        return None

    return call


def _total(ctx: Context, ref: DictRef, args: Args, kwargs: Kwargs, node: Any) -> Value:
    cell: DictCell = ctx.state.get(ref)
    if cell.exact and all(isinstance(count, int) for count in cell.items.values()):
        return sum(cell.items.values())
    return Unresolved("a sum is not known", int)


def _move_to_end(ctx: Context, ref: DictRef, args: Args, kwargs: Kwargs, node: Any) -> Value:
    cell: DictCell = ctx.state.get(ref)
    last = argument(args, kwargs, 1, "last", True)
    key = args[0] if args else None
    if cell.exact and is_key(key) and key in cell.items and isinstance(last, bool):
        rest = {other: value for other, value in cell.items.items() if other != key}
        moved = {key: cell.items[key]}
        ctx.state.put(ref, DictCell({**rest, **moved} if last else {**moved, **rest}))
    elif not cell.is_open:
        ctx.state.put(ref, DictCell(cell.items, cell.rest, exact=False))
    return None


COUNTER: Mapping[str, Callable[..., Value]] = {
    "most_common": _most_common, "elements": _elements, "update": _update_counts(1),
    "subtract": _update_counts(-1), "total": _total,
}  # fmt: skip
ORDERED: Mapping[str, Callable[..., Value]] = {"move_to_end": _move_to_end}


def _deque(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    """Return a deque as a list; one of limited length drops items, so its items are not known."""
    limit = argument(args, kwargs, 1, "maxlen")
    given = list_of(ctx, argument(args, kwargs, 0, "iterable", ()))
    made: ListRef = ctx.create(lambda: ListRef("deque"))
    ctx.state.put(made, ctx.state.get(given))
    if limit is not None:
        cell: ListCell = ctx.state.get(made)
        element = joined(ctx, cell.items) if cell.exact and cell.items else cell.element
        if cell.exact and not cell.items:
            element = Unresolved("an item of a deque of limited length")
        ctx.state.escape(element, "it is in a deque of limited length")
        ctx.state.put(made, ListCell.opened("a deque of limited length"))
    return made


def named_tuple_class(
    ctx: Context, name: str, fields: Sequence[str], defaults: Sequence[Value], node: Any
) -> ClassRef:
    """Return a class whose objects are tuples with names."""
    cls: ClassRef = ctx.create(
        lambda: ClassRef(name, (), ctx.place(node), tuple(fields), frozenset({"namedtuple"}))
    )
    ctx.state.new_names(cls)
    if defaults:
        for field, default in zip(fields[-len(defaults) :], defaults, strict=False):
            ctx.state.set_name(cls, field, default)
    return cls


def _namedtuple(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    name, names = argument(args, kwargs, 0, "typename"), argument(args, kwargs, 1, "field_names")
    listed: Any = names.replace(",", " ").split() if isinstance(names, str) else None
    if listed is None:
        listed = all_items(ctx, names)
    defaults = kwargs.get("defaults", ())
    given = all_items(ctx, defaults) if defaults is not None else []
    plain = listed is not None and all(isinstance(n, str) and n.isidentifier() for n in listed)
    if not plain or given is None or not isinstance(name, str) or "rename" in kwargs:
        return ctx.call_unseen([*args, *kwargs.values()], "a named tuple is not known")
    return named_tuple_class(ctx, name, listed, given, node)


FUNCTIONS: Mapping[str, Implementation] = {
    "collections.defaultdict": _defaultdict,
    "collections.Counter": _counter,
    "collections.OrderedDict": _of_dict("OrderedDict"),
    "collections.deque": _deque,
    "collections.namedtuple": _namedtuple,
    "collections.ChainMap": kept("a chain of dicts"),
    "collections.UserDict": kept("a dict of a library"),
    "collections.UserList": kept("a list of a library"),
}
