"""Methods of lists, dicts, sets, tuples and texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rnninspect.reader.cells import DictCell, IteratorCell, ListCell, SetCell
from rnninspect.reader.conditions import equality, holds_objects, is_key
from rnninspect.reader.context import Context
from rnninspect.reader.formatting import brace_formatted
from rnninspect.reader.iteration import all_items, element_of
from rnninspect.reader.join import Joiner, length_of
from rnninspect.reader.subscripts import known_value, open_keys, remove_key, set_item
from rnninspect.reader.values import (
    DictRef,
    EnumMember,
    InstanceRef,
    IteratorRef,
    ListRef,
    SetRef,
    Unresolved,
    Value,
    is_constant,
)

MAX_ITEMS = 10_000
Args = Sequence[Value]
Kwargs = Mapping[str, Value]
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
        _exhaust(ctx, args[0])
    elif cell.exact and len(cell.items) + len(items) < MAX_ITEMS:
        ctx.state.put(ref, ListCell((*cell.items, *items)))
    else:
        weaken(ctx, ref, items, length_of(cell) + len(items))
    return None


def _exhaust(ctx: Context, value: Value) -> None:
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
    at = _position(ctx, cell, args[0]) if args and cell.exact else None
    if at is None:
        weaken(ctx, ref, (), length_of(cell) - 1)
    elif at >= 0:
        ctx.state.put(ref, ListCell((*cell.items[:at], *cell.items[at + 1 :])))
    return None


def _position(ctx: Context, cell: ListCell, item: Value) -> int | None:
    """Return where an item is in an exact list: -1 for nowhere, None if that is not known."""
    for number, other in enumerate(cell.items):
        if isinstance(other, InstanceRef) or isinstance(item, InstanceRef):
            if other is item:
                return number
            return None
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
    items = sorted_items(ctx, cell.items, kwargs)
    if items is None:
        weaken(ctx, ref, (), len(cell.items))
        for item in cell.items:
            if isinstance(item, InstanceRef):
                ctx.call_unseen([item], "objects are sorted")
    else:
        ctx.state.put(ref, ListCell(tuple(items)))
    return None


def _index(ctx: Context, ref: Value, args: Args, kwargs: Kwargs, node: Any) -> Value:
    cell = ctx.state.get(ref) if isinstance(ref, ListRef) else ListCell(tuple(ref))
    if len(args) == 1 and cell.exact:
        at = _position(ctx, cell, args[0])
        if at is not None and at >= 0:
            return at
    return Unresolved("a position is not known", int)


def _count(ctx: Context, ref: Value, args: Args, kwargs: Kwargs, node: Any) -> Value:
    cell = ctx.state.get(ref) if isinstance(ref, ListRef) else ListCell(tuple(ref))
    if len(args) == 1 and cell.exact:
        equal = [
            None if isinstance(item, InstanceRef) else equality(ctx, item, args[0])
            for item in cell.items
        ]
        if None not in equal:
            return equal.count(True)
    return Unresolved("a count is not known", int)


def _get(ctx: Context, ref: DictRef, args: Args, kwargs: Kwargs, node: Any) -> Value:
    cell: DictCell = ctx.state.get(ref)
    default = args[1] if len(args) > 1 else None
    if not args:
        return Unresolved(NOT_KNOWN)
    if is_key(args[0]) and not holds_objects(cell.items):
        if args[0] in cell.items:
            return cell.items[args[0]]
        if cell.exact:
            return default
    if cell.is_open:
        ctx.state.escape(default, "it may be what an unknown key has")
        return Unresolved(NOT_KNOWN)
    joiner = Joiner(NOT_KNOWN)
    values = [*cell.items.values(), *([] if cell.exact else [cell.rest]), default]
    joined = joiner.all(values)
    if joiner.lost:
        ctx.state.escape(tuple(joiner.lost), joiner.reason)
    return joined


def _setdefault(ctx: Context, ref: DictRef, args: Args, kwargs: Kwargs, node: Any) -> Value:
    cell: DictCell = ctx.state.get(ref)
    default = args[1] if len(args) > 1 else None
    if args and is_key(args[0]) and not holds_objects(cell.items):
        if args[0] in cell.items:
            return cell.items[args[0]]
        if cell.exact:
            set_item(ctx, ref, args[0], default, node)
            return default
    if args:
        ctx.call_unseen([default], "it may be put into a dict")
        open_keys(ctx, ref, Unresolved(NOT_KNOWN))
    return Unresolved(NOT_KNOWN)


def _dict_pop(ctx: Context, ref: DictRef, args: Args, kwargs: Kwargs, node: Any) -> Value:
    cell: DictCell = ctx.state.get(ref)
    if not args:
        return Unresolved(NOT_KNOWN)
    if is_key(args[0]) and not holds_objects(cell.items):
        if args[0] in cell.items:
            taken = cell.items[args[0]]
            remove_key(ctx, ref, args[0])
            return taken
        if cell.exact:
            return args[1] if len(args) > 1 else Unresolved("there is no such key")
    taken = _get(ctx, ref, args, kwargs, node) if len(args) > 1 else known_value(ctx, ref, cell)
    remove_key(ctx, ref, args[0])
    return taken


def _popitem(ctx: Context, ref: DictRef, args: Args, kwargs: Kwargs, node: Any) -> Value:
    cell: DictCell = ctx.state.get(ref)
    last = args[0] if args else kwargs.get("last", True)
    if cell.exact and cell.items and isinstance(last, bool):
        key = list(cell.items)[-1 if last else 0]
        value = cell.items[key]
        remove_key(ctx, ref, key)
        return (key, value)
    value = known_value(ctx, ref, cell)
    remove_key(ctx, ref, Unresolved("a key is not known"))
    return (Unresolved("a key is not known"), value)


def update(ctx: Context, ref: DictRef, args: Args, kwargs: Kwargs, node: Any) -> Value:
    """``dict.update``."""
    for source in args[:1]:
        if isinstance(source, DictRef):
            cell: DictCell = ctx.state.get(source)
            for key, value in cell.items.items():
                set_item(ctx, ref, key, value, node)
            if not cell.exact:
                open_keys(ctx, ref, cell.rest)
            continue
        pairs = all_items(ctx, source)
        parts = None if pairs is None else [all_items(ctx, pair) for pair in pairs]
        if parts is None or any(part is None or len(part) != 2 for part in parts):
            ctx.call_unseen([source], "a dict is filled from it")
            open_keys(ctx, ref, Unresolved("a value of a dict is not known"))
            continue
        for part in parts:
            assert part is not None
            set_item(ctx, ref, part[0], part[1], node)
    for name, value in kwargs.items():
        set_item(ctx, ref, name, value, node)
    return None


def _dict_clear(ctx: Context, ref: DictRef, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if not ctx.state.get(ref).is_open:
        ctx.state.put(ref, DictCell())
    return None


def _dict_copy(ctx: Context, ref: DictRef, args: Args, kwargs: Kwargs, node: Any) -> Value:
    cell: DictCell = ctx.state.get(ref)
    made: DictRef = ctx.create(lambda: DictRef(ref.kind, ref.default_factory))
    if cell.is_open:
        cell = DictCell({}, Unresolved(NOT_KNOWN), exact=False)
    ctx.state.put(made, cell)
    return made


def _view(kind: str) -> Callable[..., Value]:
    def view(ctx: Context, ref: DictRef, args: Args, kwargs: Kwargs, node: Any) -> Value:
        """Return a view: it changes with its dict."""
        made: IteratorRef = ctx.create(IteratorRef)
        ctx.state.put(made, IteratorCell("view", (ref,), element=kind))
        return made

    return view


def _dict_fromkeys(ctx: Context, ref: DictRef, args: Args, kwargs: Kwargs, node: Any) -> Value:
    keys = all_items(ctx, args[0]) if args else []
    value = args[1] if len(args) > 1 else None
    made = ctx.new_dict({})
    if keys is None:
        open_keys(ctx, made, value)
    for key in keys or ():
        set_item(ctx, made, key, value, node)
    return made


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


LIST: Mapping[str, Callable[..., Value]] = {
    "append": _append, "extend": _extend, "insert": _insert, "pop": _list_pop,
    "remove": _remove, "clear": _clear, "copy": _list_copy, "reverse": _reverse, "sort": _sort,
    "index": _index, "count": _count,
}  # fmt: skip
DICT: Mapping[str, Callable[..., Value]] = {
    "get": _get, "setdefault": _setdefault, "pop": _dict_pop, "popitem": _popitem,
    "update": update, "clear": _dict_clear, "copy": _dict_copy, "keys": _view("keys"),
    "values": _view("values"), "items": _view("items"), "fromkeys": _dict_fromkeys,
    "iteritems": _view("items"), "itervalues": _view("values"), "iterkeys": _view("keys"),
}  # fmt: skip
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
TUPLE: Mapping[str, Callable[..., Value]] = {"index": _index, "count": _count}

_TEXT = frozenset(
    """lower upper strip lstrip rstrip split rsplit splitlines replace startswith endswith title
    capitalize casefold swapcase find rfind index rindex count isdigit isalpha isalnum isnumeric
    isdecimal islower isupper isspace istitle isidentifier partition rpartition removeprefix
    removesuffix zfill ljust rjust center encode decode expandtabs format_map translate
    maketrans""".split()
)
_GROWING = frozenset("zfill ljust rjust center expandtabs replace".split())


def text_method(
    ctx: Context, text: str | bytes, name: str, args: Args, kwargs: Kwargs, node: Any
) -> Value:
    """Return what a method of a text gives."""
    if name == "format" and isinstance(text, str):
        return brace_formatted(text, tuple(args), dict(kwargs))
    if name == "join" and args:
        items = all_items(ctx, args[0])
        if items is not None and all(type(item) is type(text) for item in items):
            if sum(map(len, items)) <= 10 * MAX_ITEMS:
                return text.join(items)
            return Unresolved("a text is too long to be worked out", type(text))
        _exhaust(ctx, args[0])
        return Unresolved("a text is not known", type(text))
    values = [*args, *kwargs.values()]
    if name not in _TEXT or not all(map(is_constant, values)):
        return Unresolved("a text is not known")
    if name in _GROWING and any(isinstance(value, int) and value > MAX_ITEMS for value in args):
        return Unresolved("a text is too long to be worked out", type(text))
    try:
        result = getattr(text, name)(*args, **kwargs)
    except (TypeError, ValueError, AttributeError, LookupError):
        return Unresolved("a text is not known")
    if isinstance(result, list):
        return ctx.new_list(result)
    if isinstance(result, dict):
        return Unresolved("a table of characters")
    if isinstance(result, str | bytes) and len(result) > 10 * MAX_ITEMS:
        return Unresolved("a text is too long to be worked out", type(text))
    return result


def container_method(
    ctx: Context, receiver: Value, name: str, args: Args, kwargs: Kwargs, node: Any
) -> Value:
    """Return what a method of a list, dict, set, tuple or text gives."""
    table: Mapping[str, Callable[..., Value]] = {}
    if isinstance(receiver, ListRef):
        table = LIST
    elif isinstance(receiver, DictRef):
        table = DICT
    elif isinstance(receiver, SetRef | frozenset):
        table = SET
    elif isinstance(receiver, str | bytes):
        return text_method(ctx, receiver, name, args, kwargs, node)
    elif isinstance(receiver, tuple) and not isinstance(receiver, EnumMember):
        table = TUPLE
    method = table.get(name)
    if method is not None:
        return method(ctx, receiver, args, kwargs, node)
    return ctx.call_unseen([receiver, *args, *kwargs.values()], f"`{name}` is not followed")
