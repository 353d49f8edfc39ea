"""Patterns of ``match``: whether they fit a value, and the names that they bind then."""

from __future__ import annotations

import ast

from rnninspect.reader.cells import DictCell
from rnninspect.reader.context import Context
from rnninspect.reader.sizes import listed
from rnninspect.reader.values import (
    ClassRef,
    DictRef,
    EnumMember,
    InstanceRef,
    ListRef,
    Ref,
    SetRef,
    Unresolved,
    Value,
    is_constant,
)

Bound = dict[str, Value]
_KINDS = {"int": int, "str": str, "float": float, "bool": bool, "tuple": tuple}


def match(ctx: Context, pattern: ast.pattern, subject: Value) -> tuple[bool | None, Bound]:
    """Return whether a pattern fits, None if that is not known, and the names it binds."""
    names: Bound = {}
    return _matches(ctx, pattern, subject, names), names


def _matches(ctx: Context, pattern: ast.pattern, subject: Value, names: Bound) -> bool | None:
    if isinstance(pattern, ast.MatchValue):
        value = ctx.compare(ast.Eq(), subject, ctx.evaluate(pattern.value), pattern)
        return ctx.truth(value)
    if isinstance(pattern, ast.MatchSingleton):
        if isinstance(subject, Ref):
            return False
        return ctx.truth(ctx.compare(ast.Is(), subject, pattern.value, pattern))
    if isinstance(pattern, ast.MatchOr):
        return _or(ctx, pattern, subject, names)
    if isinstance(pattern, ast.MatchAs):
        met = True if pattern.pattern is None else _matches(ctx, pattern.pattern, subject, names)
        if pattern.name:
            names[pattern.name] = subject
        return met
    if isinstance(pattern, ast.MatchSequence):
        return _sequence(ctx, pattern, subject, names)
    if isinstance(pattern, ast.MatchMapping):
        return _mapping(ctx, pattern, subject, names)
    if isinstance(pattern, ast.MatchClass):
        return _class(ctx, pattern, subject, names)
    return _unknown(ctx, pattern, subject, names)


def _or(ctx: Context, pattern: ast.MatchOr, subject: Value, names: Bound) -> bool | None:
    is_certain = True
    for part in pattern.patterns:
        bound: Bound = {}
        met = _matches(ctx, part, subject, bound)
        if met is True and is_certain:
            names.update(bound)
            return True
        is_certain = is_certain and met is False
    if is_certain:
        return False
    return _unknown(ctx, pattern, subject, names)


def _sequence(
    ctx: Context, pattern: ast.MatchSequence, subject: Value, names: Bound
) -> bool | None:
    if isinstance(subject, DictRef | str | bytes | int | float | None):
        return False
    items = listed(ctx, subject) if isinstance(subject, tuple | ListRef) else None
    if items is None:
        return _unknown(ctx, pattern, subject, names)
    parts = pattern.patterns
    starred = [number for number, part in enumerate(parts) if isinstance(part, ast.MatchStar)]
    if len(items) != len(parts) if not starred else len(items) < len(parts) - 1:
        return False
    if starred:
        first, after = starred[0], len(parts) - starred[0] - 1
        star = parts[first]
        if isinstance(star, ast.MatchStar) and star.name:
            names[star.name] = ctx.new_list(items[first : len(items) - after])
        items = (*items[:first], *items[len(items) - after :])
        parts = [*parts[:first], *parts[first + 1 :]]
    return _all(ctx, list(zip(parts, items, strict=True)), names)


def _all(ctx: Context, pairs: list[tuple[ast.pattern, Value]], names: Bound) -> bool | None:
    outcome: bool | None = True
    for part, item in pairs:
        met = _matches(ctx, part, item, names)
        if met is False:
            return False
        outcome = outcome if met else None
    return outcome


def _mapping(ctx: Context, pattern: ast.MatchMapping, subject: Value, names: Bound) -> bool | None:
    if not isinstance(subject, DictRef):
        if isinstance(subject, ListRef) or is_constant(subject):
            return False
        return _unknown(ctx, pattern, subject, names)
    cell: DictCell = ctx.state.get(subject)
    keys = [ctx.evaluate(key) for key in pattern.keys]
    if not cell.exact or not all(map(is_constant, (*keys, *cell.items))):
        return _unknown(ctx, pattern, subject, names)
    if any(key not in cell.items for key in keys):
        return False
    if pattern.rest:
        rest = {key: value for key, value in cell.items.items() if key not in keys}
        names[pattern.rest] = ctx.new_dict(rest)
    pairs = [(part, cell.items[key]) for key, part in zip(keys, pattern.patterns, strict=True)]
    return _all(ctx, pairs, names)


def _class(ctx: Context, pattern: ast.MatchClass, subject: Value, names: Bound) -> bool | None:
    cls = ctx.evaluate(pattern.cls)
    if isinstance(cls, ClassRef):
        if is_constant(subject) and not isinstance(subject, EnumMember):
            return False
        if isinstance(subject, InstanceRef) and not subject.cls.has_unknown_base:
            if cls not in subject.cls.ancestors():
                return False
            if not pattern.patterns:
                return _attributes(ctx, pattern, subject, names)
        return _unknown(ctx, pattern, subject, names)
    kind = _KINDS.get(getattr(cls, "path", "").removeprefix("builtins."))
    if kind is not None and isinstance(subject, ListRef | DictRef | SetRef):
        return False
    if kind is None or pattern.kwd_patterns or not is_constant(subject):
        return _unknown(ctx, pattern, subject, names)
    if not isinstance(subject, kind):
        return False
    return _matches(ctx, pattern.patterns[0], subject, names) if pattern.patterns else True


def _attributes(
    ctx: Context, pattern: ast.MatchClass, subject: InstanceRef, names: Bound
) -> bool | None:
    outcome: bool | None = True
    for name, part in zip(pattern.kwd_attrs, pattern.kwd_patterns, strict=True):
        value = ctx.attribute(subject, name, pattern)
        met = _matches(ctx, part, value, names)
        if isinstance(value, Unresolved):
            met = None
        if met is False:
            return False
        outcome = outcome if met else None
    return outcome


def _unknown(ctx: Context, pattern: ast.pattern, subject: Value, names: Bound) -> bool | None:
    """Bind every name in a pattern to something unknown; whether it matches is not known."""
    ctx.call_unseen([subject], "a part of it is matched")
    for part in ast.walk(pattern):
        name = getattr(part, "name", None) or getattr(part, "rest", None)
        if isinstance(part, ast.MatchAs | ast.MatchStar | ast.MatchMapping) and name:
            names[name] = Unresolved("a part of what is matched")
    return None
