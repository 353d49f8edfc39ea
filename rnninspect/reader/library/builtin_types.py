"""Builtin functions that ask about types and attributes."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Mapping
from typing import Any

from rnninspect.reader.attributes import NOT_FOUND, find_in_class
from rnninspect.reader.cells import DictCell, ListCell, Names, SetCell
from rnninspect.reader.choices import maybe
from rnninspect.reader.context import Context
from rnninspect.reader.library.calling import Args, Kwargs, joined
from rnninspect.reader.store import State, parts_of
from rnninspect.reader.values import (
    Array,
    BoundMethod,
    ClassRef,
    Descriptor,
    DictRef,
    EnumMember,
    External,
    Function,
    InstanceRef,
    LayerRef,
    LibraryObject,
    ListRef,
    NativeMethod,
    Partial,
    SetRef,
    Super,
    Tensor,
    Unresolved,
    Value,
    is_constant,
)

_KINDS: Mapping[str, type] = {
    name: getattr(builtins, name) for name in "int float str bool bytes complex tuple range".split()
}


def has_method(ctx: Context, value: InstanceRef, name: str) -> bool:
    """Whether the class of an object defines a method in the program."""
    return any(name in ctx.state.names(cls).values for cls in value.cls.ancestors())


def _getattr(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if len(args) < 2 or not isinstance(args[1], str):
        return ctx.call_unseen(args, "an attribute is not known")
    if len(args) == 2:
        return ctx.attribute(args[0], args[1], node)
    has = _hasattr(ctx, args[:2], {}, node)
    if has is False:
        return args[2]
    value = ctx.attribute(args[0], args[1], node)
    if has is True:
        return value
    if isinstance(value, Unresolved | External | NativeMethod | LibraryObject):
        ctx.state.escape(args[2], "it may be what an attribute is")
        return Unresolved("an attribute is not known")
    return joined(ctx, [value, args[2]])


def _hasattr(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    value, name = (args[0], args[1]) if len(args) == 2 else (None, None)
    if isinstance(value, str | bytes | int | float) and isinstance(name, str):
        return hasattr(value, name)
    if isinstance(value, InstanceRef) and isinstance(name, str):
        names = ctx.state.names(value)
        is_certain = not (names.is_open or names.has_more or name in names.doubtful)
        found = find_in_class(ctx, value.cls, name)
        if isinstance(found, Descriptor | InstanceRef):
            # It is asked for, and may say that it is not there.
            maybe(ctx, lambda: ctx.attribute(value, name, node))
            return Unresolved("a condition is not known", bool)
        if found is not NOT_FOUND or (is_certain and name in names.values):
            return Unresolved(NOT_CERTAIN, bool) if _is_doubtful(ctx, value, name) else True
        if is_certain and not (
            value.cls.library_bases or value.cls.has_unknown_base
            or has_method(ctx, value, "__getattr__") or name.startswith("__")
        ):  # fmt: skip
            return False
    return Unresolved("a condition is not known", bool)


NOT_CERTAIN = "whether there is an attribute is not known"


def _is_doubtful(ctx: Context, value: InstanceRef, name: str) -> bool:
    """Whether all that an object or its classes have under a name may be unbound."""
    held = [names for names in map(ctx.state.names, (value, *value.cls.ancestors()))
            if name in names.values]  # fmt: skip
    return all(name in names.doubtful for names in held)


def _setattr(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if len(args) == 3 and isinstance(args[1], str):
        ctx.set_attribute(args[0], args[1], args[2])
    else:
        ctx.call_unseen(args, "an attribute of an unknown name is set")
    return None


def _delattr(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if len(args) == 2 and isinstance(args[0], InstanceRef) and isinstance(args[1], str):
        ctx.state.delete_name(args[0], args[1])
        return None
    return ctx.call_unseen(args, "an attribute is deleted")


def kind_name(value: Value) -> str | None:
    """Return the name of the builtin type that a value has."""
    if isinstance(value, EnumMember):
        return None
    if isinstance(value, ListRef):
        return value.kind
    if isinstance(value, DictRef):
        return value.kind
    if isinstance(value, SetRef):
        return "set"
    if isinstance(value, Unresolved):
        return value.kind.__name__ if value.kind is not None else None
    if is_constant(value) or isinstance(value, frozenset):
        return type(value).__name__
    return None


_PARENTS: Mapping[str, tuple[str, ...]] = {
    "bool": ("bool", "int", "object"),
    "defaultdict": ("defaultdict", "dict", "object"),
    "OrderedDict": ("OrderedDict", "dict", "object"),
    "Counter": ("Counter", "dict", "object"),
}


def _isinstance(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if len(args) != 2:
        return Unresolved("a condition is not known", bool)
    value, wanted = args
    answers = [
        _is_tensor_a(kind) if isinstance(value, Tensor | Array) else _is_a(ctx, value, kind)
        for kind in _flat_kinds(wanted)
    ]
    if True in answers:
        return True
    return Unresolved("a condition is not known", bool) if None in answers else False


def _flat_kinds(wanted: Value) -> list[Value]:
    """Return the types of a tuple, which may be nested."""
    if type(wanted) is tuple:
        return [kind for part in wanted for kind in _flat_kinds(part)]
    return [wanted]


def _is_tensor_a(kind: Value) -> bool | None:
    is_plain = isinstance(kind, External) and kind.path in _PLAIN
    return False if is_plain or isinstance(kind, ClassRef) else None


_PLAIN = frozenset(
    f"builtins.{name}" for name in "list tuple dict set frozenset str bytes int float bool".split()
)


def _is_a(ctx: Context, value: Value, kind: Value) -> bool | None:
    if isinstance(kind, External):
        wanted = kind.path.removeprefix("builtins.").removeprefix("collections.")
        if isinstance(value, InstanceRef):
            if wanted == "object" or (wanted == "tuple" and "namedtuple" in value.cls.traits):
                return True
            if kind.path in value.cls.library_bases:
                return True
            plain = not value.cls.library_bases and not value.cls.has_unknown_base
            return False if (plain and wanted in _KINDS) or (plain and wanted in (
                "list", "dict", "set", "frozenset")) else None  # fmt: skip
        if isinstance(value, LayerRef):
            return ctx.is_layer_of(value, kind.path)
        name = kind_name(value)
        if name is None or not kind.path.startswith(("builtins.", "collections.")):
            if isinstance(value, Function | BoundMethod | ClassRef) and wanted in (
                *_KINDS, "list", "dict", "set"
            ):  # fmt: skip
                return False
            return None
        if kind.path.startswith("collections.abc"):
            return None
        return wanted in _PARENTS.get(name, (name, "object"))
    if isinstance(kind, ClassRef):
        if isinstance(value, InstanceRef):
            if kind in value.cls.ancestors():
                return True
            return None if value.cls.has_unknown_base else False
        if isinstance(value, EnumMember):
            return kind in value.cls.ancestors()
        if is_constant(value) or isinstance(value, ListRef | DictRef | SetRef):
            return False
    return None


def _issubclass(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if len(args) == 2 and isinstance(args[0], ClassRef) and isinstance(args[1], ClassRef):
        if args[1] in args[0].ancestors():
            return True
        if not args[0].has_unknown_base:
            return False
    return Unresolved("a condition is not known", bool)


def _callable(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    value = args[0] if args else None
    if isinstance(value, Function | ClassRef | BoundMethod | NativeMethod | Partial | LayerRef):
        return True
    if is_constant(value) or isinstance(value, ListRef | DictRef | SetRef):
        return False
    return Unresolved("a condition is not known", bool)


def _type(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if len(args) == 1:
        if isinstance(args[0], InstanceRef | EnumMember):
            return args[0].cls
        name = kind_name(args[0])
        if name is not None:
            root = (
                "collections"
                if name == "deque" or (name in _PARENTS and name != "bool")
                else "builtins"
            )
            return External(f"{root}.{name}")
        return Unresolved("a type is not known")
    return ctx.call_unseen([*args, *kwargs.values()], "a class made by `type`")


def _vars(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if args and isinstance(args[0], InstanceRef):
        names = ctx.state.names(args[0])
        if not names.is_open and not names.has_more and not names.doubtful:
            made = ctx.new_dict(dict(names.values))
            if _is_held(ctx.state, args[0]):
                # It is the object's own dict: what is written there changes the object.
                ctx.call_unseen([args[0], made], "the attributes of an object are handed out")
            return made
    return ctx.call_unseen(args, "the attributes of an object")


def _is_held(state: State, wanted: InstanceRef) -> bool:
    """Whether anything in the program refers to an object."""
    for _ref, cell in list(state.cells.items()):
        if isinstance(cell, Names | DictCell):
            values: Any = (*cell.values.values(),) if isinstance(cell, Names) else (
                *cell.items, *cell.items.values(), cell.rest
            )  # fmt: skip
        elif isinstance(cell, ListCell | SetCell):
            values = (*cell.items, cell.element)
        else:
            values = tuple(getattr(cell, name) for name in cell.__slots__)
        if _refers(values, wanted):
            return True
    return False


def _refers(value: Value, wanted: InstanceRef, depth: int = 8) -> bool:
    if value is wanted or depth == 0:
        return True
    return any(_refers(part, wanted, depth - 1) for part in parts_of(value))


def _super(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if len(args) == 2 and isinstance(args[0], ClassRef):
        return Super(args[0], args[1])
    return Unresolved("what `super` gives")


def _descriptor(kind: str) -> Callable[..., Value]:
    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        if kind == "property":
            getter = args[0] if args else kwargs.get("fget")
            setter = args[1] if len(args) > 1 else kwargs.get("fset")
            return Descriptor("property", getter, setter)
        return Descriptor(kind, args[0] if args else None)

    return call


FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    "getattr": _getattr, "hasattr": _hasattr, "setattr": _setattr, "delattr": _delattr,
    "isinstance": _isinstance, "issubclass": _issubclass, "callable": _callable, "type": _type,
    "vars": _vars, "super": _super, "property": _descriptor("property"),
    "staticmethod": _descriptor("staticmethod"), "classmethod": _descriptor("classmethod"),
}  # fmt: skip
