"""Sizes and shapes as values of the program, and the shapes of data in memory."""

from __future__ import annotations

from typing import Any

from rnninspect.ir.dims import Dim, Unknown
from rnninspect.ir.shape import Shape
from rnninspect.reader.cells import ListCell
from rnninspect.reader.context import Context
from rnninspect.reader.store import ARRAYS
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
    is_one_number,
)

MAX_ITEMS = 10_000
NOT_KNOWN = "the shape of the data is not known"


def size_of(dim: Dim) -> Value:
    """Return a size as a number of the program: None for an axis of any size."""
    if dim.value is not None:
        return dim.value
    if dim.dynamic:
        return None
    known = is_one_number(dim)
    return Unresolved(
        dim.reason or "a size is not known", int, key=("size", dim) if known else None
    )


def dim_of(value: Value, symbol: str = "size") -> Dim:
    """Return the size that a number of the program states."""
    if value is None:
        return Dim.of(None)
    if isinstance(value, int) and not isinstance(value, bool):
        return Dim.of(value)
    if isinstance(value, Unresolved) and value.key is not None and value.key[0] == "size":
        size: Dim = value.key[1]
        return size
    return Dim.unknown(value.reason if isinstance(value, Unknown) else NOT_KNOWN, symbol)


def sizes_of(shape: Shape) -> Value:
    """Return a shape as a tuple of the program."""
    if shape.dims is None:
        return Unresolved("a shape is not known", tuple)
    return tuple(size_of(dim) for dim in shape.dims)


def listed(ctx: Context, value: Value) -> tuple[Value, ...] | None:
    """Return the items of a tuple, or of a list that is known exactly."""
    if isinstance(value, EnumMember):
        return None
    if isinstance(value, tuple):
        return value
    if isinstance(value, range):
        return tuple(value) if len(value) <= MAX_ITEMS else None
    if isinstance(value, ListRef):
        cell: ListCell = ctx.state.get(value)
        return cell.items if cell.exact else None
    if isinstance(value, Shape) and value.dims is not None:
        return tuple(size_of(dim) for dim in value.dims)
    return None


def shape_from(ctx: Context, value: Value) -> Shape:
    """Return the shape that ``np.zeros(value)`` has."""
    if isinstance(value, Shape):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Shape((Dim.of(value),)) if value >= 0 else Shape.unknown(NOT_KNOWN)
    if isinstance(value, Array):
        numbers = numbers_of(ctx, value)
        value = value if numbers is None else numbers
    if isinstance(value, Unresolved) and value.kind is int:
        return Shape((dim_of(value),))
    items = listed(ctx, value)
    if items is None:
        return Shape.unknown(NOT_KNOWN)
    return Shape(
        Dim.unknown("a size is not known")
        if isinstance(item, bool) or (isinstance(item, int) and item < 0)
        else dim_of(item)
        for item in items
    )


def numbers_of(ctx: Context, value: Array) -> tuple[Any, ...] | None:
    """Return the numbers of a short vector, as long as no array was changed in place."""
    return None if value.values is None or ctx.state.get(ARRAYS).is_open else value.values


def shape_of_value(ctx: Context, value: Value, depth: int = 6) -> Shape:
    """Return the shape that ``np.array(value)`` has."""
    if isinstance(value, Array | Tensor):
        return value.shape
    if isinstance(value, FrameRef):
        shape: Shape = ctx.state.get(value).shape
        return shape
    if isinstance(value, bool | int | float | complex):
        return Shape(())
    if isinstance(value, Unresolved) and value.kind in (bool, int, float, str):
        return Shape(())
    if value is None or isinstance(value, str | bytes | DictRef | SetRef | EnumMember):
        return Shape(())
    if depth == 0:
        return Shape.unknown(NOT_KNOWN)
    if isinstance(value, ListRef):
        cell: ListCell = ctx.state.get(value)
        if not cell.exact:
            if cell.is_open or cell.element is None:
                return Shape.unknown(NOT_KNOWN)
            inner = shape_of_value(ctx, cell.element, depth - 1)
            if inner.dims is None:
                return Shape.unknown(NOT_KNOWN)
            return Shape((Dim.unknown("a list of unknown length"), *inner.dims))
    if isinstance(value, range):
        return Shape.of(len(value))
    if isinstance(value, InstanceRef) or value is Ellipsis:
        return Shape.unknown(NOT_KNOWN)
    items = listed(ctx, value)
    if items is None:
        return Shape.unknown(NOT_KNOWN)
    if not items:
        return Shape.of(0)
    if all(isinstance(item, bool | int | float | str) for item in items):
        return Shape.of(len(items))
    shapes = [shape_of_value(ctx, item, depth - 1) for item in items]
    first = shapes[0]
    if first.dims is None or any(shape.rank != first.rank for shape in shapes):
        return Shape.unknown(NOT_KNOWN)
    dims = list(first.dims)
    for shape in shapes[1:]:
        for axis, dim in enumerate(shape):
            if dim.value is None or dim.value != dims[axis].value:
                if dim.value is not None and dims[axis].value is not None:
                    return Shape.unknown("the rows of the data differ")
                dims[axis] = Dim.unknown("the rows of the data may differ")
    return Shape((Dim.of(len(items)), *dims))


def row_of(value: Array) -> Value:
    """Return what a loop over data goes through."""
    if value.shape.rank is None:
        return Unresolved("an item of the data")
    if value.shape.rank > 1:
        return Array(value.shape[1:], value.dtype)
    return Unresolved("an item of the data")


def unknown_array(reason: str = NOT_KNOWN, dtype: str | None = None) -> Array:
    """Return data of which nothing is known, not even the number of axes."""
    return Array(Shape.unknown(reason), dtype)
