"""Operators: arithmetic and the like, on constants, containers, objects, data and tensors."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any

from rnninspect.reader.cells import DictCell, ListCell, SetCell
from rnninspect.reader.context import Context
from rnninspect.reader.formatting import percent_formatted
from rnninspect.reader.join import Joiner, length_of
from rnninspect.reader.text.python2 import ClassicDiv
from rnninspect.reader.values import (
    Array,
    DictRef,
    EnumMember,
    FrameRef,
    InstanceRef,
    ListRef,
    SetRef,
    Tensor,
    Unresolved,
    Value,
    is_constant,
)

MAX_ITEMS = 10_000
MAX_BITS = 2000
NOT_KNOWN = "a number is not known"


def _classic_division(left: Any, right: Any) -> Any:
    """Divide as Python 2 does: integers give an integer."""
    if isinstance(left, int) and isinstance(right, int):
        return left // right
    return left / right


BINARY: Mapping[type, tuple[str, str, Callable[[Any, Any], Any]]] = {
    ast.Add: ("add", "__add__", operator.add),
    ast.Sub: ("subtract", "__sub__", operator.sub),
    ast.Mult: ("multiply", "__mul__", operator.mul),
    ast.Div: ("divide", "__truediv__", operator.truediv),
    ClassicDiv: ("divide", "__truediv__", _classic_division),
    ast.FloorDiv: ("floordiv", "__floordiv__", operator.floordiv),
    ast.Mod: ("mod", "__mod__", operator.mod),
    ast.Pow: ("pow", "__pow__", operator.pow),
    ast.BitAnd: ("logical_and", "__and__", operator.and_),
    ast.BitOr: ("logical_or", "__or__", operator.or_),
    ast.BitXor: ("logical_xor", "__xor__", operator.xor),
    ast.LShift: ("left_shift", "__lshift__", operator.lshift),
    ast.RShift: ("right_shift", "__rshift__", operator.rshift),
    ast.MatMult: ("matmul", "__matmul__", operator.matmul),
}


def binary(ctx: Context, op: ast.operator, left: Value, right: Value, node: Any) -> Value:
    """Return ``left op right``."""
    name, method, function = BINARY[type(op)]
    if is_constant(left) and is_constant(right):
        return _of_constants(op, left, right, function)
    if isinstance(left, Tensor) or isinstance(right, Tensor):
        return ctx.binary_operation(name, left, right, node)
    for value, other, wanted in ((left, right, method), (right, left, _reflected(method))):
        if isinstance(value, InstanceRef):
            result = _by_method(ctx, value, wanted, other, node)
            if result is not NotImplemented:
                return result
    if isinstance(left, str) and isinstance(op, ast.Mod):
        return percent_formatted(left, right)
    if isinstance(left, Array | FrameRef) or isinstance(right, Array | FrameRef):
        return ctx.binary_operation(name, left, right, node)
    if isinstance(op, ast.Add):
        joined = _concatenated(ctx, left, right)
        if joined is not None:
            return joined
    if isinstance(op, ast.Mult):
        repeated = _repeated(ctx, left, right)
        if repeated is not None:
            return repeated
    if isinstance(op, ast.BitOr | ast.BitAnd | ast.Sub | ast.BitXor):
        merged = _merged(ctx, op, left, right, function)
        if merged is not None:
            return merged
    return unknown_result(ctx, op, left, right)


def unknown_result(ctx: Context, op: ast.operator, left: Value, right: Value) -> Value:
    """Return what an operator gives on values of which one is not known."""
    for value in (left, right):
        if not isinstance(value, Unresolved) and not is_constant(value):
            # An unknown object's operator may keep the other operand.
            ctx.call_unseen([left, right], NOT_KNOWN)
            return Unresolved(NOT_KNOWN)
    kinds = {_number_kind(left), _number_kind(right)}
    if kinds <= {int, bool} and not isinstance(op, ast.Div | ast.Pow):
        return _same_again(op, left, right, int)
    if kinds <= {int, bool, float} and not isinstance(op, ast.Pow | ast.BitAnd | ast.BitOr):
        return _same_again(op, left, right, float)
    if kinds == {str} and isinstance(op, ast.Add):
        return Unresolved("a text is not known", str)
    if _number_kind(left) is str and isinstance(op, ast.Mod):
        return Unresolved("a text is not known", str)
    return Unresolved(NOT_KNOWN)


def _same_again(op: ast.operator, left: Value, right: Value, kind: type) -> Value:
    """Return the same unknown number wherever the same is calculated from the same."""
    owner = left if isinstance(left, Unresolved) else right
    other = right if owner is left else left
    reason = owner.reason if not isinstance(other, Unresolved) else NOT_KNOWN
    if owner.is_summary or (isinstance(other, Unresolved) and other.is_summary):
        return Unresolved(reason, kind)
    key = (type(op), owner is left, type(other), other)
    if key not in owner.children:
        owner.children[key] = Unresolved(reason, kind)
    return owner.children[key]


def _number_kind(value: Value) -> type | None:
    if isinstance(value, Unresolved):
        return value.kind
    return type(value)


def _reflected(method: str) -> str:
    return f"__r{method[2:]}"


def _by_method(ctx: Context, value: InstanceRef, method: str, other: Value, node: Any) -> Value:
    if any(method in ctx.state.names(cls).values for cls in value.cls.ancestors()):
        return ctx.call(ctx.attribute(value, method, node), [other], {}, node)
    if value.cls.has_unknown_base or value.cls.library_bases:
        ctx.call_unseen([value, other], "an operator of a library class")
        return Unresolved("what an operator of a class gives")
    return NotImplemented


def _of_constants(
    op: ast.operator, left: Value, right: Value, function: Callable[[Any, Any], Any]
) -> Value:
    if isinstance(left, str) and isinstance(op, ast.Mod):
        return percent_formatted(left, right)
    if not _is_small(left, right, op):
        return Unresolved("a value is too large to be worked out", _result_kind(left, right))
    try:
        return function(left, right)
    except (TypeError, ValueError, ArithmeticError, AttributeError, MemoryError):
        return Unresolved("an operator fails on these values")


def _result_kind(left: Value, right: Value) -> type | None:
    return type(left) if type(left) is type(right) else None


def _is_small(left: Value, right: Value, op: ast.operator) -> bool:
    if isinstance(op, ast.Pow):
        return (
            isinstance(left, int | float)
            and isinstance(right, int | float)
            and abs(left) < 10**6
            and abs(right) < 64
        )
    if isinstance(op, ast.LShift):
        are_numbers = isinstance(right, int) and isinstance(left, int)
        return are_numbers and right < MAX_BITS and abs(left) < 2**MAX_BITS
    if isinstance(op, ast.Mult):
        for sequence, count in ((left, right), (right, left)):
            if isinstance(sequence, tuple | str | bytes):
                return isinstance(count, int) and len(sequence) * max(count, 0) <= MAX_ITEMS
    if isinstance(left, tuple | str | bytes) and isinstance(right, type(left)):
        return len(left) + len(right) <= 10 * MAX_ITEMS
    return all(not isinstance(n, int) or abs(n) < 2**MAX_BITS for n in (left, right))


def _concatenated(ctx: Context, left: Value, right: Value) -> Value | None:
    if isinstance(left, EnumMember) or isinstance(right, EnumMember):
        return None
    if isinstance(left, tuple) and isinstance(right, tuple):
        return left + right if len(left) + len(right) <= MAX_ITEMS else None
    if isinstance(left, ListRef) and isinstance(right, ListRef):
        return ctx.new_list_of(joined_lists(ctx, ctx.state.get(left), ctx.state.get(right)))
    return None


def joined_lists(ctx: Context, first: ListCell, second: ListCell) -> ListCell:
    """Return the cell of a list that holds the items of both."""
    if first.exact and second.exact and len(first.items) + len(second.items) <= MAX_ITEMS:
        return ListCell(first.items + second.items)
    joiner = Joiner("a list of unknown length")
    elements = []
    for cell in (first, second):
        elements += [*cell.items] if cell.exact else [cell.element]
    element = joiner.all(elements)
    if joiner.lost:
        ctx.state.escape(tuple(joiner.lost), joiner.reason)
    return ListCell.of_unknown_length(element, length_of(first) + length_of(second))


def _repeated(ctx: Context, left: Value, right: Value) -> Value | None:
    for sequence, count in ((left, right), (right, left)):
        if isinstance(sequence, EnumMember):
            continue
        if isinstance(sequence, tuple) and isinstance(count, int):
            fits = len(sequence) * max(count, 0) <= MAX_ITEMS
            return sequence * count if fits else Unresolved("a tuple is too long", tuple)
        if isinstance(sequence, ListRef):
            cell: ListCell = ctx.state.get(sequence)
            if (
                cell.exact
                and isinstance(count, int)
                and len(cell.items) * max(count, 0) <= MAX_ITEMS
            ):
                return ctx.new_list_of(ListCell(cell.items * count))
            if isinstance(count, int) or (
                isinstance(count, Unresolved) and count.kind in (int, bool)
            ):
                return ctx.new_list_of(_some_of(ctx, cell))
    return None


def _some_of(ctx: Context, cell: ListCell) -> ListCell:
    joiner = Joiner("a list of unknown length")
    element = joiner.all(cell.items) if cell.exact else cell.element
    if joiner.lost:
        ctx.state.escape(tuple(joiner.lost), joiner.reason)
    return ListCell.of_unknown_length(element)


def _merged(
    ctx: Context, op: ast.operator, left: Value, right: Value, function: Callable[[Any, Any], Any]
) -> Value | None:
    if isinstance(left, DictRef) and isinstance(right, DictRef) and isinstance(op, ast.BitOr):
        one: DictCell = ctx.state.get(left)
        two: DictCell = ctx.state.get(right)
        if left.kind == right.kind == "dict" and one.exact and two.exact:
            return ctx.new_dict({**one.items, **two.items})
        return None
    if isinstance(left, SetRef) and isinstance(right, SetRef | frozenset):
        first: SetCell = ctx.state.get(left)
        second = right if isinstance(right, frozenset) else ctx.state.get(right)
        items = second if isinstance(second, frozenset) else second.items
        if first.exact and (isinstance(second, frozenset) or second.exact):
            return ctx.new_set(list(function(first.items, items)))
        return ctx.new_set_of(SetCell(frozenset(), Unresolved("an element"), exact=False))
    if isinstance(left, frozenset) and isinstance(right, frozenset):
        return function(left, right)
    return None


def augmented(ctx: Context, op: ast.operator, left: Value, right: Value, node: Any) -> Value:
    """Return what ``left op= right`` binds; lists, dicts and sets are changed in place."""
    if isinstance(left, ListRef) and isinstance(op, ast.Add):
        ctx.call(ctx.attribute(left, "extend", node), [right], {}, node)
        return left
    if isinstance(left, ListRef) and isinstance(op, ast.Mult):
        cell: ListCell = ctx.state.get(left)
        if not cell.is_open:
            repeated = _repeated(ctx, left, right)
            made = ctx.state.get(repeated) if isinstance(repeated, ListRef) else None
            ctx.state.put(left, made or _some_of(ctx, cell))
        return left
    in_place = {
        ast.BitOr: "update",
        ast.BitAnd: "intersection_update",
        ast.Sub: "difference_update",
        ast.BitXor: "symmetric_difference_update",
    }
    if isinstance(left, SetRef) and type(op) in in_place:
        ctx.call(ctx.attribute(left, in_place[type(op)], node), [right], {}, node)
        return left
    if isinstance(left, DictRef) and isinstance(op, ast.BitOr) and left.kind != "Counter":
        ctx.call(ctx.attribute(left, "update", node), [right], {}, node)
        return left
    if isinstance(left, InstanceRef):
        method = f"__i{BINARY[type(op)][1][2:]}"
        if any(method in ctx.state.names(cls).values for cls in left.cls.ancestors()):
            return ctx.call(ctx.attribute(left, method, node), [right], {}, node)
    if isinstance(left, Array):
        ctx.state.note_array_write()
    if isinstance(left, Unresolved) and left.kind not in (int, float, str, bool, tuple, bytes):
        # It may be a list, which is then changed in place.
        ctx.call_unseen([left, right], "an unknown object is changed in place")
        ctx.state.epoch += 1
        return Unresolved(NOT_KNOWN)
    return binary(ctx, op, left, right, node)
