"""Subscripts: items of containers are read, set and deleted."""

from __future__ import annotations

from typing import Any

from rnninspect.ir.shape import Shape
from rnninspect.reader.cells import DictCell, ListCell
from rnninspect.reader.conditions import holds_objects, is_key
from rnninspect.reader.context import Context
from rnninspect.reader.iteration import all_items, element_of, enum_members, fields_of
from rnninspect.reader.join import Joiner
from rnninspect.reader.sizes import size_of
from rnninspect.reader.values import (
    Array,
    ClassRef,
    DictRef,
    EnumMember,
    External,
    FrameRef,
    InstanceRef,
    ListRef,
    NativeMethod,
    Tensor,
    Unresolved,
    Value,
)

NO_ITEM = "an item is not known"


def item_of(ctx: Context, value: Value, key: Value, node: Any) -> Value:
    """Return ``value[key]``."""
    if isinstance(value, Tensor | Array | FrameRef):
        return ctx.item_of_data(value, key, node)
    if isinstance(value, Unresolved):
        if isinstance(key, str | int) and (value.kind is not None or not value.is_summary):
            return value.child((key, ctx.state.epoch))
        return Unresolved(value.reason)
    if isinstance(value, ListRef):
        return _of_list(ctx, value, key)
    if isinstance(value, DictRef):
        return _of_dict(ctx, value, key, node)
    if isinstance(value, Shape):
        return _of_shape(value, key)
    if isinstance(value, InstanceRef):
        fields = fields_of(ctx, value)
        if fields is not None:
            return item_of(ctx, fields, key, node)
        return ctx.call(ctx.attribute(value, "__getitem__", node), [key], {}, node)
    if isinstance(value, ClassRef):
        for member in enum_members(ctx, value):
            if isinstance(member, EnumMember) and member.name == key:
                return member
        return value  # a generic class
    if (isinstance(value, NativeMethod) and isinstance(value.receiver, Array | FrameRef)) or (
        isinstance(value, External) and value.path in ("numpy.r_", "numpy.c_", "numpy.s_")
    ):
        return ctx.item_of_data(value, key, node)
    if isinstance(value, External):
        return value if value.path.startswith(("typing.", "builtins.", "collections.abc")) else (
            Unresolved(NO_ITEM)
        )  # fmt: skip
    if isinstance(value, EnumMember) or not isinstance(value, tuple | str | bytes | range):
        return Unresolved(NO_ITEM)
    if isinstance(key, slice) and not _is_plain(key):
        return Unresolved(NO_ITEM, type(value))
    if isinstance(key, Unresolved) and isinstance(value, tuple):
        return element_of(ctx, value)
    if not isinstance(key, int | slice):
        return Unresolved(NO_ITEM, str if isinstance(value, str) else None)
    try:
        return value[key]
    except (LookupError, TypeError, ValueError):
        return Unresolved(NO_ITEM)


def _is_plain(key: slice) -> bool:
    return all(part is None or isinstance(part, int) for part in (key.start, key.stop, key.step))


def _of_list(ctx: Context, value: ListRef, key: Value) -> Value:
    cell: ListCell = ctx.state.get(value)
    if isinstance(key, slice):
        if cell.exact and _is_plain(key) and key.step != 0:
            return ctx.new_list_of(ListCell(cell.items[key]))
        element = element_of(ctx, value)
        if cell.exact and not cell.items:
            return ctx.new_list_of(ListCell())
        return ctx.new_list_of(ListCell.of_unknown_length(element))
    if cell.exact and isinstance(key, int):
        if -len(cell.items) <= key < len(cell.items):
            return cell.items[key]
        return Unresolved("there is no such item")
    return element_of(ctx, value)


def _of_dict(ctx: Context, value: DictRef, key: Value, node: Any) -> Value:
    cell: DictCell = ctx.state.get(value)
    if is_key(key):
        if key in cell.items:
            return cell.items[key]
        if cell.exact and not holds_objects(cell.items):
            return _default(ctx, value, key, node)
    return known_value(ctx, value, cell)


def _default(ctx: Context, value: DictRef, key: Value, node: Any) -> Value:
    if value.kind == "Counter":
        return 0
    if value.kind != "defaultdict" or value.default_factory is None:
        return Unresolved("there is no such key")
    made = ctx.call(value.default_factory, [], {}, node)
    set_item(ctx, value, key, made, node)
    return made


def known_value(ctx: Context, value: DictRef, cell: DictCell) -> Value:
    """Return what is known of any value of a dict."""
    if cell.is_open or value.kind == "defaultdict":
        factory = getattr(value, "default_factory", None)
        if factory is not None and not cell.is_open:
            # Reading may add a key.
            open_keys(ctx, value, Unresolved(NO_ITEM))
        return Unresolved(NO_ITEM)
    joiner = Joiner(NO_ITEM)
    values = [*cell.items.values(), *([] if cell.exact else [cell.rest])]
    if value.kind == "Counter":
        values.append(0)  # of a key that it does not have
    if not values:
        return Unresolved(NO_ITEM)
    joined = joiner.all(values)
    if joiner.lost:
        ctx.state.escape(tuple(joiner.lost), joiner.reason)
    return joined


def open_keys(ctx: Context, ref: DictRef, added: Value) -> None:
    """Let a dict have further keys; any of its values may be ``added``."""
    cell: DictCell = ctx.state.get(ref)
    if cell.is_open:
        ctx.state.escape(added, "it is in a container that code elsewhere can change")
        return
    joiner = Joiner("a key is not known")
    items = {key: joiner.values(value, added) for key, value in cell.items.items()}
    rest = added if cell.exact or cell.rest is None else joiner.values(cell.rest, added)
    ctx.state.put(ref, DictCell(items, rest, exact=False))
    if joiner.lost:
        ctx.state.escape(tuple(joiner.lost), joiner.reason)


