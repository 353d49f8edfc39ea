"""Methods of lists, dicts, sets, tuples, texts and numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rnninspect.reader.context import Context
from rnninspect.reader.library.calling import Args, Kwargs
from rnninspect.reader.library.collection_types import COUNTER, ORDERED
from rnninspect.reader.library.dicts import DICT
from rnninspect.reader.library.lists import DEQUE, LIST, TUPLE
from rnninspect.reader.library.sets import SET
from rnninspect.reader.library.texts import text_method
from rnninspect.reader.values import DictRef, EnumMember, ListRef, SetRef, Unresolved, Value

_OF_FROZEN_SETS = frozenset(dir(frozenset))


def container_method(
    ctx: Context, receiver: Value, name: str, args: Args, kwargs: Kwargs, node: Any
) -> Value:
    """Return what a method of a list, dict, set, tuple or text gives."""
    table: Mapping[str, Callable[..., Value]] = {}
    if isinstance(receiver, ListRef):
        table = {**LIST, **DEQUE} if receiver.kind == "deque" else LIST
    elif isinstance(receiver, DictRef):
        more = {"Counter": COUNTER, "OrderedDict": ORDERED}.get(receiver.kind, {})
        table = {**DICT, **more}
    elif isinstance(receiver, SetRef | frozenset):
        table = SET
        if isinstance(receiver, frozenset) and name not in _OF_FROZEN_SETS:
            return Unresolved("a frozenset has no such method")
        if isinstance(receiver, frozenset) and name == "copy":
            return receiver
    elif isinstance(receiver, str | bytes):
        return text_method(ctx, receiver, name, args, kwargs, node)
    elif isinstance(receiver, tuple) and not isinstance(receiver, EnumMember):
        table = TUPLE
    method = table.get(name)
    if method is not None:
        return method(ctx, receiver, args, kwargs, node)
    return ctx.call_unseen([receiver, *args, *kwargs.values()], f"`{name}` is not followed")
