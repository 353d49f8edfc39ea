"""Conditions: what is compared, and how an unknown condition was decided on a path."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any

from rnninspect.ir.shape import Shape
from rnninspect.reader.cells import DictCell, IteratorCell, ListCell, SetCell
from rnninspect.reader.context import Context
from rnninspect.reader.join import same
from rnninspect.reader.store import State
from rnninspect.reader.values import (
    Array,
    ClassRef,
    Descriptor,
    DictRef,
    EnumMember,
    External,
    FrameRef,
    Function,
    GraphRef,
    InstanceRef,
    IteratorRef,
    LayerRef,
    LibraryObject,
    ListRef,
    ModuleValue,
    Partial,
    Ref,
    SequentialRef,
    SetRef,
    Tensor,
    Unresolved,
    Value,
    is_constant,
)

NOT_KNOWN = "a condition is not known"
_IMMUTABLE = (bool, int, float, str, bytes, tuple)
_COMPARE: Mapping[type, Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
METHODS: Mapping[type, tuple[str, str]] = {
    ast.Eq: ("__eq__", "__eq__"),
    ast.NotEq: ("__ne__", "__ne__"),
    ast.Lt: ("__lt__", "__gt__"),
    ast.LtE: ("__le__", "__ge__"),
    ast.Gt: ("__gt__", "__lt__"),
    ast.GtE: ("__ge__", "__le__"),
}
_BY_IDENTITY = (Function, ClassRef, ModuleValue, LayerRef, SequentialRef, GraphRef, Partial)
"""Equal only to themselves, and true."""


def truth_of(ctx: Context, value: Value, node: Any = None) -> bool | None:
    """Return whether a value is true; None where that is not known."""
    if isinstance(value, Unresolved):
        return None
    if isinstance(value, EnumMember):
        return True if value.cls.library_bases in ((), ("enum.Enum",)) else None
    if isinstance(value, tuple):
        return bool(len(value))
    if isinstance(value, ListRef):
        cell: ListCell = ctx.state.get(value)
        return bool(cell.items) if cell.exact else True if cell.at_least else None
    if isinstance(value, DictRef):
        items: DictCell = ctx.state.get(value)
        return bool(items.items) if items.exact else True if items.items else None
    if isinstance(value, SetRef):
        elements: SetCell = ctx.state.get(value)
        return bool(elements.items) if elements.exact else None
    if isinstance(value, (*_BY_IDENTITY, Descriptor)):
        return True
    if isinstance(value, InstanceRef):
        return _truth_of_object(ctx, value, node)
    if isinstance(value, External | LibraryObject | Array | Tensor | Ref | Shape):
        return None
    try:
        return bool(value)
    except (TypeError, ValueError, AttributeError):
        return None


def _truth_of_object(ctx: Context, value: InstanceRef, node: Any) -> bool | None:
    for name in ("__bool__", "__len__"):
        if any(name in ctx.state.names(cls).values for cls in value.cls.ancestors()):
            result = ctx.call(ctx.attribute(value, name, node), [], {}, node)
            return bool(result) if isinstance(result, int) else None
    if value.cls.has_unknown_base or value.cls.library_bases or value.cls.fields:
        return None
    return True


def key_of(state: State, value: Value) -> tuple[Any, ...] | None:
    """Return what an unknown condition asks; None if it cannot be recognized again."""
    if not isinstance(value, Unresolved) or value.is_summary:
        return None
    if value.key is not None:
        return value.key
    return ("truth", value, 0 if value.kind in _IMMUTABLE else state.epoch)


def decided(state: State, value: Value) -> bool | None:
    """Return how a condition was decided on the path to a state; None if it was not."""
    key = key_of(state, value)
    if key is None:
        return None
    if key[0] == "not":
        inner = decided(state, key[1])
        return None if inner is None else not inner
    if key[0] in ("and", "or"):
        outcomes = [decided(state, part) for part in key[1]]
        stops_at: bool = key[0] == "or"
        if stops_at in outcomes:
            return stops_at
        if None not in outcomes:
            return not stops_at
    if key in state.decided:
        return state.decided[key]
    if key[0] == "==":
        for other, outcome in state.decided.items():
            if (
                outcome
                and isinstance(other, tuple)
                and other[0] == "=="
                and other[1] is key[1]
                and other[3] == key[3]
                and not same(other[2], key[2])
                and other[2] != key[2]
            ):
                return False
    return None


def assume(state: State, value: Value, outcome: bool) -> None:
    """Remember how a condition was decided on the path to a state."""
    key = key_of(state, value)
    if key is None:
        return
    if key[0] == "not":
        assume(state, key[1], not outcome)
        return
    state.decided[key] = outcome
    if (key[0] == "and" and outcome) or (key[0] == "or" and not outcome):
        for part in key[1]:
            assume(state, part, outcome)


def compared(ctx: Context, op: ast.cmpop, left: Value, right: Value, node: Any) -> Value:
    """Return ``left op right``."""
    if isinstance(op, ast.Is | ast.IsNot):
        identical = _identical(left, right)
        if identical is None:
            return _unknown(ctx, op, left, right)
        return identical if isinstance(op, ast.Is) else not identical
    if isinstance(op, ast.In | ast.NotIn):
        inside = _contains(ctx, right, left, node)
        if inside is None:
            return Unresolved(NOT_KNOWN, bool)
        if isinstance(inside, Unresolved):
            return (
                inside
                if isinstance(op, ast.In)
                else Unresolved(NOT_KNOWN, bool, key=("not", inside))
            )
        return inside if isinstance(op, ast.In) else not inside
    if isinstance(left, Tensor) or isinstance(right, Tensor):
        return ctx.binary_operation(type(op).__name__, left, right, node)
    if isinstance(left, Array | FrameRef) or isinstance(right, Array | FrameRef):
        return ctx.binary_operation(type(op).__name__, left, right, node)
    method, reflected = METHODS[type(op)]
    for value, other, name in ((left, right, method), (right, left, reflected)):
        if isinstance(value, InstanceRef):
            result = _by_method(ctx, value, other, name, node)
            if result is not NotImplemented:
                return result
    equal = equality(ctx, left, right)
    if isinstance(op, ast.Eq | ast.NotEq):
        if equal is None:
            return _unknown(ctx, op, left, right)
        return equal if isinstance(op, ast.Eq) else not equal
    if is_constant(left) and is_constant(right):
        try:
            return bool(_COMPARE[type(op)](left, right))
        except TypeError:
            return Unresolved(NOT_KNOWN, bool)
    if type(left) is tuple and type(right) is tuple:
        return _lexicographic(ctx, op, left, right)
    if isinstance(left, SetRef | frozenset) and isinstance(right, SetRef | frozenset):
        first, second = _set_items(ctx, left), _set_items(ctx, right)
        if first is not None and second is not None:
            return bool(_COMPARE[type(op)](first, second))
    return _unknown(ctx, op, left, right)


def _lexicographic(
    ctx: Context, op: ast.cmpop, left: tuple[Value, ...], right: tuple[Value, ...]
) -> Value:
    """Compare two tuples by their first items that differ, if those are known."""
    for one, two in zip(left, right, strict=False):
        if is_constant(one) and is_constant(two):
            if one == two:
                continue
            try:
                return bool(_COMPARE[type(op)](one, two))
            except TypeError:
                return Unresolved(NOT_KNOWN, bool)
        if equality(ctx, one, two) is not True:
            return Unresolved(NOT_KNOWN, bool)
    return bool(_COMPARE[type(op)](len(left), len(right)))


def _by_method(ctx: Context, value: InstanceRef, other: Value, name: str, node: Any) -> Value:
    """Return what a comparison method of the program gives; NotImplemented without one."""
    wanted = ("__eq__", "__ne__") if name == "__ne__" else (name,)
    for method in reversed(wanted):
        if any(method in ctx.state.names(cls).values for cls in value.cls.ancestors()):
            result = ctx.call(ctx.attribute(value, method, node), [other], {}, node)
            if method != name:
                truth = ctx.truth(result, node)
                return Unresolved(NOT_KNOWN, bool) if truth is None else not truth
            return result
    if (
        value.cls.traits & {"dataclass", "namedtuple", "namespace"}
        or value.cls.has_unknown_base
        or any(
            not base.startswith("builtins.") or base != "builtins.object"
            for base in value.cls.library_bases
        )
    ):
        return Unresolved(NOT_KNOWN)
    return NotImplemented


def _identical(left: Value, right: Value) -> bool | None:
    if left is right:
        several = getattr(left, "is_several", False)
        return None if several or (isinstance(left, Unresolved) and left.is_summary) else True
    if isinstance(left, Unresolved) or isinstance(right, Unresolved):
        for value, other in ((left, right), (right, left)):
            if (
                isinstance(value, Unresolved)
                and value.kind in _IMMUTABLE
                and (other is None or isinstance(other, Ref))
            ):
                return False
        return None
    if left is None or right is None or isinstance(left, bool) or isinstance(right, bool):
        if isinstance(left, External | LibraryObject) or isinstance(
            right, External | LibraryObject
        ):
            return None if isinstance(left, LibraryObject) else _external_is(left, right)
        return False
    if isinstance(left, Ref) or isinstance(right, Ref):
        return False
    if isinstance(left, External) and isinstance(right, External):
        return True if left.path == right.path else None
    if isinstance(left, EnumMember) and isinstance(right, EnumMember):
        return left.cls is right.cls and left.name == right.name
    if type(left) is not type(right) and is_constant(left) and is_constant(right):
        return False
    if is_constant(left) and is_constant(right):
        # Whether equal constants are one object is CPython's affair; small integers are.
        if isinstance(left, int) and isinstance(right, int):
            return (left == right) if -5 <= left <= 256 or left != right else None
        return None if same(left, right) else False
    return None


def _external_is(left: Value, right: Value) -> bool | None:
    """Return whether a library's name is None, True or False: a class or function is not."""
    external = left if isinstance(left, External) else right
    is_class = isinstance(external, External) and external.last[:1].isupper()
    is_builtin = isinstance(external, External) and external.path.startswith("builtins.")
    return False if is_class or is_builtin else None


