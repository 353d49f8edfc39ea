"""Attributes of data: ``x.shape``, ``table.columns``, ``array.T``."""

from __future__ import annotations

from typing import Any

from rnninspect.ir import shape_ops
from rnninspect.ir.dims import product
from rnninspect.ir.shape import Shape
from rnninspect.reader.context import Context
from rnninspect.reader.data.frame_methods import FRAME_METHODS
from rnninspect.reader.data.frames import column_of, new_frame, sizes_of_frame
from rnninspect.reader.sizes import size_of, sizes_of
from rnninspect.reader.values import Array, FrameRef, LibraryObject, NativeMethod, Unresolved, Value

_UNKNOWN = frozenset(
    """dtype dtypes nbytes itemsize flags strides base name index_col empty real imag flat ctypes
    is_unique is_monotonic_increasing hasnans at iat style attrs""".split()
)


def attribute_of_data(ctx: Context, value: Value, name: str, node: Any) -> Value:
    """Return an attribute of an array, a table or a data set; else a method of it."""
    if isinstance(value, FrameRef):
        return _of_frame(ctx, value, name)
    if isinstance(value, Array):
        return _of_array(ctx, value, name)
    if name in ("element_spec", "output_shapes", "output_types"):
        return Unresolved("the kind of a data set's elements")
    return NativeMethod(value, name)


def _of_array(ctx: Context, value: Array, name: str) -> Value:
    shape = value.shape
    if name == "shape":
        return sizes_of(shape)
    if name == "ndim":
        return Unresolved("how many axes there are", int) if shape.rank is None else shape.rank
    if name == "T":
        return Array(shape_ops.transpose(shape), value.dtype)
    if name == "size":
        return size_of(product(shape.dims)) if shape.dims is not None else Unresolved("a size", int)
    if name in ("values", "array"):
        return value
    if name == "index":
        dims = shape.dims
        return Array(Shape(dims[:1])) if dims else Unresolved("the index of the data")
    if name == "dtype" and value.dtype is not None:
        return LibraryObject(f"numpy.dtype.{value.dtype}()")
    if name in _UNKNOWN:
        return Unresolved(f"`{name}` of the data is not known")
    return NativeMethod(value, name)


def _of_frame(ctx: Context, ref: FrameRef, name: str) -> Value:
    rows, columns, names = sizes_of_frame(ctx, ref)
    if name == "shape":
        return sizes_of(Shape((rows, columns)))
    if name == "ndim":
        return 2
    if name == "size":
        return size_of(rows * columns)
    if name == "T":
        return new_frame(ctx, columns, rows)
    if name == "values":
        return Array(Shape((rows, columns)))
    if name == "columns":
        return Array(Shape((columns,)), "object")
    if name == "index":
        return Array(Shape((rows,)))
    if name in _UNKNOWN:
        return Unresolved(f"`{name}` of a table is not known")
    if names is not None and name in names and name not in FRAME_METHODS:
        return column_of()
    return NativeMethod(ref, name)
