"""Classes of the program: defined and instantiated."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import Any

from rnninspect.reader.attributes import NOT_FOUND, find_in_class, is_filling
from rnninspect.reader.context import Context
from rnninspect.reader.control import Flow
from rnninspect.reader.functions import decorated
from rnninspect.reader.iteration import enum_members
from rnninspect.reader.store import State
from rnninspect.reader.values import (
    BoundMethod,
    ClassRef,
    Descriptor,
    EnumMember,
    External,
    FieldDefault,
    Function,
    InstanceRef,
    NativeMethod,
    ScopeRef,
    Unresolved,
    Value,
    is_constant,
)

_ENUMS = frozenset("enum.Enum enum.IntEnum enum.StrEnum enum.Flag enum.IntFlag".split())
_IGNORED = frozenset("typing.Generic typing.Protocol builtins.object abc.ABC".split())
"""Library bases that bring nothing to an object."""


def define_class(ctx: Context, node: ast.ClassDef, state: State) -> Flow:
    """Follow the body of a class in a scope of its own, then bind the class."""
    flow = Flow()
    for start, bases in ctx.outcomes(state, lambda: _bases(ctx, node)):
        made = ClassRef(node.name, bases, ctx.place(node))
        body = ScopeRef(ctx.frame.scope, is_class=True)
        cls, scope = ctx.define_once(node, (made, body), bases)
        start.new_names(cls)
        start.new_names(scope)
        outer = ctx.frame
        ctx.frame = outer._replace(scope=scope, owner=cls)
        try:
            ends = ctx.block(node.body, [start]).next
        finally:
            ctx.frame = outer
        for end in ends:
            flow.next += [
                after
                for after, _ in ctx.outcomes(end, lambda: _finish(ctx, node, cls, scope))  # noqa: B023
            ]
    return flow


def _bases(ctx: Context, node: ast.ClassDef) -> tuple[Value, ...]:
    bases = [ctx.evaluate(base) for base in node.bases if not isinstance(base, ast.Starred)]
    for keyword in node.keywords:
        value = ctx.evaluate(keyword.value)
        is_plain = isinstance(value, External) and value.path in ("abc.ABCMeta",)
        if keyword.arg == "metaclass" and not is_plain:
            bases.append(Unresolved("a metaclass"))
    if any(isinstance(base, ast.Starred) for base in node.bases):
        bases.append(Unresolved("bases that are not known"))
    return tuple(
        base for base in bases if not (isinstance(base, External) and base.path in _IGNORED)
    )


def _finish(ctx: Context, node: ast.ClassDef, cls: ClassRef, scope: ScopeRef) -> None:
    """Give a class its names, and bind what its decorators make of it."""
    names = dict(ctx.state.names(scope).values)
    fields = tuple(
        statement.target.id
        for statement in node.body
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
        and not ast.unparse(statement.annotation).startswith(("ClassVar", "typing.ClassVar"))
    )  # fmt: skip
    traits = set().union(*(base.traits for base in cls.bases if isinstance(base, ClassRef)))
    paths = {base.path for base in cls.bases if isinstance(base, External)}
    if paths & _ENUMS:
        traits.add("enum")
    if "typing.NamedTuple" in paths:
        traits.add("namedtuple")
        cls.fields = fields
    for decorator in node.decorator_list:
        target = decorator.func if isinstance(decorator, ast.Call) else decorator
        if ast.unparse(target).rpartition(".")[2] == "dataclass":
            traits.add("dataclass")
            inherited = [name for base in reversed(cls.ancestors()[1:]) for name in base.fields]
            cls.fields = tuple(dict.fromkeys([*inherited, *fields]))
            if not isinstance(decorator, ast.Call) or all(
                keyword.arg != "init" for keyword in decorator.keywords
            ):
                names.setdefault("__init__", NativeMethod(cls, FILLING))
            # Python takes the defaults now: another value of the class later is none.
            names.update({default_name(n): names[n] for n in fields if n in names})
    cls.traits = frozenset(traits)
    if "enum" in traits:
        names = _with_members(cls, names)
    for name, value in names.items():
        ctx.state.set_name(cls, name, value)
    ctx.state.own(cls).doubtful |= ctx.state.names(scope).doubtful
    for name, value in names.items():
        if isinstance(value, InstanceRef):
            named = find_in_class(ctx, value.cls, "__set_name__")
            if named is not NOT_FOUND:
                ctx.call(BoundMethod(named, value), [cls, name], {}, node)
    for base in cls.bases:
        if not isinstance(base, ClassRef | External):
            ctx.call_unseen([base, cls], "a class is derived from what is not known")
        elif (
            isinstance(base, ClassRef)
            and find_in_class(ctx, base, "__init_subclass__") is not NOT_FOUND
        ):
            ctx.call_unseen([cls], "a class changes those derived from it")
    value = decorated(ctx, cls, node.decorator_list)
    ctx.state.set_name(ctx.binding_scope(node.name), node.name, value)


def _with_members(cls: ClassRef, names: dict[str, Value]) -> dict[str, Value]:
    """Return the names of an enumeration; a value that was there before is the same member."""
    made: dict[str, Value] = {}
    members: list[EnumMember] = []
    for name, value in names.items():
        if name.startswith("_") or isinstance(value, Function | Descriptor | ClassRef):
            made[name] = value
            continue
        known = is_constant(value)
        member = next((m for m in members if known and m.value == value), None)
        if member is None:
            member = EnumMember(cls, name, value)
            members.append(member)
        made[name] = member
    return made


def default_name(field: str) -> str:
    """Return under which name a class keeps the default of a field; no program can write it."""
    return f"<default {field}>"


FILLING = "<init>"
"""The name of the initializer that a dataclass has; no program can write it."""


def instantiate(
    ctx: Context, cls: ClassRef, args: Sequence[Value], kwargs: Mapping[str, Value], node: Any
) -> Value:
    """Return a new object of a class of the program."""
    if "enum" in cls.traits:
        return _member(ctx, cls, args)
    if find_in_class(ctx, cls, "__new__") is not NOT_FOUND or any(
        isinstance(base, Unresolved) for part in cls.ancestors() for base in part.bases
    ):
        ctx.call_unseen([cls, *args, *kwargs.values()], "how its objects are made is not known")
        return Unresolved(f"an object of `{cls.name}`")
    made: InstanceRef = ctx.create(lambda: InstanceRef(cls))
    ctx.state.new_names(made)
    initializer = find_in_class(ctx, cls, "__init__")
    if initializer is not NOT_FOUND:
        if isinstance(initializer, Function) or is_filling(initializer):
            ctx.call(BoundMethod(initializer, made), args, kwargs, node)
        else:
            ctx.call_unseen([made, *args, *kwargs.values()], "how its objects are made")
        return made
    if cls.traits & {"dataclass", "namedtuple"}:
        fill(ctx, made, cls, args, kwargs, node)
    elif cls.library_bases:
        ctx.initialize(made, args, kwargs, node)
    return made


def _member(ctx: Context, cls: ClassRef, args: Sequence[Value]) -> Value:
    for member in enum_members(ctx, cls):
        if isinstance(member, EnumMember) and args and member.value == args[0]:
            return member
    return Unresolved("a member of an enumeration")


def fill(
    ctx: Context,
    made: InstanceRef,
    cls: ClassRef,
    args: Sequence[Value],
    kwargs: Mapping[str, Value],
    node: Any,
) -> None:
    """Set the fields of a dataclass or named tuple."""
    fields = next((part.fields for part in cls.ancestors() if part.fields), ())
    values: dict[str, Value] = {}
    for name in fields:
        default = find_in_class(ctx, cls, default_name(name))
        if default is NOT_FOUND:
            default = find_in_class(ctx, cls, name)
        if isinstance(default, FieldDefault):
            factory, default = default.factory, default.default
            if factory is not None and name not in kwargs:
                default = ctx.call(factory, [], {}, node)
        if default is NOT_FOUND:
            default = Unresolved(f"`{name}` is not given")
        values[name] = default
    values.update(zip(fields, args, strict=False))
    values.update(kwargs)
    is_frozen = "namedtuple" in cls.traits
    for name, value in values.items():
        if is_frozen:
            ctx.state.set_name(made, name, value)
        else:
            ctx.set_attribute(made, name, value)
    started = find_in_class(ctx, made.cls, "__post_init__")
    if isinstance(started, Function):
        ctx.call(BoundMethod(started, made), [], {}, node)
