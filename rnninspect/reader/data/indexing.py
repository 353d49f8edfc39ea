"""What stands between the brackets of ``x[key]``, as the algebra of shapes wants it."""

from __future__ import annotations

from typing import Any

from rnninspect.ir.dims import Dim
from rnninspect.ir.shape import Shape
from rnninspect.ir.shape_ops import Index
from rnninspect.reader.context import Context
from rnninspect.reader.data.arrays import array_of, vector_of
from rnninspect.reader.values import Array, ListRef, Unresolved, Value


def index_of(ctx: Context, key: Value) -> Any:
    """Return a key in a form that ``shape_ops.getitem`` understands."""
    if type(key) is tuple:
        return tuple(_entry(ctx, part) for part in key)
    return _entry(ctx, key)


def _entry(ctx: Context, key: Value) -> Any:
    if key is None or key is Ellipsis or isinstance(key, bool | int):
        return key
    if isinstance(key, slice):
        return slice(*(_bound(part) for part in (key.start, key.stop, key.step)))
    if isinstance(key, Unresolved):
        # Which entry is not known; that it is one is enough.
        return 0 if key.kind is int else key
    if isinstance(key, Array):
        return _of_array(ctx, key)
    if isinstance(key, ListRef | range):
        return _of_array(ctx, array_of(ctx, key))
    return Unresolved("an index is not known")


def _bound(value: Value) -> Any:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    return value if isinstance(value, Unresolved) else Unresolved("a bound is not known")


def _of_array(ctx: Context, key: Array) -> Any:
    if key.shape.dims is None:
        return Unresolved(key.shape.reason)
    if key.dtype == "bool":
        return Index(key.shape, is_mask=True)
    if key.dtype is not None and key.dtype.startswith(("int", "uint")):
        return Index(key.shape)
    if len(key.shape.dims) == 1:
        # A mask, or indices: some entries of one axis in either case.
        return Index(Shape((Dim.unknown("how many entries are taken is not known"),)))
    return Unresolved("whether an index is a mask is not known")


def slice_of_numbers(numbers: tuple[Any, ...], key: Value) -> Value | None:
    """Return one number of a vector, or some, where the key is known; else None."""
    if isinstance(key, int) and not isinstance(key, bool):
        return numbers[key] if -len(numbers) <= key < len(numbers) else None
    if isinstance(key, slice):
        parts = (key.start, key.stop, key.step)
        if key.step != 0 and all(part is None or type(part) is int for part in parts):
            return vector_of(numbers[key])
    return None
