"""Objects that hold named values: ``dataclasses``, ``enum``, ``types``, named tuples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rnninspect.reader.context import Context
from rnninspect.reader.iteration import fields_of
from rnninspect.reader.library.calling import (
    Args,
    Implementation,
    Kwargs,
    kept,
    transparent,
    unknown,
    unread,
)
from rnninspect.reader.library.copying import copied
from rnninspect.reader.values import (
    ClassRef,
    DictRef,
    External,
    FieldDefault,
    InstanceRef,
    ListRef,
    Unresolved,
    Value,
)


def _dataclass(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return args[0] if args else External("builtins.<same>")


def _field(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return FieldDefault(
        kwargs.get("default", Unresolved("a field without default")), kwargs.get("default_factory")
    )


def field_names(value: InstanceRef | ClassRef) -> tuple[str, ...] | None:
    """Return the names of a dataclass's fields."""
    cls = value if isinstance(value, ClassRef) else value.cls
    if not cls.traits & {"dataclass", "namedtuple"}:
        return None
    return next((part.fields for part in cls.ancestors() if part.fields), ())


def _asdict(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    value = args[0] if args else None
    if not isinstance(value, InstanceRef) or kwargs:
        return unknown(ctx, args, kwargs, "the fields of an object")
    return _as_plain(ctx, value, 8, dict)


def _astuple(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    value = args[0] if args else None
    if not isinstance(value, InstanceRef) or kwargs:
        return unknown(ctx, args, kwargs, "the fields of an object")
    return _as_plain(ctx, value, 8, tuple)


def _as_plain(ctx: Context, value: Value, depth: int, kind: type) -> Value:
    """Return a copy in which dataclasses are dicts or tuples, as ``asdict`` makes it."""
    names = field_names(value) if isinstance(value, InstanceRef) else None
    if isinstance(value, InstanceRef) and names is not None and depth:
        parts = [_as_plain(ctx, ctx.attribute(value, name, None), depth - 1, kind)
                 for name in names]  # fmt: skip
        if kind is tuple:
            return tuple(parts)
        return ctx.new_dict(dict(zip(names, parts, strict=True)))
    if type(value) is tuple and depth:
        return tuple(_as_plain(ctx, part, depth - 1, kind) for part in value)
    cell = ctx.state.get(value) if isinstance(value, ListRef | DictRef) else None
    if cell is not None and cell.exact and depth and value.kind == "list":
        return ctx.new_list([_as_plain(ctx, item, depth - 1, kind) for item in cell.items])
    if cell is not None and cell.exact and depth and value.kind == "dict":
        return ctx.new_dict(
            {key: _as_plain(ctx, item, depth - 1, kind) for key, item in cell.items.items()}
        )
    if cell is not None:
        return unread(ctx, [value], {}, "a copy of what is not known")
    return copied(ctx, value, {}, deep=True)


def _replace(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    value = args[0] if args else None
    names = field_names(value) if isinstance(value, InstanceRef) else None
    if not isinstance(value, InstanceRef) or names is None:
        return unknown(ctx, args, kwargs, "an object with other fields")
    given = {name: kwargs.get(name) if name in kwargs else ctx.attribute(value, name, node)
             for name in names}  # fmt: skip
    return ctx.call(value.cls, [], {**given, **kwargs}, node)


def _fields(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    value = args[0] if args else None
    names = field_names(value) if isinstance(value, InstanceRef | ClassRef) else None
    if names is None:
        return Unresolved("the fields of a class", tuple)
    return tuple(
        new_namespace(ctx, "Field", {"name": name, "type": Unresolved("a type")}, node)
        for name in names
    )


def _is_dataclass(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    value = args[0] if args else None
    if isinstance(value, InstanceRef | ClassRef):
        cls = value if isinstance(value, ClassRef) else value.cls
        if "dataclass" in cls.traits:
            return True
        if not cls.library_bases and not cls.has_unknown_base:
            return False
    return Unresolved("a condition is not known", bool)


def _auto(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return Unresolved("a number that the enumeration chooses")


def new_namespace(ctx: Context, name: str, values: Mapping[str, Value], node: Any) -> InstanceRef:
    """Return an object of a plain class with these attributes."""
    traits = frozenset({"namespace"})
    cls: ClassRef = ctx.create(lambda: ClassRef(name, (), ctx.place(node), traits=traits))
    made: InstanceRef = ctx.create(lambda: InstanceRef(cls))
    if cls not in ctx.state.cells:
        ctx.state.new_names(cls)
    ctx.state.new_names(made)
    for key, value in values.items():
        ctx.state.set_name(made, key, value)
    return made


def namespace(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    """Return an object of keywords (``SimpleNamespace``)."""
    values = dict(kwargs)
    for source in args[:1]:
        cell = ctx.state.get(source) if isinstance(source, DictRef) else None
        if cell is None or not cell.exact or not all(isinstance(key, str) for key in cell.items):
            return unknown(ctx, args, kwargs, "the attributes of an object")
        values = {**cell.items, **values}
    return new_namespace(ctx, "SimpleNamespace", values, node)


def named_tuple_method(
    ctx: Context, value: InstanceRef, name: str, args: Args, kwargs: Kwargs, node: Any
) -> Value:
    """Return what a method of a named tuple gives."""
    fields = fields_of(ctx, value) or ()
    names = field_names(value) or ()
    if name == "_asdict":
        return ctx.new_dict(dict(zip(names, fields, strict=True)))
    if name == "_replace" and not args:
        values = {**dict(zip(names, fields, strict=True)), **kwargs}
        return ctx.call(value.cls, [], values, node)
    if name in ("index", "count", "__len__", "__iter__", "__getitem__", "__contains__"):
        return ctx.call(ctx.attribute(fields, name, node), args, kwargs, node)
    return unknown(ctx, [value, *args], kwargs, f"`{name}` is not followed")


FUNCTIONS: Mapping[str, Implementation] = {
    "dataclasses.dataclass": _dataclass,
    "dataclasses.field": _field,
    "dataclasses.asdict": _asdict,
    "dataclasses.astuple": _astuple,
    "dataclasses.replace": _replace,
    "dataclasses.fields": _fields,
    "dataclasses.is_dataclass": _is_dataclass,
    "dataclasses.make_dataclass": kept("a class made of names"),
    "enum.auto": _auto,
    "enum.unique": transparent,
    "types.SimpleNamespace": namespace,
}
