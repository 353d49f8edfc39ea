"""Builtin functions: conversions, sizes and the rest; the table of all of them."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Mapping
from typing import Any

from rnninspect.ir.shape import Shape
from rnninspect.reader.cells import DictCell, IteratorCell, ListCell, SetCell
from rnninspect.reader.context import Context, Ended
from rnninspect.reader.iteration import enum_members, fields_of
from rnninspect.reader.library import builtin_items, builtin_types
from rnninspect.reader.library.builtin_types import has_method
from rnninspect.reader.library.calling import (
    MAX_ITEMS,
    Args,
    Implementation,
    Kwargs,
    kept,
    transparent,
    unknown,
    unread,
)
from rnninspect.reader.sizes import size_of
from rnninspect.reader.values import (
    Array,
    ClassRef,
    DictRef,
    EnumMember,
    FrameRef,
    InstanceRef,
    IteratorRef,
    LibraryObject,
    ListRef,
    SetRef,
    Tensor,
    Unresolved,
    Value,
    is_constant,
)


def _pure(name: str, kind: type | None) -> Callable[..., Value]:
    function = getattr(builtins, name)

    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        values = [*args, *kwargs.values()]
        if all(map(is_constant, values)) and not _is_large(name, args):
            try:
                return function(*args, **kwargs)
            except Exception:  # noqa: BLE001  the program would raise here
                return Unresolved(f"`{name}` fails on this value")
        if len(args) == 1 and isinstance(args[0], InstanceRef):
            method = {"int": "__int__", "float": "__float__", "str": "__str__",
                      "repr": "__repr__", "abs": "__abs__", "hash": "__hash__",
                      "bool": "__bool__"}.get(name)  # fmt: skip
            if method is not None and has_method(ctx, args[0], method):
                return ctx.call(ctx.attribute(args[0], method, node), [], {}, node)
            if name == "str" and has_method(ctx, args[0], "__repr__"):
                return ctx.call(ctx.attribute(args[0], "__repr__", node), [], {}, node)
        if any(isinstance(value, InstanceRef) for value in args):
            return unknown(ctx, args, kwargs, f"what `{name}` gives is not known", kind)
        if name == "abs" and len(args) == 1 and isinstance(args[0], Unresolved):
            kind_of_number = args[0].kind if args[0].kind in (int, float) else None
            return Unresolved("a number is not known", kind_of_number)
        if name == "round" and len(args) == 1 and isinstance(args[0], Unresolved):
            return Unresolved("a number is not known", int if args[0].kind is float else None)
        return Unresolved(f"what `{name}` gives is not known", kind)

    return call


def _is_large(name: str, args: Args) -> bool:
    if name == "pow":
        return any(isinstance(n, int) and abs(n) > 10**6 for n in args)
    return any(
        (isinstance(n, str | bytes) and len(n) > 4000)
        or (isinstance(n, int) and n.bit_length() > 10_000)
        or (isinstance(n, range) and len(n) > MAX_ITEMS)
        for n in args
    )


def _len(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    value = args[0] if args else None
    if isinstance(value, IteratorRef):
        view: IteratorCell = ctx.state.get(value)
        if view.kind == "view":
            return _len(ctx, [view.source[0]], {}, node)
    if isinstance(value, ListRef):
        cell: ListCell = ctx.state.get(value)
        if cell.exact:
            return len(cell.items)
    elif isinstance(value, DictRef | SetRef):
        items: DictCell | SetCell = ctx.state.get(value)
        if items.exact:
            return len(items.items)
    elif isinstance(value, EnumMember):
        return Unresolved("how long it is", int)
    elif isinstance(value, tuple | str | bytes | range | frozenset):
        return len(value)
    elif isinstance(value, Array | Tensor | FrameRef):
        shape: Shape = ctx.state.get(value).shape if isinstance(value, FrameRef) else value.shape
        if shape.dims:
            size = size_of(shape.dims[0])
            return Unresolved("how long the data are", int) if size is None else size
    elif isinstance(value, Shape) and value.rank is not None:
        return value.rank
    elif isinstance(value, ClassRef) and "enum" in value.traits:
        return len(enum_members(ctx, value))
    elif isinstance(value, InstanceRef):
        fields = fields_of(ctx, value)
        if fields is not None:
            return len(fields)
        if has_method(ctx, value, "__len__"):
            return ctx.call(ctx.attribute(value, "__len__", node), [], {}, node)
        return unknown(ctx, args, kwargs, "how long it is", int)
    elif isinstance(value, Unresolved):
        return value.child(("len()", ctx.state.epoch), int)
    return Unresolved("how long it is", int)


def _print(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    for value in args:
        for method in ("__str__", "__repr__"):
            if isinstance(value, InstanceRef) and has_method(ctx, value, method):
                ctx.call(ctx.attribute(value, method, node), [], {}, node)
                break
    return None


def _slice(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return slice(*args) if 1 <= len(args) <= 3 else Unresolved("a slice")


def _dir(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return ctx.new_list_of(ListCell.of_unknown_length(Unresolved("a name", str)))


def _bool(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if not args:
        return False
    truth = ctx.truth(args[0], node)
    if truth is not None:
        return truth
    key = ("not", Unresolved("a condition is not known", bool, key=("not", args[0])))
    is_keyed = isinstance(args[0], Unresolved)
    return Unresolved("a condition is not known", bool, key=key if is_keyed else None)


def _exit(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    raise Ended


def _object(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return ctx.create(lambda: LibraryObject("builtins.object"))


def _input(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return Unresolved("what is typed is not known", str)


def _open(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return LibraryObject("builtins.open()")


def _id(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return Unresolved("an address", int)


FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    f"builtins.{name}": function
    for name, function in {
        **{name: _pure(name, kind) for name, kind in (
            ("int", int), ("float", float), ("str", str), ("abs", None),
            ("round", None), ("divmod", tuple), ("pow", None), ("bytes", bytes), ("chr", str),
            ("ord", int), ("hex", str), ("bin", str), ("oct", str), ("repr", str),
            ("complex", complex), ("ascii", str), ("format", str),
        )},
        **builtin_items.FUNCTIONS, **builtin_types.FUNCTIONS,
        "len": _len, "bool": _bool, "print": _print, "exit": _exit, "quit": _exit,
        "object": _object,
        "input": _input, "raw_input": _input, "open": _open, "id": _id, "hash": _id,
        "slice": _slice, "memoryview": kept("a view of memory"), "bytearray": kept("bytes"),
        "<same>": transparent, "dir": _dir, "unicode": _pure("str", str),
        "long": _pure("int", int),
    }.items()
}  # fmt: skip


def _of_class(kind: str, name: str) -> Implementation:
    """Return a method that is asked of its class: ``str.upper``, ``dict.fromkeys``."""

    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        if kind == "dict" and name == "fromkeys":
            return ctx.call(ctx.attribute(ctx.new_dict({}), name, node), args, kwargs, node)
        if (kind, name) in _PURE_METHODS:
            values = [*args, *kwargs.values()]
            if not all(map(is_constant, values)):
                return unread(ctx, args, kwargs, f"what `{kind}.{name}` gives is not known")
            try:
                return getattr(getattr(builtins, kind), name)(*args, **kwargs)
            except (TypeError, ValueError, OverflowError):
                return Unresolved(f"`{kind}.{name}` fails on these values")
        if not args:
            return Unresolved("a method of no object")
        return ctx.call(ctx.attribute(args[0], name, node), list(args[1:]), kwargs, node)

    return call


_PURE_METHODS = frozenset({("int", "from_bytes"), ("float", "fromhex"), ("bytes", "fromhex")})


def fallback(path: str) -> Implementation | None:
    """Return a method of a builtin class."""
    kind, _, name = path.removeprefix("builtins.").partition(".")
    is_method = kind in ("str", "list", "dict", "set", "int", "float", "bytes", "tuple", "object")
    if not is_method or not name or "." in name or not hasattr(getattr(builtins, kind), name):
        return None
    return None if name.startswith("__") else _of_class(kind, name)