def equality(ctx: Context, left: Value, right: Value, depth: int = 8) -> bool | None:
    """Return whether two values are equal; None where that is not known."""
    for value in (left, right):
        if isinstance(value, InstanceRef) and left is not right and _compares(ctx, value):
            # Its `__eq__` is not followed.
            ctx.call_unseen([left, right], NOT_KNOWN)
            return None
    if isinstance(left, Unresolved) or isinstance(right, Unresolved):
        if left is right and isinstance(left, Unresolved) and not left.is_summary:
            return True if left.kind in (int, str, bool, bytes) else None
        return _by_kind(left, right)
    if is_constant(left) and is_constant(right):
        inside = isinstance(left, tuple) and (holds_nan(left) or holds_nan(right))
        return None if inside else bool(left == right)
    if depth == 0:
        return None
    if left is right and isinstance(left, (*_BY_IDENTITY, External)):
        return True
    if isinstance(left, tuple) and isinstance(right, tuple):
        if isinstance(left, EnumMember) or isinstance(right, EnumMember):
            if isinstance(left, EnumMember) and isinstance(right, EnumMember):
                return left.cls is right.cls and left.name == right.name
            return None
        return _all_equal(ctx, left, right, depth)
    if isinstance(left, ListRef) and isinstance(right, ListRef):
        if left.kind != right.kind:
            return False
        one, two = ctx.state.get(left), ctx.state.get(right)
        if one.exact and two.exact:
            return _all_equal(ctx, one.items, two.items, depth)
        lengths = (len(one.items) if one.exact else None, len(two.items) if two.exact else None)
        for length, other in zip(lengths, (two, one), strict=True):
            if length is not None and not other.exact and other.at_least > length:
                return False
        return None
    if isinstance(left, DictRef) and isinstance(right, DictRef):
        one, two = ctx.state.get(left), ctx.state.get(right)
        if left.kind != right.kind or left.kind != "dict" or not (one.exact and two.exact):
            return None
        if one.items.keys() != two.items.keys():
            return False
        return _all_equal(
            ctx, tuple(one.items.values()), tuple(two.items[key] for key in one.items), depth
        )
    sets = _set_items(ctx, left), _set_items(ctx, right)
    if sets[0] is not None and sets[1] is not None:
        return bool(sets[0] == sets[1])
    if isinstance(left, External) and isinstance(right, External):
        return True if left.path == right.path else None
    kinds = _python_kind(left), _python_kind(right)
    if None not in kinds and kinds[0] != kinds[1] and "set" not in kinds:
        return False
    if left is None or right is None:
        other = right if left is None else left
        return False if isinstance(other, (*_BY_IDENTITY, ListRef, DictRef, SetRef)) else None
    if isinstance(left, _BY_IDENTITY) and isinstance(right, _BY_IDENTITY):
        return left is right
    if isinstance(left, InstanceRef) and isinstance(right, InstanceRef):
        return left is right
    if isinstance(left, InstanceRef) or isinstance(right, InstanceRef):
        other = right if isinstance(left, InstanceRef) else left
        return False if is_constant(other) or isinstance(other, ListRef | DictRef) else None
    return None


