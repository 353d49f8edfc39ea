"""Names: where a name is bound, and what it means if it is bound nowhere."""

from __future__ import annotations

import builtins

from rnninspect.layers import registry
from rnninspect.reader.choices import joined_value
from rnninspect.reader.context import Context
from rnninspect.reader.naming import canonical
from rnninspect.reader.store import Opening
from rnninspect.reader.values import External, ScopeRef, Unresolved, Value
from rnninspect.sources.dialects import CLASSES

BUILTINS = frozenset(name for name in dir(builtins) if not name.startswith("_"))
_CONSTANTS = {"__debug__": True, "NotImplemented": NotImplemented, "Ellipsis": Ellipsis}

KNOWN_TO_STARS = frozenset(
    [
        *" ".join([*registry.FAMILIES.values(), *registry.OTHER_FAMILIES.values()]).split(),
        *registry.ALIASES,
        *CLASSES,
        *registry.FOREIGN,
        *"Input Sequential Model add average concatenate dot maximum minimum multiply".split(),
        *"subtract merge layers models backend ops utils".split(),
    ]
)
"""The names that a star import of Keras can bring."""


def name_value(ctx: Context, name: str) -> Value:
    """Return the value of a name in the present scope."""
    scope: ScopeRef | None = ctx.frame.scope
    start = scope
    while scope is not None:
        if scope.is_class and scope is not start:
            scope = scope.outer
            continue
        if scope.used is not None and name in scope.used.declared:
            scope = scope.module
        names = ctx.state.names(scope)
        if name in names.values:
            if name in names.doubtful and (scope.is_class or scope.outer is None):
                return _doubtful(ctx, scope, name, names.values[name])
            return names.values[name]
        if scope.outer is None:
            return _unbound(ctx, scope, name)
        scope = scope.outer
    return Unresolved(f"`{name}` is not defined here")


def _doubtful(ctx: Context, scope: ScopeRef, name: str, value: Value) -> Value:
    """Return the value of a name that may be unbound here: it is then looked up further out."""
    outer = ctx.frame
    module = scope.module
    if scope is module:
        other = _unbound(ctx, module, name) if name in BUILTINS else value
    else:
        ctx.frame = outer._replace(scope=scope.outer or module)
        try:
            other = name_value(ctx, name)
        finally:
            ctx.frame = outer
    return joined_value(ctx, value, other)


def _unbound(ctx: Context, module: ScopeRef, name: str) -> Value:
    """Return what a name means that the module does not bind."""
    names = ctx.state.names(module)
    if names.stars:
        if name == "K":  # Keras 1 and 2 import their backend by this name
            return External("keras.backend")
        if name in KNOWN_TO_STARS:
            return External(canonical(f"{names.stars[0]}.{name}"))
    if name in BUILTINS:
        return _CONSTANTS.get(name, External(f"builtins.{name}"))
    if names.has_more:
        return Unresolved(names.has_more)
    return Unresolved(f"`{name}` is not defined here")


def module_attribute(ctx: Context, module: ScopeRef, name: str) -> Value:
    """Return a name of an imported module."""
    names = ctx.state.names(module)
    if name in names.values:
        return names.values[name]
    if names.stars and name in KNOWN_TO_STARS:
        return External(canonical(f"{names.stars[0]}.{name}"))
    return Unresolved(names.has_more or f"`{name}` is not defined there")


def open_scope(ctx: Context, reason: str, *, writes: bool) -> None:
    """Let code that is not followed read, or also bind, all names of the present scope."""
    scope: ScopeRef | None = ctx.frame.scope
    while scope is not None:
        names = ctx.state.own(scope)
        for name, value in list(names.values.items()):
            ctx.state.escape(value, reason)
            if writes:
                ctx.state.set_name(scope, name, Unresolved(reason, is_summary=True))
        bound = frozenset(ctx.state.names(scope).values)
        opened, more = (bound, reason) if writes else (frozenset[str](), "")
        ctx.state.open_part(scope, Opening("", opened, bound, more))
        scope = scope.outer
