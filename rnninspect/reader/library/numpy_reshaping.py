"""NumPy's functions that cut, join and search arrays, beyond the table of operations."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from rnninspect.ir import shape_ops
from rnninspect.ir.dims import Dim, UnknownValue, product
from rnninspect.ir.operation import Rejected
from rnninspect.ir.shape import Shape
from rnninspect.reader.cells import ListCell
from rnninspect.reader.context import Context
from rnninspect.reader.data.arrays import any_dims, number_from, operand_shape, plain, without_dims
from rnninspect.reader.library.calling import Args, Implementation, Kwargs, argument
from rnninspect.reader.sizes import listed, shape_from, size_of, sizes_of, unknown_array
from rnninspect.reader.values import Array, Unresolved, Value


def _data(work: Callable[[Context, Args, Kwargs], Value]) -> Implementation:
    """Return a function on arrays; a call that fails, or is not known, gives unknown data."""

    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        if "out" in kwargs:
            ctx.state.note_array_write()
        ctx.call_back(
            [value for value in (*args, *kwargs.values()) if not isinstance(value, Array)],
            "it is given to a function on data",
        )
        try:
            return work(ctx, args, kwargs)
        except (Rejected, UnknownValue):
            return unknown_array()

    return call


def _axis(ctx: Context, args: Args, kwargs: Kwargs, position: int, default: Value = None) -> Any:
    return without_dims(plain(ctx, argument(args, kwargs, position, "axis", default)))


def _shape(ctx: Context, args: Args, kwargs: Kwargs, position: int = 0, name: str = "a") -> Shape:
    return operand_shape(ctx, argument(args, kwargs, position, name))


def _changed_axis(shape: Shape, axis: Any, reason: str) -> Shape:
    """Return a shape in which the size of an axis is not known any more."""
    at = shape_ops.normalize_axis(axis, len(shape.require()))
    dims = [
        Dim.unknown(reason) if at is None or number == at else dim
        for number, dim in enumerate(shape)
    ]
    return Shape(dims)


def _append(ctx: Context, args: Args, kwargs: Kwargs) -> Value:
    shapes = [_shape(ctx, args, kwargs, 0, "arr"), _shape(ctx, args, kwargs, 1, "values")]
    return Array(shape_ops.concat(shapes, _axis(ctx, args, kwargs, 2)))


def _delete(ctx: Context, args: Args, kwargs: Kwargs) -> Value:
    shape, axis = _shape(ctx, args, kwargs, 0, "arr"), _axis(ctx, args, kwargs, 2)
    which = argument(args, kwargs, 1, "obj")
    if axis is None:
        shape, axis = shape_ops.flatten(shape), 0
    changed = _changed_axis(shape, axis, "numbers are deleted")
    at = shape_ops.normalize_axis(axis, len(changed.require()))
    size = None if at is None else shape[at].value
    if at is not None and type(which) is int and size is not None:
        dims = changed.require()
        return Array(Shape((*dims[:at], Dim.of(size - 1), *dims[at + 1 :])))
    return Array(changed)


def _insert(ctx: Context, args: Args, kwargs: Kwargs) -> Value:
    shape, axis = _shape(ctx, args, kwargs, 0, "arr"), _axis(ctx, args, kwargs, 3)
    if axis is None:
        shape, axis = shape_ops.flatten(shape), 0
    return Array(_changed_axis(shape, axis, "numbers are inserted"))


def _unique(ctx: Context, args: Args, kwargs: Kwargs) -> Value:
    vector = Array(Shape((Dim.unknown("how many numbers differ"),)))
    if len(args) > 1 or any(name.startswith("return_") for name in kwargs):
        more = [name for name, value in kwargs.items() if value is True and name != "equal_nan"]
        certain = len(args) == 1 and all(value in (True, False) for value in kwargs.values())
        if not certain or "axis" in kwargs:
            return Unresolved("which numbers differ", tuple)
        return (vector, *(unknown_array() for _ in more)) if more else vector
    return vector if kwargs.get("axis") is None else unknown_array()


def _where(ctx: Context, args: Args, kwargs: Kwargs) -> Value:
    shapes = [operand_shape(ctx, value) for value in (*args, *kwargs.values())]
    if len(shapes) == 3:
        return number_from(any_dims(shape_ops.broadcast(*shapes), shapes))
    return _nonzero(ctx, args, kwargs)


def _nonzero(ctx: Context, args: Args, kwargs: Kwargs) -> Value:
    rank = _shape(ctx, args, kwargs).rank
    found = Array(Shape((Dim.unknown("how many numbers are not 0"),)), "int64")
    return Unresolved("indices", tuple) if rank is None else (found,) * max(rank, 1)


def _arg_where(ctx: Context, args: Args, kwargs: Kwargs) -> Value:
    rank = _shape(ctx, args, kwargs).rank
    rows = Dim.unknown("how many numbers are not 0")
    columns = Dim.unknown("how many axes there are") if rank is None else Dim.of(rank)
    return Array(Shape((rows, columns)), "int64")


def _of_unknown_length(ctx: Context, args: Args, kwargs: Kwargs) -> Value:
    return Array(Shape((Dim.unknown("how many numbers there are"),)))


def _histogram(ctx: Context, args: Args, kwargs: Kwargs) -> Value:
    bins = argument(args, kwargs, 1, "bins", 10)
    if type(bins) is int:
        return (Array(Shape.of(bins)), Array(Shape.of(bins + 1)))
    return (_of_unknown_length(ctx, (), {}), _of_unknown_length(ctx, (), {}))


def _same(ctx: Context, args: Args, kwargs: Kwargs) -> Value:
    value = args[0] if args else next(iter(kwargs.values()), None)
    return number_from(operand_shape(ctx, value), value.dtype if isinstance(value, Array) else None)


def _rotated(ctx: Context, args: Args, kwargs: Kwargs) -> Value:
    shape = _shape(ctx, args, kwargs, 0, "m")
    turns, axes = argument(args, kwargs, 1, "k", 1), argument(args, kwargs, 2, "axes", (0, 1))
    if type(turns) is not int or axes != (0, 1) or len(shape.require()) < 2:
        return unknown_array()
    return Array(shape_ops.swapaxes(shape, 0, 1) if turns % 2 else shape)


def _depth_stack(ctx: Context, args: Args, kwargs: Kwargs) -> Value:
    return Array(shape_ops.concat([_deep(shape) for shape in _parts(ctx, args, kwargs)], 2))


def _deep(shape: Shape) -> Shape:
    dims = shape.require()
    if len(dims) == 0:
        return Shape.of(1, 1, 1)
    if len(dims) == 1:
        return Shape((Dim.of(1), dims[0], Dim.of(1)))
    return Shape((*dims, Dim.of(1))) if len(dims) == 2 else shape


def _column_stack(ctx: Context, args: Args, kwargs: Kwargs) -> Value:
    columns = [
        Shape((*shape, Dim.of(1))) if len(shape.require()) == 1 else shape
        for shape in _parts(ctx, args, kwargs)
    ]
    return Array(shape_ops.concat(columns, 1))


def _parts(ctx: Context, args: Args, kwargs: Kwargs) -> list[Shape]:
    items = listed(ctx, argument(args, kwargs, 0, "tup"))
    if items is None:
        raise UnknownValue("how many arrays there are is not known")
    return [operand_shape(ctx, item) for item in items]


def _at_least(rank: int) -> Callable[[Context, Args, Kwargs], Value]:
    def call(ctx: Context, args: Args, kwargs: Kwargs) -> Value:
        if len(args) != 1:
            return Unresolved("arrays")
        shape = operand_shape(ctx, args[0])
        dims = shape.require()
        if rank == 3:
            return Array(_deep(shape))
        return Array(Shape((*[Dim.of(1)] * (rank - len(dims)), *dims)))

    return call


def _difference(ctx: Context, args: Args, kwargs: Kwargs) -> Value:
    shape, times = _shape(ctx, args, kwargs), argument(args, kwargs, 1, "n", 1)
    axis = _axis(ctx, args, kwargs, 2, -1)
    if kwargs.keys() & {"prepend", "append"} or type(times) is not int:
        return Array(_changed_axis(shape, axis, "differences"))
    at = shape_ops.normalize_axis(axis, len(shape.require()))
    if at is None:
        return unknown_array()
    dims = shape.require()
    left = dims[at]
    size = Dim.unknown("differences") if left.value is None else Dim.of(max(0, left.value - times))
    return Array(Shape((*dims[:at], size, *dims[at + 1 :])))


def _outer(ctx: Context, args: Args, kwargs: Kwargs) -> Value:
    sizes = [_shape(ctx, args, kwargs, 0, "a"), _shape(ctx, args, kwargs, 1, "b")]
    return Array(Shape(product(shape.require()) for shape in sizes))


def _quantile(ctx: Context, args: Args, kwargs: Kwargs) -> Value:
    if _shape(ctx, args, kwargs, 1, "q").dims != ():
        return unknown_array()
    shape, axis = _shape(ctx, args, kwargs), _axis(ctx, args, kwargs, 2)
    return number_from(shape_ops.reduce(shape, axis, kwargs.get("keepdims", False)))


def _average(ctx: Context, args: Args, kwargs: Kwargs) -> Value:
    if kwargs.get("returned", False) is not False:
        return Unresolved("an average")
    shape, axis = _shape(ctx, args, kwargs), _axis(ctx, args, kwargs, 1)
    return number_from(shape_ops.reduce(shape, axis, kwargs.get("keepdims", False)))


def _split(axis: int) -> Callable[[Context, Args, Kwargs], Value]:
    def call(ctx: Context, args: Args, kwargs: Kwargs) -> Value:
        shape = _shape(ctx, args, kwargs, 0, "ary")
        sections = without_dims(plain(ctx, argument(args, kwargs, 1, "indices_or_sections")))
        at = 0 if axis == 1 and shape.rank == 1 else axis
        parts = shape_ops.split(shape, sections, at)
        if isinstance(parts, Unresolved) or not isinstance(parts, tuple):
            return ctx.new_list_of(ListCell.of_unknown_length(unknown_array()))
        return ctx.new_list([Array(part) for part in parts])

    return call


def _broadcast_to(ctx: Context, args: Args, kwargs: Kwargs) -> Value:
    return Array(shape_from(ctx, argument(args, kwargs, 1, "shape")))


def _shape_of(ctx: Context, args: Args, kwargs: Kwargs) -> Value:
    return sizes_of(_shape(ctx, args, kwargs))


def _rank_of(ctx: Context, args: Args, kwargs: Kwargs) -> Value:
    rank = _shape(ctx, args, kwargs).rank
    return Unresolved("how many axes there are", int) if rank is None else rank


def _size_of(ctx: Context, args: Args, kwargs: Kwargs) -> Value:
    shape = _shape(ctx, args, kwargs)
    if len(args) + len(kwargs) > 1 or shape.dims is None:
        return Unresolved("how many numbers there are", int)
    return size_of(product(shape.dims))


def _rounded(name: str) -> Callable[[Context, Args, Kwargs], Value]:
    """Return ``ceil`` or ``floor``: of one number it is a float."""
    function = getattr(math, name)

    def call(ctx: Context, args: Args, kwargs: Kwargs) -> Value:
        value = args[0] if args else None
        if isinstance(value, int | float) and math.isfinite(value):
            return float(function(value))
        return number_from(operand_shape(ctx, value))

    return call


def _windows(ctx: Context, args: Args, kwargs: Kwargs) -> Value:
    return unknown_array("windows over data")


FUNCTIONS: Mapping[str, Implementation] = {
    f"numpy.{name}": _data(function)
    for name, function in {
        "append": _append, "delete": _delete, "insert": _insert, "unique": _unique,
        "where": _where, "nonzero": _nonzero, "argwhere": _arg_where,
        "bincount": _of_unknown_length,
        "flatnonzero": _of_unknown_length, "intersect1d": _of_unknown_length,
        "union1d": _of_unknown_length, "setdiff1d": _of_unknown_length,
        "convolve": _of_unknown_length, "histogram": _histogram, "roll": _same, "flip": _same,
        "sort": _same, "rot90": _rotated, "dstack": _depth_stack,
        "column_stack": _column_stack, "atleast_1d": _at_least(1), "atleast_2d": _at_least(2),
        "atleast_3d": _at_least(3), "diff": _difference, "outer": _outer,
        "percentile": _quantile, "quantile": _quantile, "nanpercentile": _quantile,
        "average": _average, "hsplit": _split(1), "vsplit": _split(0), "dsplit": _split(2),
        "broadcast_to": _broadcast_to, "shape": _shape_of, "ndim": _rank_of, "size": _size_of,
        "ceil": _rounded("ceil"), "floor": _rounded("floor"),
        "lib.stride_tricks.sliding_window_view": _windows, "interp": _same, "unwrap": _same,
    }.items()
}  # fmt: skip