def _compares(ctx: Context, value: InstanceRef) -> bool:
    """Whether the class of an object may say which others it equals."""
    cls = value.cls
    return bool(cls.traits or cls.library_bases or cls.has_unknown_base) or any(
        "__eq__" in ctx.state.names(part).values for part in cls.ancestors()
    )


def _by_kind(left: Value, right: Value) -> bool | None:
    """Return False where the types alone tell that two values differ."""
    kinds = []
    for value in (left, right):
        kind = value.kind if isinstance(value, Unresolved) else None
        if kind is None and not isinstance(value, Unresolved) and is_constant(value):
            kind = type(value)
        kinds.append("number" if kind in (int, bool, float, complex) else kind)
    if None in kinds:
        return None
    return False if kinds[0] is not kinds[1] and kinds[0] != kinds[1] else None


def _python_kind(value: Value) -> str | None:
    if isinstance(value, EnumMember):
        return None
    if isinstance(value, ListRef):
        return value.kind
    if isinstance(value, DictRef):
        return "dict"
    if isinstance(value, SetRef | frozenset):
        return "set"
    if isinstance(value, tuple):
        return "tuple"
    if isinstance(value, bool | int | float | complex):
        return "number"
    if isinstance(value, str | bytes | range):
        return type(value).__name__
    return None


