"""What functions and methods of NumPy, pandas and their like give: the shapes of data."""

from __future__ import annotations

import math
from typing import Any

from rnninspect.ir.dims import Dim, Unknown
from rnninspect.ir.shape import Shape
from rnninspect.sources.python.arrays import (
    expanded,
    part_of,
    shape_from_sizes,
    shape_of_data,
    unknown_array,
)
from rnninspect.sources.python.values import Array, Missing

_FILLED = frozenset("zeros ones empty full random_sample random ranf truncated_normal".split())
_DRAWN = frozenset(
    "normal uniform randint standard_normal binomial choice integers poisson beta gamma".split()
)
_SAME = frozenset(
    """sin cos tan tanh exp log log1p expm1 sqrt abs absolute fabs square round around floor ceil
    clip nan_to_num zeros_like ones_like empty_like full_like flip fliplr flipud roll sort sign
    permutation float32 float64 int32 int64 cast astype copy numpy array asarray ascontiguousarray
    asfortranarray constant convert_to_tensor fillna interpolate ffill bfill apply_along_axis
    cumsum cumprod negative identity shuffle_arrays to_numpy scale minmax_scale values
    as_matrix""".split()
)
_REDUCED = frozenset(
    "mean sum max min std var argmax argmin prod any all median amax amin nanmean".split()
)
_TABLES = frozenset("read_csv read_excel read_table read_parquet DataFrame DataReader".split())
_SAME_TABLE = frozenset(
    """fillna interpolate ffill bfill head tail sample sort_values sort_index reset_index set_index
    dropna astype copy apply drop_duplicates query shift rename replace diff""".split()
)