def _of_shape(value: Shape, key: Value) -> Value:
    if isinstance(key, slice):
        if value.dims is None or not _is_plain(key):
            return Unresolved("a shape is not known")
        return tuple(size_of(dim) for dim in value.dims[key])
    if not isinstance(key, int) or value.dims is None:
        return Unresolved("a size is not known", int if isinstance(key, int) else None)
    try:
        return size_of(value[key])
    except IndexError:
        return Unresolved("a size is not known")


def set_item(ctx: Context, value: Value, key: Value, item: Value, node: Any) -> None:
    """Set ``value[key]``."""
    if isinstance(value, ListRef):
        _set_in_list(ctx, value, key, item)
    elif isinstance(value, DictRef):
        _set_in_dict(ctx, value, key, item)
    elif isinstance(value, InstanceRef):
        ctx.call(ctx.attribute(value, "__setitem__", node), [key, item], {}, node)
    elif isinstance(value, FrameRef):
        ctx.set_column(value, key, item)
    elif isinstance(value, Array):
        ctx.state.note_array_write()
    else:
        ctx.call_unseen([value, key, item], "it is put into an object that is not known")
        ctx.state.epoch += 1


def _set_in_list(ctx: Context, ref: ListRef, key: Value, item: Value) -> None:
    cell: ListCell = ctx.state.get(ref)
    if cell.is_open:
        ctx.call_unseen([key, item], "it is in a container that code elsewhere can change")
        return
    if isinstance(key, slice):
        added = all_items(ctx, item)
        if added is not None and cell.exact and _is_plain(key):
            items = list(cell.items)
            try:
                items[key] = added
            except ValueError:
                return
            ctx.state.put(ref, ListCell(tuple(items)))
            return
        _weaken(ctx, ref, cell, element_of(ctx, item) if added is None else tuple(added), None)
        return
    if cell.exact and isinstance(key, int):
        if -len(cell.items) <= key < len(cell.items):
            at = key % len(cell.items)
            ctx.state.put(ref, ListCell((*cell.items[:at], item, *cell.items[at + 1 :])))
        return
    if cell.exact:
        joiner = Joiner("an index is not known")
        items = [joiner.values(old, item) for old in cell.items]
        ctx.state.put(ref, ListCell(tuple(items)))
        if joiner.lost:
            ctx.state.escape(tuple(joiner.lost), joiner.reason)
        return
    _weaken(ctx, ref, cell, (item,), cell.at_least)


def _weaken(ctx: Context, ref: ListRef, cell: ListCell, added: Value, at_least: int | None) -> None:
    """Leave of a list what holds of its old elements and of new ones."""
    joiner = Joiner("a list of unknown length")
    old = cell.items if cell.exact else (cell.element,)
    new = added if isinstance(added, tuple) else (added,)
    element = joiner.all([*old, *new])
    ctx.state.put(ref, ListCell.of_unknown_length(element, at_least or 0))
    if joiner.lost:
        ctx.state.escape(tuple(joiner.lost), joiner.reason)


def _set_in_dict(ctx: Context, ref: DictRef, key: Value, item: Value) -> None:
    cell: DictCell = ctx.state.get(ref)
    if cell.is_open:
        ctx.call_unseen([key, item], "it is in a container that code elsewhere can change")
        return
    if is_key(key) and not holds_objects(cell.items):
        if cell.exact or key in cell.items:
            ctx.state.put(ref, DictCell({**cell.items, key: item}, cell.rest, cell.exact))
            return
        # The key may be there already, further to the front.
        ctx.state.put(ref, DictCell({**cell.items, key: item}, cell.rest, exact=False))
        return
    if isinstance(key, InstanceRef):
        ctx.call_unseen([key], "an object is a key")
    open_keys(ctx, ref, item)


def delete_item(ctx: Context, value: Value, key: Value, node: Any) -> None:
    """Delete ``value[key]``."""
    if isinstance(value, ListRef):
        cell: ListCell = ctx.state.get(value)
        if cell.is_open:
            return
        if cell.exact and (isinstance(key, int) or (isinstance(key, slice) and _is_plain(key))):
            items = list(cell.items)
            try:
                del items[key]
            except (LookupError, ValueError):
                return
            ctx.state.put(value, ListCell(tuple(items)))
            return
        element = element_of(ctx, value)
        least = len(cell.items) if cell.exact else cell.at_least
        known = isinstance(key, slice)
        ctx.state.put(value, ListCell.of_unknown_length(element, 0 if known else max(0, least - 1)))
    elif isinstance(value, DictRef):
        remove_key(ctx, value, key)
    elif isinstance(value, InstanceRef):
        ctx.call(ctx.attribute(value, "__delitem__", node), [key], {}, node)
    elif isinstance(value, FrameRef):
        ctx.set_column(value, Unresolved("a column is deleted"), None)
    else:
        ctx.call_unseen([value, key], "an item of an unknown object is deleted")
        ctx.state.epoch += 1


def remove_key(ctx: Context, ref: DictRef, key: Value) -> None:
    """Take a key out of a dict."""
    cell: DictCell = ctx.state.get(ref)
    if cell.is_open:
        return
    if is_key(key) and not holds_objects(cell.items):
        items = {k: v for k, v in cell.items.items() if k != key}
        ctx.state.put(ref, DictCell(items, cell.rest, cell.exact))
        return
    joiner = Joiner("which key was removed is not known")
    values = [*cell.items.values(), *([] if cell.exact else [cell.rest])]
    rest = joiner.all(values)
    ctx.state.put(ref, DictCell({}, rest, exact=False))
    if joiner.lost:
        ctx.state.escape(tuple(joiner.lost), joiner.reason)
