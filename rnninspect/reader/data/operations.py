"""Operators on data: number by number, with axes of size 1 extended."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

from rnninspect.ir import shape_ops
from rnninspect.ir.dims import UnknownValue
from rnninspect.ir.operation import Rejected
from rnninspect.ir.shape import Shape
from rnninspect.reader.context import Context
from rnninspect.reader.data.arrays import any_dims, number_from, operand_shape, vector_of
from rnninspect.reader.data.frames import like_frame, new_frame
from rnninspect.reader.sizes import numbers_of, unknown_array
from rnninspect.reader.values import Array, FrameRef, Unresolved, Value

_COMPARISONS = frozenset("Eq NotEq Lt LtE Gt GtE".split())
_LOGIC = frozenset("logical_and logical_or logical_xor".split())
_OF_NUMBERS: Mapping[str, Callable[[Any, Any], Any]] = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "floordiv": operator.floordiv,
    "mod": operator.mod,
}


def binary_operation(ctx: Context, name: str, left: Value, right: Value, node: Any) -> Value:
    """Return ``left operator right`` where one of them is an array or a table."""
    if isinstance(left, FrameRef) or isinstance(right, FrameRef):
        return _on_frames(ctx, name, left, right)
    ctx.call_back(
        [value for value in (left, right) if not isinstance(value, Array)],
        "it takes part in arithmetic on data",
    )
    shapes = [operand_shape(ctx, left), operand_shape(ctx, right)]
    if name == "matmul":
        return _result(lambda: shape_ops.matmul(*shapes), None)
    numbers = _calculated(ctx, name, left, right)
    if numbers is not None:
        return numbers
    dtype = _dtype(name, left, right)
    return _result(lambda: any_dims(shape_ops.broadcast(*shapes), shapes), dtype)


def _result(work: Callable[[], Shape], dtype: str | None) -> Value:
    try:
        return number_from(work(), dtype)
    except (Rejected, UnknownValue):
        return unknown_array()


def _dtype(name: str, left: Value, right: Value) -> str | None:
    if name in _COMPARISONS:
        return "bool"
    kinds = [_kind(value) for value in (left, right)]
    if name in _LOGIC:
        return "bool" if kinds == ["bool", "bool"] else None
    if name == "divide" and None not in kinds:
        return "float64" if "float32" not in kinds else None
    if "bool" in kinds or "object" in kinds:
        return None
    if kinds[0] == kinds[1]:
        return kinds[0]
    if "int64" in kinds and ("float64" in kinds):
        return "float64"
    scalars = [isinstance(value, int | float) for value in (left, right)]
    for kind, is_scalar in zip(reversed(kinds), scalars, strict=True):
        if is_scalar and kind is not None and kind.startswith("float"):
            return kind
    return None


def _kind(value: Value) -> str | None:
    if isinstance(value, Array):
        return value.dtype
    if isinstance(value, bool):
        return "bool"
    return "int64" if isinstance(value, int) else "float64" if isinstance(value, float) else None


def _calculated(ctx: Context, name: str, left: Value, right: Value) -> Value | None:
    """Return a vector of known numbers calculated from known numbers."""
    function = _OF_NUMBERS.get(name)
    pair = [numbers_of(ctx, v) if isinstance(v, Array) else v for v in (left, right)]
    if function is None or any(type(one) not in (int, tuple) for one in pair):
        return None
    length = max(len(one) if isinstance(one, tuple) else 1 for one in pair)
    rows = [one if isinstance(one, tuple) else (one,) * length for one in pair]
    if len(rows[0]) != len(rows[1]) or (name in ("floordiv", "mod") and 0 in rows[1]):
        return None
    results = [function(a, b) for a, b in zip(*rows, strict=True)]
    return vector_of(results) if all(abs(n) < 2**31 for n in results) else None


def _on_frames(ctx: Context, name: str, left: Value, right: Value) -> Value:
    """Return the table that an operator gives; two tables are matched by their columns' names."""
    frame = left if isinstance(left, FrameRef) else right
    other = right if frame is left else left
    if name == "matmul":
        return unknown_array()
    if isinstance(other, int | float | str) or (
        isinstance(other, Unresolved) and other.kind in (int, float)
    ):
        return like_frame(ctx, frame)
    ctx.call_back([other], "it takes part in arithmetic on a table")
    return new_frame(ctx)
