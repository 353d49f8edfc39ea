"""Calls on arrays worked out by the table of operations (``rnninspect.ir.operations``)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from rnninspect.ir import operation_shapes, shape_ops
from rnninspect.ir.dims import Dim, UnknownValue
from rnninspect.ir.operations import Spelling
from rnninspect.ir.shape import Shape
from rnninspect.reader.cells import ListCell
from rnninspect.reader.context import Context
from rnninspect.reader.data.arrays import (
    any_dims,
    common_dtype,
    number_from,
    operand_shape,
    plain,
    total_of,
    without_dims,
)
from rnninspect.reader.library.calling import Args, Kwargs
from rnninspect.reader.sizes import listed, unknown_array
from rnninspect.reader.values import Array, EnumMember, External, ListRef, Tensor, Unresolved, Value

_TENSORS = frozenset("x a b x1 x2 condition indices".split())
"""Roles of shape functions that are tensors; the others state sizes and axes."""
_BOOLEAN = frozenset(
    """equal not_equal greater greater_equal less less_equal logical_and logical_or logical_not
    logical_xor isnan isinf isfinite is_nan is_inf is_finite""".split()
)
_KEEPS_DTYPE = frozenset(
    """abs absolute negative copy flip fliplr flipud sort reshape transpose squeeze expand_dims
    swapaxes moveaxis ravel concatenate concat stack vstack hstack tile repeat take roll split
    array_split unstack gather clip tril triu identity""".split()
)
_INTEGERS = frozenset("argmax argmin argsort count_nonzero".split())
_NUMBERS: Mapping[str, Callable[[Any], Any]] = {
    "prod": math.prod, "sum": sum, "max": max, "min": min, "amax": max, "amin": min,
    "product": math.prod,
}  # fmt: skip


def on_tensors(ctx: Context, path: str, args: Args, kwargs: Kwargs, node: Any) -> Value | None:
    """Return what a function gives on symbolic tensors; None where there are none."""
    if not any(_holds_tensor(ctx, value) for value in (*args, *kwargs.values())):
        return None
    result = ctx.call_on_tensors(External(path), args, kwargs, node)
    return Unresolved("an operation on tensors") if result is None else result


def _holds_tensor(ctx: Context, value: Value, depth: int = 3) -> bool:
    if isinstance(value, Tensor):
        return True
    if depth == 0 or isinstance(value, EnumMember):
        return False
    if isinstance(value, ListRef):
        cell: ListCell = ctx.state.get(value)
        value = cell.items if cell.exact else (cell.element,)
    return isinstance(value, tuple) and any(_holds_tensor(ctx, v, depth - 1) for v in value[:50])


def of_numbers(ctx: Context, name: str, args: Args, kwargs: Kwargs) -> Value | None:
    """Return a number calculated from all numbers of a short vector or list."""
    function = _NUMBERS.get(name)
    if function is None or len(args) != 1 or kwargs:
        return None
    return total_of(ctx, args[0], function)


def work_out(ctx: Context, spelling: Spelling, args: Args, kwargs: Kwargs) -> Any:
    """Return the structure of shapes that a call results in. Raises UnknownValue, Rejected."""
    function = getattr(operation_shapes, spelling.shape_function)
    if not spelling.parameters:
        names = frozenset("out where dtype casting order subok name axis".split())
        given = [*args, *(value for name, value in kwargs.items() if name not in names)]
        if spelling.shape_function == "like_first":
            given = given[:1]
        shapes = [operand_shape(ctx, value) for value in given if value is not None]
        result = function(*shapes)
        return any_dims(result, shapes) if isinstance(result, Shape) and len(shapes) > 1 else result
    bound = spelling.bind(args, kwargs)
    several = bound.get("xs")
    if isinstance(several, ListRef) and not ctx.state.get(several).exact:
        return _of_many(ctx, spelling.shape_function, several, bound.get("axis", 0))
    converted = {
        role: _tensors(ctx, value)
        if role == "xs"
        else _tensor(ctx, value)
        if role in _TENSORS and value is not None
        else without_target(role, plain(ctx, value))
        for role, value in bound.items()
    }
    return function(**converted)


def without_target(role: str, value: Any) -> Any:
    """Return a plain argument; only a target shape may hold sizes that are not known."""
    return value if role == "target" else without_dims(value)


def _tensor(ctx: Context, value: Value) -> Shape:
    return operand_shape(ctx, value)


def _tensors(ctx: Context, value: Value) -> Any:
    if isinstance(value, Array):
        return value.shape
    items = listed(ctx, value)
    if items is None:
        raise UnknownValue("how many arrays there are is not known")
    return [operand_shape(ctx, item) for item in items]


def _of_many(ctx: Context, function: str, value: ListRef, axis: Value) -> Shape:
    """Return the shape of arrays put together of which the number is not known."""
    cell: ListCell = ctx.state.get(value)
    if cell.is_open or cell.element is None:
        raise UnknownValue("the arrays are not known")
    inner = operand_shape(ctx, cell.element)
    many = Dim.unknown("how many arrays are put together is not known")
    dims = inner.require()
    if function == "stack":
        shape = shape_ops.expand_dims(inner, plain(ctx, axis))
        at = shape_ops.normalize_axis(axis, len(shape.require()))
    elif function == "vstack":
        shape = Shape((*[Dim.of(1)] * (2 - len(dims)), *dims))
        at = 0
    elif function == "hstack":
        shape, at = inner, 1 if len(dims) > 1 else 0
    else:
        shape, at = inner, shape_ops.normalize_axis(axis, len(dims))
    if at is None or not shape.dims:
        raise UnknownValue("the axis is not known")
    return Shape((*shape.dims[:at], many, *shape.dims[at + 1 :]))


def as_arrays(ctx: Context, result: Any, dtype: str | None) -> Value:
    """Return the arrays that have these shapes; several of them are a list."""
    if isinstance(result, Shape):
        return number_from(result, dtype)
    if isinstance(result, tuple | list):
        return ctx.new_list([as_arrays(ctx, part, dtype) for part in result])
    return unknown_array()


def result_dtype(ctx: Context, name: str, args: Args) -> str | None:
    """Return the dtype of a result where it is plain."""
    if name in _BOOLEAN:
        return "bool"
    if name in _INTEGERS:
        return "int64"
    if name in ("float32", "float64", "int32", "int64"):
        return name
    return common_dtype(ctx, args[0]) if name in _KEEPS_DTYPE and args else None
