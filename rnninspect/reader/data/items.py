"""Items of data: ``x[key]`` of arrays and tables, ``np.r_[...]``."""

from __future__ import annotations

from typing import Any

from rnninspect.ir import shape_ops
from rnninspect.ir.dims import Dim, UnknownValue
from rnninspect.ir.operation import Rejected
from rnninspect.ir.shape import Shape
from rnninspect.reader.context import Context
from rnninspect.reader.data.arrays import number_from, operand_shape
from rnninspect.reader.data.frames import item_of_frame, select_from_frame
from rnninspect.reader.data.indexing import index_of, slice_of_numbers
from rnninspect.reader.sizes import numbers_of, unknown_array
from rnninspect.reader.values import (
    Array,
    External,
    FrameRef,
    ListRef,
    NativeMethod,
    Unresolved,
    Value,
)


def item_of_data(ctx: Context, value: Value, key: Value, node: Any) -> Value:
    """Return ``value[key]`` of an array, a table, or what selects rows of one (``iloc``)."""
    if isinstance(value, FrameRef):
        return item_of_frame(ctx, value, key)
    if isinstance(value, NativeMethod):
        return _selected(ctx, value, key, node)
    if isinstance(value, External):
        return _put_together(ctx, value, key)
    if isinstance(value, Array):
        return item_of_array(ctx, value, key)
    return Unresolved("an item of the data")


def item_of_array(ctx: Context, value: Array, key: Value) -> Value:
    """Return ``array[key]``."""
    numbers = numbers_of(ctx, value)
    if numbers is not None:
        found = slice_of_numbers(numbers, key)
        if found is not None:
            return found
    try:
        shape = shape_ops.getitem(value.shape, index_of(ctx, key))
    except (Rejected, UnknownValue):
        return unknown_array(dtype=value.dtype)
    if shape.dims is None and not isinstance(key, slice | Array | ListRef | tuple):
        return Unresolved("an item of the data")
    return number_from(shape, value.dtype)


def _selected(ctx: Context, value: NativeMethod, key: Value, node: Any) -> Value:
    """Return ``data.iloc[key]`` or ``data.loc[key]``."""
    receiver = value.receiver
    if isinstance(receiver, FrameRef):
        return select_from_frame(ctx, receiver, value.name, key)
    if isinstance(receiver, Array) and value.name == "iloc":
        return item_of_array(ctx, receiver, key)
    if isinstance(receiver, Array) and isinstance(key, slice | Array | ListRef):
        rest = receiver.shape.dims
        return Array(Shape((Dim.unknown("rows of the data"), *(rest or ())[1:])), receiver.dtype)
    return Unresolved("an item of the data")


def _put_together(ctx: Context, value: External, key: Value) -> Value:
    """Return ``np.r_[a, b]`` or ``np.c_[a, b]``."""
    parts = key if type(key) is tuple else (key,)
    if value.last == "s_":
        return key
    if any(isinstance(part, slice | str) for part in parts):
        if value.last == "r_" and not any(isinstance(part, str) for part in parts):
            return Array(Shape((Dim.unknown("numbers of a range"),)))
        return unknown_array()
    shapes = [operand_shape(ctx, part) for part in parts]
    if any(shape.dims is None for shape in shapes):
        return unknown_array()
    if value.last == "c_":
        shapes = [_as_column(shape) for shape in shapes]
    else:
        shapes = [Shape.of(1) if shape.dims == () else shape for shape in shapes]
    try:
        return Array(shape_ops.concat(shapes, -1 if value.last == "c_" else 0))
    except Rejected:
        return unknown_array()


def _as_column(shape: Shape) -> Shape:
    dims = shape.require()
    if len(dims) < 2:
        return Shape((*dims, *[Dim.of(1)] * (2 - len(dims))))
    return shape
