"""``functools``, ``operator``, ``contextlib``, ``abc`` and ``typing``."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from rnninspect.reader.context import Context
from rnninspect.reader.iteration import all_items
from rnninspect.reader.library import builtin_types
from rnninspect.reader.library.calling import (
    Args,
    Implementation,
    Kwargs,
    argument,
    kept,
    transparent,
    unknown,
)
from rnninspect.reader.library.collection_types import named_tuple_class
from rnninspect.reader.values import (
    BoundMethod,
    Descriptor,
    External,
    Function,
    LibraryObject,
    Partial,
    Unresolved,
    Value,
)


def _partial(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if not args:
        return Unresolved("a function is not known")
    return Partial(args[0], tuple(args[1:]), dict(kwargs))


def _reduce(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    items = all_items(ctx, args[1]) if len(args) > 1 else None
    if items is None:
        return unknown(ctx, args, kwargs, "what `reduce` gives is not known")
    total, rest = (args[2], items) if len(args) > 2 else (items[0] if items else None, items[1:])
    if not items and len(args) < 3:
        return Unresolved("`reduce` of nothing")
    for item in rest:
        total = ctx.call(args[0], [total, item], {}, node)
    return total


def _cached(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    """Return a function that returns the same object again: what it does is not followed."""
    if args and isinstance(args[0], Function | BoundMethod | Partial):
        return ctx.call_unseen(args, "a function that remembers its results is not followed")
    return External("functools.<cached>")


def _wraps(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return External("builtins.<same>")


def _cached_property(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return Descriptor("cached_property", args[0] if args else None)


_OPERATORS: Mapping[str, type[ast.operator]] = {
    "add": ast.Add, "sub": ast.Sub, "mul": ast.Mult, "truediv": ast.Div,
    "floordiv": ast.FloorDiv, "mod": ast.Mod, "pow": ast.Pow, "and_": ast.BitAnd,
    "or_": ast.BitOr, "xor": ast.BitXor, "lshift": ast.LShift, "rshift": ast.RShift,
    "matmul": ast.MatMult, "concat": ast.Add,
}  # fmt: skip
_COMPARISONS: Mapping[str, type[ast.cmpop]] = {
    "eq": ast.Eq, "ne": ast.NotEq, "lt": ast.Lt, "le": ast.LtE, "gt": ast.Gt, "ge": ast.GtE,
    "is_": ast.Is, "is_not": ast.IsNot,
}  # fmt: skip


def _binary(kind: type[ast.operator]) -> Implementation:
    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        if len(args) != 2:
            return Unresolved("an operator fails on these values")
        return ctx.binary(kind(), args[0], args[1], node)

    return call


def _comparison(kind: type[ast.cmpop]) -> Implementation:
    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        if len(args) != 2:
            return Unresolved("an operator fails on these values")
        return ctx.compare(kind(), args[0], args[1], node)

    return call


def _contains(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if len(args) != 2:
        return Unresolved("an operator fails on these values")
    return ctx.compare(ast.In(), args[1], args[0], node)


def _getitem(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return ctx.item(args[0], args[1], node) if len(args) == 2 else Unresolved("an item")


def _setitem(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if len(args) == 3:
        ctx.set_item(args[0], args[1], args[2], node)
    return None


def _not(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    truth = ctx.truth(args[0], node)
    return Unresolved("a condition is not known", bool) if truth is None else not truth


def _truth(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    truth = ctx.truth(args[0], node)
    return Unresolved("a condition is not known", bool) if truth is None else truth


def _getter(path: str) -> Implementation:
    """Return ``itemgetter``, ``attrgetter`` or ``methodcaller``: what it makes is a partial."""

    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        return Partial(External(path), (tuple(args),), dict(kwargs))

    return call


def _get_items(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if len(args) != 2:
        return Unresolved("an item is not known")
    items = tuple(ctx.item(args[1], key, node) for key in args[0])
    return items[0] if len(items) == 1 else items


def _get_attributes(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if len(args) != 2:
        return Unresolved("an attribute is not known")
    values = []
    for names in args[0]:
        value = args[1]
        if not isinstance(names, str):
            return ctx.call_unseen([args[1]], "an attribute of an unknown name")
        for name in names.split("."):
            value = ctx.attribute(value, name, node)
        values.append(value)
    return values[0] if len(values) == 1 else tuple(values)


def _call_method(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if len(args) != 2 or not args[0] or not isinstance(args[0][0], str):
        return unknown(ctx, args, kwargs, "a method of an unknown name")
    return ctx.call(ctx.attribute(args[1], args[0][0], node), list(args[0][1:]), kwargs, node)


def _manager(name: str) -> Implementation:
    """Return a context manager that does nothing we follow; what it may call escapes."""

    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        if name == "nullcontext" and args:
            ctx.state.escape(args[0], "it is in a context manager")
        else:
            ctx.call_back([*args, *kwargs.values()], "it is in a context manager")
        return LibraryObject(f"contextlib.{name}()")

    return call


def _cast(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return argument(args, kwargs, 1, "val")


def _type_variable(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return External("typing.Any")


def _new_type(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return External("builtins.<same>")


def _named_tuple(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    """Return the class of ``NamedTuple("Point", [("x", int), ("y", int)])``."""
    pairs = all_items(ctx, args[1]) if len(args) > 1 else None
    names = [pair[0] for pair in pairs or () if isinstance(pair, tuple) and pair]
    if pairs is None or len(names) != len(pairs) or not isinstance(args[0], str):
        return ctx.call_unseen(args, "a named tuple is not known")
    return named_tuple_class(ctx, args[0], names, (), node)


FUNCTIONS: Mapping[str, Implementation] = {
    "functools.partial": _partial,
    "functools.partialmethod": kept("a method with some arguments"),
    "functools.reduce": _reduce,
    "functools.lru_cache": _cached,
    "functools.cache": _cached,
    "functools.<cached>": kept("a function that remembers its results is not followed"),
    "functools.wraps": _wraps,
    "functools.update_wrapper": transparent,
    "functools.total_ordering": transparent,
    "functools.singledispatch": kept("a function that is chosen by a type"),
    "functools.cmp_to_key": kept("a key of a comparison"),
    "functools.cached_property": _cached_property,
    **{f"operator.{name}": _binary(kind) for name, kind in _OPERATORS.items()},
    **{f"operator.i{name.rstrip('_')}": kept("an operator that works in place")
       for name in _OPERATORS},
    **{f"operator.{name}": _comparison(kind) for name, kind in _COMPARISONS.items()},
    "operator.contains": _contains,
    "operator.getitem": _getitem,
    "operator.setitem": _setitem,
    "operator.not_": _not,
    "operator.truth": _truth,
    "operator.itemgetter": _getter("operator.<items>"),
    "operator.<items>": _get_items,
    "operator.attrgetter": _getter("operator.<attributes>"),
    "operator.<attributes>": _get_attributes,
    "operator.methodcaller": _getter("operator.<method>"),
    "operator.<method>": _call_method,
    "contextlib.suppress": _manager("suppress"),
    "contextlib.nullcontext": _manager("nullcontext"),
    "contextlib.redirect_stdout": _manager("redirect_stdout"),
    "contextlib.redirect_stderr": _manager("redirect_stderr"),
    "contextlib.closing": kept("a context manager"),
    "contextlib.contextmanager": kept("a context manager made of a generator"),
    "contextlib.ExitStack": kept("a stack of context managers"),
    "abc.abstractmethod": transparent,
    "abc.abstractproperty": builtin_types.FUNCTIONS["property"],
    "typing.cast": _cast,
    "typing.overload": transparent,
    "typing.final": transparent,
    "typing.override": transparent,
    "typing.no_type_check": transparent,
    "typing.runtime_checkable": transparent,
    "typing.TypeVar": _type_variable,
    "typing.NewType": _new_type,
    "typing.NamedTuple": _named_tuple,
}  # fmt: skip