def _all_equal(
    ctx: Context, left: tuple[Value, ...], right: tuple[Value, ...], depth: int
) -> bool | None:
    if len(left) != len(right):
        return False
    outcome: bool | None = True
    for one, two in zip(left, right, strict=True):
        equal = None if holds_nan(one) else equality(ctx, one, two, depth - 1)
        if equal is False:
            return False
        outcome = outcome if equal else None
    return outcome


def _set_items(ctx: Context, value: Value) -> frozenset[Any] | None:
    if isinstance(value, frozenset):
        return value
    if isinstance(value, SetRef):
        cell: SetCell = ctx.state.get(value)
        return cell.items if cell.exact else None
    return None


def _contains(ctx: Context, container: Value, item: Value, node: Any) -> Value:
    """Return whether an item is in a container: a bool, unresolved, or None."""
    inside = _inside(ctx, container, item, node)
    if inside is None and isinstance(item, InstanceRef) and _compares(ctx, item):
        ctx.call_unseen([container, item], NOT_KNOWN)
    return inside


def _inside(ctx: Context, container: Value, item: Value, node: Any) -> Value:
    if isinstance(container, str):
        return item in container if isinstance(item, str) else None
    if isinstance(container, range):
        return item in container if is_constant(item) else None
    if isinstance(container, DictRef):
        held: DictCell = ctx.state.get(container)
        if is_key(item):
            if item in held.items:
                return True
            return False if held.exact and not holds_objects(held.items) else None
        return None
    if isinstance(container, SetRef | frozenset):
        items = _set_items(ctx, container)
        if items is not None and is_key(item):
            return item in items or (None if holds_objects(items) else False)
        return None
    if isinstance(container, InstanceRef):
        if any("__contains__" in ctx.state.names(c).values for c in container.cls.ancestors()):
            result = ctx.call(ctx.attribute(container, "__contains__", node), [item], {}, node)
            return ctx.truth(result, node)
        return None
    if isinstance(container, ListRef):
        listed: ListCell = ctx.state.get(container)
        if not listed.exact:
            equality(ctx, item, listed.element)  # which may be a method of the program
            return None
        return _is_among(ctx, listed.items, item)
    if isinstance(container, tuple) and not isinstance(container, EnumMember):
        return _is_among(ctx, container, item)
    if isinstance(container, IteratorRef):
        cell: IteratorCell = ctx.state.get(container)
        if cell.kind == "view" and cell.element == "keys":
            return _contains(ctx, cell.source[0], item, node)
        if cell.kind != "view":
            ctx.call_unseen([container], "an iterator is taken up")
    return None


