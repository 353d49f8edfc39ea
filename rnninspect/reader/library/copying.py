"""``copy``: copies of what the store holds, with shared and circular references kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from rnninspect.reader.cells import DictCell, FrameCell, ListCell
from rnninspect.reader.context import Context
from rnninspect.reader.library.calling import (
    Args,
    Implementation,
    Kwargs,
    argument,
    unknown,
    unread,
)
from rnninspect.reader.values import (
    BoundMethod,
    ClassRef,
    Dataset,
    DictRef,
    FrameRef,
    InstanceRef,
    ListRef,
    Partial,
    Ref,
    SetRef,
    Unresolved,
    Value,
)

MAX_CELLS = 2000
_METHODS = frozenset(
    """__copy__ __deepcopy__ __reduce__ __reduce_ex__ __getstate__
    __setstate__ __getnewargs__""".split()
)


class _NotCopied(Exception):
    """A copy of something in it is not known."""


def copied(ctx: Context, value: Value, memo: dict[Ref, Ref], *, deep: bool) -> Value:
    """Return a copy; if any part cannot be copied, all of it is not known."""
    try:
        return _copy(ctx, value, memo, deep, 0)
    except _NotCopied:
        if deep:
            return unread(ctx, [value], {}, "a copy is not followed")
        ctx.call_unseen([value], "a copy is not followed")
        return Unresolved("a copy is not followed")


def _copy(ctx: Context, value: Value, memo: dict[Ref, Ref], deep: bool, depth: int) -> Value:
    if type(value) is tuple:
        if not deep:
            return value
        return tuple(_copy(ctx, part, memo, True, depth) for part in value)
    if isinstance(value, Unresolved):
        return _unknown(value)
    if not isinstance(value, Ref):
        return _lost(deep, value) if isinstance(value, Partial | BoundMethod | Dataset) else value
    if value in memo:
        return memo[value]
    ctx.spend()
    if len(memo) > MAX_CELLS or depth > 50:
        raise _NotCopied

    def part(inner: Value) -> Value:
        return _copy(ctx, inner, memo, True, depth + 1) if deep else inner

    if isinstance(value, ListRef | DictRef | SetRef):
        return _of_container(ctx, value, memo, part)
    if isinstance(value, InstanceRef):
        return _of_object(ctx, value, memo, part)
    if isinstance(value, FrameRef):
        frame: FrameRef = ctx.create(FrameRef)
        cell: FrameCell = ctx.state.get(value)
        ctx.state.put(frame, FrameCell(cell.shape, cell.columns))
        memo[value] = frame
        return frame
    if isinstance(value, ClassRef):
        return value
    raise _NotCopied


def _unknown(value: Unresolved) -> Value:
    """Return the copy of an unknown value: the same if it cannot be changed, else another."""
    if value.kind in (int, float, str, bool, bytes, complex):
        return value
    return Unresolved("a copy of what is not known", value.kind)


def _lost(deep: bool, value: Value) -> Value:
    if deep:
        raise _NotCopied
    return value


def _of_container(
    ctx: Context, value: Value, memo: dict[Ref, Ref], part: Callable[[Value], Value]
) -> Value:
    cell: Any = ctx.state.get(value)
    if cell.is_open:
        raise _NotCopied
    if isinstance(value, ListRef):
        listed: ListRef = ctx.create(lambda: ListRef(value.kind))
        memo[value] = listed
        ctx.state.put(listed, ListCell())
        element = cell.element if cell.exact else part(cell.element)
        items = tuple(map(part, cell.items))
        ctx.state.put(listed, replace(cell, items=items, element=element))
        listed.is_several = value.is_several
        return listed
    if isinstance(value, DictRef):
        made: DictRef = ctx.create(lambda: DictRef(value.kind, value.default_factory))
        memo[value] = made
        ctx.state.put(made, DictCell())
        values = {key: part(item) for key, item in cell.items.items()}
        rest = cell.rest if cell.exact else part(cell.rest)
        ctx.state.put(made, replace(cell, items=values, rest=rest))
        made.is_several = value.is_several
        return made
    a_set: SetRef = ctx.create(SetRef)
    memo[value] = a_set
    ctx.state.put(a_set, cell)
    a_set.is_several = value.is_several
    return a_set


def _of_object(
    ctx: Context, value: InstanceRef, memo: dict[Ref, Ref], part: Callable[[Value], Value]
) -> Value:
    names = ctx.state.names(value)
    cls = value.cls
    own = any(name in ctx.state.names(part_of).values
              for part_of in cls.ancestors() for name in _METHODS)  # fmt: skip
    if own or cls.library_bases or cls.has_unknown_base or names.is_open or names.has_more:
        raise _NotCopied
    made: InstanceRef = ctx.create(lambda: InstanceRef(cls))
    memo[value] = made
    ctx.state.new_names(made)
    for name, item in list(names.values.items()):
        ctx.state.set_name(made, name, part(item))
    ctx.state.own(made).doubtful |= names.doubtful
    return made


def _copy_function(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return copied(ctx, argument(args, kwargs, 0, "x"), {}, deep=False)


def _deepcopy(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if len(args) > 1 or "memo" in kwargs:
        return unknown(ctx, args, kwargs, "a copy is not followed")
    return copied(ctx, argument(args, kwargs, 0, "x"), {}, deep=True)


FUNCTIONS: Mapping[str, Implementation] = {"copy.copy": _copy_function, "copy.deepcopy": _deepcopy}
