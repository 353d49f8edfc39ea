"""Methods of arrays and columns."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from rnninspect.ir import shape_ops
from rnninspect.ir.dims import Dim, UnknownValue
from rnninspect.ir.operation import Rejected
from rnninspect.ir.shape import Shape
from rnninspect.reader.cells import ListCell
from rnninspect.reader.context import Context
from rnninspect.reader.data.arrays import (
    dtype_from,
    number_from,
    operand_shape,
    plain,
    total_of,
    vector_of,
    without_dims,
)
from rnninspect.reader.data.frames import new_frame
from rnninspect.reader.library.calling import Args, Kwargs, argument
from rnninspect.reader.sizes import numbers_of, unknown_array
from rnninspect.reader.values import Array, External, Unresolved, Value

Method = Callable[[Any, Array, Args, Kwargs], Value]

_SAME = frozenset(
    """copy clip round conj conjugate byteswap fillna ffill bfill interpolate shift diff abs rank
    pct_change cummax cummin isnull isna notnull notna isin between map replace where mask
    cumsum cumprod numpy to_numpy tolist_array sort_index sort_values reset_index view duplicated
    tz_localize""".split()
)
_KEEPS_DTYPE = frozenset("copy clip round fillna ffill bfill shift sort_values".split())
_MASKS = frozenset("isnull isna notnull notna isin between duplicated".split())
_REDUCED = frozenset(
    """sum mean max min std var prod any all ptp nunique median quantile mode_count skew kurt
    sem mad nanmean""".split()
)
_IN_PLACE = frozenset("sort fill put partition itemset setfield setflags resize update".split())
_OTHER_LENGTH = frozenset(
    "dropna head tail sample unique drop_duplicates nonzero_flat drop nlargest nsmallest".split()
)
_WRITTEN = frozenset("tofile dump to_csv to_pickle plot hist info".split())


def array_method(
    ctx: Context, value: Array, name: str, args: Args, kwargs: Kwargs, node: Any
) -> Value:
    """Return what a method of an array or a column gives."""
    method = _METHODS.get(name)
    if kwargs.get("inplace") not in (None, False):
        ctx.state.note_array_write()
        return None
    if "out" in kwargs:
        ctx.state.note_array_write()
    ctx.call_back(
        [item for item in (*args, *kwargs.values()) if not isinstance(item, Array)],
        "it is given to a method of data",
    )
    try:
        if method is not None:
            return method(ctx, value, args, kwargs)
        return _by_kind(ctx, value, name, args, kwargs)
    except (Rejected, UnknownValue):
        return unknown_array()


def _by_kind(ctx: Context, value: Array, name: str, args: Args, kwargs: Kwargs) -> Value:
    if name in _IN_PLACE:
        ctx.state.note_array_write()
        return None
    if name in _WRITTEN:
        return None
    if name in _SAME:
        dtype = "bool" if name in _MASKS else value.dtype if name in _KEEPS_DTYPE else None
        keeps = value.values if name == "copy" else None
        return Array(value.shape, dtype, keeps if numbers_of(ctx, value) else None)
    if name in _REDUCED:
        return _reduced(ctx, value, name, args, kwargs)
    if name in ("argmax", "argmin"):
        axis = plain(ctx, argument(args, kwargs, 0, "axis"))
        return number_from(shape_ops.reduce(value.shape, axis), "int64")
    if name in _OTHER_LENGTH:
        return Array(Shape((Dim.unknown("rows of the data"),)), value.dtype)
    if name in ("item", "idxmax", "idxmin", "count_nonzero"):
        return Unresolved("a number of the data")
    return Unresolved(f"what `{name}` gives is not known")


def _reduced(ctx: Context, value: Array, name: str, args: Args, kwargs: Kwargs) -> Value:
    axis = plain(ctx, argument(args, kwargs, 0, "axis"))
    totals: Mapping[str, Callable[[Any], Any]] = {
        "sum": sum, "max": max, "min": min, "prod": math.prod
    }  # fmt: skip
    function = totals.get(name)
    if axis is None and function is not None and not kwargs:
        total = total_of(ctx, value, function)
        if total is not None:
            return total
    keepdims = kwargs.get("keepdims", False)
    return number_from(shape_ops.reduce(value.shape, without_dims(axis), keepdims))


def _reshape(ctx: Context, value: Array, args: Args, kwargs: Kwargs) -> Value:
    stated = args[0] if len(args) == 1 else tuple(args)
    return reshaped(ctx, value, kwargs.get("shape", kwargs.get("newshape", stated)))


def reshaped(ctx: Context, value: Array, target: Value) -> Value:
    """Return the same numbers under other axes."""
    wanted = plain(ctx, target)
    if isinstance(wanted, tuple):
        wanted = list(wanted)
    shape = shape_ops.reshape(value.shape, wanted)
    numbers = numbers_of(ctx, value) if shape.rank == 1 else None
    return number_from(shape, value.dtype) if numbers is None else vector_of(numbers)


def _astype(ctx: Context, value: Array, args: Args, kwargs: Kwargs) -> Value:
    name = dtype_from(argument(args, kwargs, 0, "dtype"))
    numbers = numbers_of(ctx, value) if name in ("int64", "int32", "int") else None
    return Array(value.shape, name, numbers)


def _flatten(ctx: Context, value: Array, args: Args, kwargs: Kwargs) -> Value:
    if value.shape.rank == 1:
        return value
    return Array(shape_ops.flatten(value.shape), value.dtype)


def _transpose(ctx: Context, value: Array, args: Args, kwargs: Kwargs) -> Value:
    given: Any = args[0] if len(args) == 1 else tuple(args) or kwargs.get("axes")
    axes = without_dims(plain(ctx, given))
    return Array(shape_ops.transpose(value.shape, axes), value.dtype)


def _swapaxes(ctx: Context, value: Array, args: Args, kwargs: Kwargs) -> Value:
    if len(args) != 2:
        return unknown_array()
    return Array(shape_ops.swapaxes(value.shape, *(plain(ctx, axis) for axis in args)), value.dtype)


def _squeeze(ctx: Context, value: Array, args: Args, kwargs: Kwargs) -> Value:
    axis = without_dims(plain(ctx, argument(args, kwargs, 0, "axis")))
    return number_from(shape_ops.squeeze(value.shape, axis), value.dtype)


def _repeat(ctx: Context, value: Array, args: Args, kwargs: Kwargs) -> Value:
    repeats = without_dims(plain(ctx, argument(args, kwargs, 0, "repeats")))
    axis = without_dims(plain(ctx, argument(args, kwargs, 1, "axis")))
    return Array(shape_ops.repeat(value.shape, repeats, axis), value.dtype)


def _take(ctx: Context, value: Array, args: Args, kwargs: Kwargs) -> Value:
    axis = without_dims(plain(ctx, argument(args, kwargs, 1, "axis")))
    indices = operand_shape(ctx, argument(args, kwargs, 0, "indices"))
    return number_from(shape_ops.take(value.shape, indices, axis), value.dtype)


def _dot(ctx: Context, value: Array, args: Args, kwargs: Kwargs) -> Value:
    return number_from(shape_ops.dot(value.shape, operand_shape(ctx, args[0] if args else None)))


def _tolist(ctx: Context, value: Array, args: Args, kwargs: Kwargs) -> Value:
    return nested_list(ctx, value)


def nested_list(ctx: Context, value: Array) -> Value:
    """Return the lists in lists that ``tolist`` makes of an array."""
    numbers = numbers_of(ctx, value)
    if numbers is not None:
        return ctx.new_list(list(numbers))
    dims = value.shape.dims
    if not dims:
        return Unresolved("the numbers of the data")
    kind = {"int64": int, "float64": float, "str": str, "bool": bool, "float32": float}.get(
        value.dtype or ""
    )
    element: Value = Unresolved("a number of the data", kind)
    if len(dims) > 1:
        element = nested_list(ctx, Array(Shape(dims[1:]), value.dtype))
    return ctx.new_list_of(ListCell.of_unknown_length(element, dims[0].value or 0))


def _nonzero(ctx: Context, value: Array, args: Args, kwargs: Kwargs) -> Value:
    rank = value.shape.rank
    if rank is None:
        return Unresolved("the indices of numbers that are not 0", tuple)
    found = Shape((Dim.unknown("how many numbers are not 0"),))
    return (Array(found, "int64"),) * rank


def _value_counts(ctx: Context, value: Array, args: Args, kwargs: Kwargs) -> Value:
    return Array(Shape((Dim.unknown("how many values differ"),)))


def _to_frame(ctx: Context, value: Array, args: Args, kwargs: Kwargs) -> Value:
    return new_frame(ctx, None, Dim.of(1))


def _argsort(ctx: Context, value: Array, args: Args, kwargs: Kwargs) -> Value:
    return Array(value.shape, "int64")


def _apply(ctx: Context, value: Array, args: Args, kwargs: Kwargs) -> Value:
    """Return a column of results; a function that returns columns would make a table."""
    function = argument(args, kwargs, 0, "func")
    is_plain = isinstance(function, External) and function.path.startswith(("builtins.", "numpy."))
    return Array(value.shape) if is_plain else unknown_array()


_METHODS: Mapping[str, Method] = {
    "reshape": _reshape, "astype": _astype, "flatten": _flatten, "ravel": _flatten,
    "transpose": _transpose, "swapaxes": _swapaxes, "squeeze": _squeeze, "repeat": _repeat,
    "take": _take, "dot": _dot, "tolist": _tolist, "to_list": _tolist, "nonzero": _nonzero,
    "value_counts": _value_counts, "to_frame": _to_frame, "argsort": _argsort, "apply": _apply,
    "transform": _apply,
}  # fmt: skip