def _is_among(ctx: Context, items: tuple[Value, ...], item: Value) -> Value:
    outcome: bool | None = False
    unknown = []
    for other in items:
        if other is item and isinstance(item, InstanceRef):
            return True
        equal = None if holds_nan(item) else equality(ctx, item, other)
        if equal:
            return True
        if equal is None:
            outcome = None
            unknown.append(_unknown(ctx, ast.Eq(), item, other))
    if outcome is None and len(unknown) == len(items) and unknown:
        return Unresolved(NOT_KNOWN, bool, key=("or", tuple(unknown)))
    return outcome


def is_key(value: Value) -> bool:
    """Whether a value is known well enough to be the key of a dict."""
    if isinstance(value, EnumMember):
        return True
    if isinstance(value, tuple):
        return all(map(is_key, value))
    return (is_constant(value) and not holds_nan(value)) or isinstance(
        value, Function | ClassRef | LayerRef | External | frozenset | SequentialRef | GraphRef
    )


def holds_nan(value: Value) -> bool:
    """Whether a constant is equal to itself in a container only, where it is the same object."""
    if isinstance(value, tuple):
        return any(map(holds_nan, value))
    return isinstance(value, float | complex) and value != value


def holds_objects(keys: Any) -> bool:
    """Whether any key is an object, whose equality its class may define."""
    return any(isinstance(key, InstanceRef) for key in keys)


def _unknown(ctx: Context, op: ast.cmpop, left: Value, right: Value) -> Unresolved:
    """Return a condition that is known by what it compares, so that it can be met again."""
    if isinstance(right, Unresolved) and not isinstance(left, Unresolved):
        left, right = right, left
        if not isinstance(op, ast.Eq | ast.NotEq | ast.Is | ast.IsNot):
            return Unresolved(NOT_KNOWN, bool)
    if not isinstance(left, Unresolved) or left.is_summary or not is_constant(right):
        return Unresolved(NOT_KNOWN, bool)
    epoch = 0 if left.kind in _IMMUTABLE else ctx.state.epoch
    if isinstance(op, ast.Eq | ast.Is):
        return Unresolved(NOT_KNOWN, bool, key=("==", left, right, epoch))
    if isinstance(op, ast.NotEq | ast.IsNot):
        equal = Unresolved(NOT_KNOWN, bool, key=("==", left, right, epoch))
        return Unresolved(NOT_KNOWN, bool, key=("not", equal))
    return Unresolved(NOT_KNOWN, bool, key=(type(op).__name__, left, right, epoch))
