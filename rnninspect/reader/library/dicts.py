"""Methods of dicts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rnninspect.reader.cells import DictCell, IteratorCell
from rnninspect.reader.conditions import holds_objects, is_key
from rnninspect.reader.context import Context
from rnninspect.reader.iteration import all_items
from rnninspect.reader.join import Joiner
from rnninspect.reader.library.calling import Args, Kwargs
from rnninspect.reader.subscripts import known_value, open_keys, remove_key, set_item
from rnninspect.reader.values import DictRef, IteratorRef, Unresolved, Value

NOT_KNOWN = "an item is not known"


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


DICT: Mapping[str, Callable[..., Value]] = {
    "get": _get, "setdefault": _setdefault, "pop": _dict_pop, "popitem": _popitem,
    "update": update, "clear": _dict_clear, "copy": _dict_copy, "keys": _view("keys"),
    "values": _view("values"), "items": _view("items"), "fromkeys": _dict_fromkeys,
    "iteritems": _view("items"), "itervalues": _view("values"), "iterkeys": _view("keys"),
}  # fmt: skip