def of_function(name: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
    """What ``numpy.name(...)`` gives, or the same of a library that names it alike."""
    first = args[0] if args else next(iter(kwargs.values()), None)
    if name in _FILLED:
        return Array(shape_from_sizes(kwargs.get("shape", kwargs.get("size", first))))
    if name in ("rand", "randn"):
        return Array(shape_from_sizes(list(args)))
    if name in _DRAWN:
        sizes = [*args, kwargs.get("size", kwargs.get("shape"))]
        size = next((one for one in reversed(sizes) if isinstance(one, list | tuple)), None)
        return unknown_array() if size is None else Array(shape_from_sizes(size))
    if name in _TABLES:
        return _table(name, kwargs)
    if name == "arange" or name == "linspace":
        return Array(Shape((_length_of_range(name, args, kwargs),)))
    if name in ("eye", "identity") and isinstance(first, int):
        return Array(Shape.of(first, first))
    if name in ("concatenate", "stack", "vstack", "hstack", "column_stack", "concat"):
        axis = kwargs.get("axis", args[1] if len(args) > 1 else 0)
        return _of_many(name, first, axis)
    if name == "prod" and isinstance(first, list | tuple):
        return math.prod(first) if all(isinstance(one, int) for one in first) else Missing()
    if name in ("train_test_split", "shuffle"):
        copies = 2 if name == "train_test_split" else 1
        return [part_of(one) for one in args for _ in range(copies)]
    if name in ("pad_sequences", "sequence_to_matrix"):
        length = kwargs.get("maxlen", args[1] if len(args) > 1 else Missing("the longest text"))
        known = length if isinstance(length, int) else Missing("the longest text")
        return Array(Shape((Dim.unknown("samples"), Dim.named("maxlen", known))))
    if name in ("to_categorical", "one_hot"):
        return _one_hot(args, kwargs)
    if isinstance(first, list | tuple | Array | int | float):
        made = Array(shape_of_data(first), isinstance(first, Array) and first.is_frame)
        return of_method(made, name, args[1:], kwargs)
    return Missing(f"what `{name}` gives is not known")


def of_method(value: Array, name: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
    """What ``value.name(...)`` gives."""
    shape, dims = value.shape, value.shape.dims
    if value.is_frame and name in _SAME_TABLE:
        return part_of(value) if dims else value
    if value.is_frame and name in ("drop", "join", "merge", "append", "assign", "get_dummies"):
        return _with_other_columns(shape)
    if name in ("fit_transform", "transform", "inverse_transform", "fillna", "tolist"):
        return Array(shape)
    if name in _SAME:
        return Array(shape)
    if name == "reshape":
        target = args[0] if len(args) == 1 else list(args)
        target = kwargs.get("shape", kwargs.get("newshape", target))
        return Array(_reshaped(shape, target))
    if name == "expand_dims":
        return Array(expanded(shape, args[0] if args else kwargs.get("axis", 0)))
    if name in ("ravel", "flatten"):
        known = None if dims is None else [dim.value for dim in dims]
        size = None if known is None or None in known else math.prod(n or 0 for n in known)
        return Array(Shape((Dim.unknown("data") if size is None else Dim.of(size),)))
    if name in ("transpose", "swapaxes"):
        return Array(_transposed(shape, name, args, kwargs))
    if name == "squeeze":
        axis = args[0] if args else kwargs.get("axis")
        if dims is not None and isinstance(axis, int) and -len(dims) <= axis < len(dims):
            at = axis % len(dims)
            return Array(Shape((*dims[:at], *dims[at + 1 :])))
    if name.removeprefix("reduce_") in _REDUCED:
        return _reduced(shape, args, kwargs)
    if name == "repeat" and dims is not None:
        axis = args[1] if len(args) > 1 else kwargs.get("axis")
        if isinstance(axis, int) and -len(dims) <= axis < len(dims):
            changed = list(dims)
            changed[axis] = Dim.unknown("repeated data")
            return Array(Shape(changed))
    return unknown_array(f"what `{name}` gives is not known")


def _table(name: str, kwargs: dict[str, Any]) -> Any:
    if name == "DataFrame":
        return Array(Shape((Dim.unknown("rows"), Dim.unknown("columns"))), is_frame=True)
    if kwargs.keys() & {"squeeze", "iterator", "chunksize", "sheet_name"}:
        return Missing("a table is not known")
    columns = kwargs.get("usecols")
    width = Dim.of(len(columns)) if isinstance(columns, list) else Dim.unknown("columns")
    return Array(Shape((Dim.unknown("rows"), width)), is_frame=True)


def _with_other_columns(shape: Shape) -> Array:
    if shape.rank != 2:
        return unknown_array()
    return Array(Shape((Dim.unknown("rows"), Dim.unknown("columns"))), is_frame=True)


def _length_of_range(name: str, args: list[Any], kwargs: dict[str, Any]) -> Dim:
    if name == "linspace":
        number = kwargs.get("num", args[2] if len(args) > 2 else 50)
        return Dim.named("num", number)
    whole = all(isinstance(one, int) for one in args) and args and not kwargs
    if whole and len(args) < 3:
        return Dim.of(len(range(*args)))
    return Dim.unknown("data")


def _of_many(name: str, values: Any, axis: Any) -> Any:
    if not isinstance(values, list | tuple) or not values or not isinstance(axis, int):
        return unknown_array()
    shapes = [shape_of_data(one) for one in values]
    first = shapes[0]
    if first.dims is None or any(one.rank != first.rank for one in shapes):
        return unknown_array()
    if name == "stack":
        made = expanded(first, axis)
        if made.dims is None:
            return unknown_array()
        at = axis % len(made.dims)
        return Array(Shape((*made.dims[:at], Dim.of(len(values)), *made.dims[at + 1 :])))
    if name in ("vstack", "column_stack") and first.rank == 1:
        other = Dim.of(len(values))
        rows = (other, first[0]) if name == "vstack" else (first[0], other)
        return Array(Shape(rows))
    if name in ("hstack", "column_stack"):
        axis = 1 if len(first.dims) > 1 else 0
    elif name == "vstack":
        axis = 0
    if not -len(first.dims) <= axis < len(first.dims):
        return unknown_array()
    sizes = [one[axis].value for one in shapes]
    total = None if None in sizes else sum(n or 0 for n in sizes)
    joined = list(first.dims)
    joined[axis] = Dim.unknown("data") if total is None else Dim.of(total)
    return Array(Shape(joined))


def _one_hot(args: list[Any], kwargs: dict[str, Any]) -> Array:
    shape = shape_of_data(args[0]) if args else Shape(None)
    given = kwargs.get("num_classes", kwargs.get("depth"))
    count = args[1] if given is None and len(args) > 1 else given
    dims = shape.dims
    if dims is None:
        return unknown_array()
    if len(dims) > 1 and dims[-1].value == 1:
        dims = dims[:-1]
    elif len(dims) > 1 and dims[-1].value is None:
        return unknown_array()
    known = count if isinstance(count, int) else Missing("the number of classes is not known")
    return Array(Shape((*dims, Dim.named("classes", known))))


def _reshaped(shape: Shape, target: Any) -> Shape:
    made = shape_from_sizes(list(target) if isinstance(target, tuple) else target)
    if isinstance(target, int):
        target = [target]
    if made.dims is None or not isinstance(target, list | tuple) or -1 not in target:
        return made
    sizes = [dim.value for dim in shape.dims or ()]
    others = [one for one in target if one != -1]
    if not sizes or None in sizes or not all(isinstance(one, int) and one for one in others):
        return made
    rest = math.prod(n or 0 for n in sizes) // math.prod(others)
    return Shape(Dim.of(rest if one == -1 else one) for one in target)


def _transposed(shape: Shape, name: str, args: list[Any], kwargs: dict[str, Any]) -> Shape:
    dims = shape.dims
    if dims is None:
        return shape
    order: Any = list(range(len(dims)))
    if name == "swapaxes":
        if len(args) != 2 or not all(
            isinstance(one, int) and -len(dims) <= one < len(dims) for one in args
        ):
            return Shape.unknown("the axes are not known")
        one, two = args
        order[one], order[two] = order[two], order[one]
    else:
        given = kwargs.get("axes", kwargs.get("perm", args[0] if len(args) == 1 else list(args)))
        order = list(given) if given else order[::-1]
        if isinstance(given, Unknown) or sorted(map(str, order)) != sorted(
            map(str, range(len(dims)))
        ):
            return Shape.unknown("the axes are not known")
    return Shape(dims[one] for one in order)


def _reduced(shape: Shape, args: list[Any], kwargs: dict[str, Any]) -> Any:
    axis = args[0] if args else kwargs.get("axis")
    dims = shape.dims
    if axis is None:
        return Missing("a number of the data")
    axes: list[Any] = list(axis) if isinstance(axis, list | tuple) else [axis]
    if dims is None or not all(isinstance(n, int) and -len(dims) <= n < len(dims) for n in axes):
        return unknown_array()
    gone = {one % len(dims) for one in axes if isinstance(one, int)}
    keeps = kwargs.get("keepdims", False)
    if not isinstance(keeps, bool):
        return unknown_array()
    rest = [
        Dim.of(1) if at in gone else dim for at, dim in enumerate(dims) if keeps or at not in gone
    ]
    return Array(Shape(rest)) if rest else Missing("a number of the data")
