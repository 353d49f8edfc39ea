"""NumPy's functions that make arrays: of values, of a shape, of ranges, from files."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from rnninspect.ir import shape_ops
from rnninspect.ir.dims import Dim
from rnninspect.ir.shape import Shape
from rnninspect.reader.context import Context
from rnninspect.reader.data.arrays import (
    MAX_NUMBERS,
    array_of,
    dtype_from,
    number_from,
    operand_shape,
    vector_of,
)
from rnninspect.reader.library.calling import (
    Args,
    Implementation,
    Kwargs,
    argument,
    kept,
    number_kind,
    unknown,
)
from rnninspect.reader.library.numpy_table import on_tensors
from rnninspect.reader.sizes import dim_of, shape_from, unknown_array
from rnninspect.reader.values import Array, ListRef, Unresolved, Value


def array_function(position: int = 1) -> Implementation:
    """Return ``np.array`` and its kin; the dtype is the argument at ``position``."""

    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        value = args[0] if args else next(iter(kwargs.values()), None)
        name = "numpy.array"
        tensors = on_tensors(ctx, name, [value], {}, node)
        if tensors is not None:
            return tensors
        if isinstance(value, Unresolved) and value.kind is None:
            return unknown_array(dtype=dtype_from(argument(args, kwargs, position, "dtype")))
        made = array_of(ctx, value, argument(args, kwargs, position, "dtype"))
        minimum = kwargs.get("ndmin", 0)
        rank = made.shape.rank
        if minimum != 0 and (rank is None or not isinstance(minimum, int) or rank < minimum):
            return unknown_array()
        return made if made.shape.dims != () else number_from(made.shape)

    return call


def filled(dtype: str | None, position: int = 1) -> Implementation:
    """Return a function that makes an array of a shape."""

    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        shape = shape_from(ctx, argument(args, kwargs, 0, "shape"))
        stated = argument(args, kwargs, position, "dtype")
        return number_from(shape, dtype if stated is None else dtype_from(stated))

    return call


def _like(dtype: str | None) -> Implementation:
    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        value = args[0] if args else kwargs.get("a")
        tensors = on_tensors(ctx, "numpy.zeros_like", [value], {}, node)
        if tensors is not None:
            return tensors
        shape = operand_shape(ctx, value)
        if "shape" in kwargs:
            shape = shape_from(ctx, kwargs["shape"])
        if isinstance(value, Array) and "dtype" not in kwargs:
            return number_from(shape, value.dtype)
        return number_from(shape, dtype_from(kwargs.get("dtype")))

    return call


def _arange(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    bounds = list(args[:3])
    dtype = kwargs.get("dtype", args[3] if len(args) > 3 else None)
    name = dtype_from(dtype)
    vector = Shape((Dim.unknown("numbers of a range"),))
    if kwargs.keys() & {"start", "stop", "step"} or not bounds:
        return Array(vector, name)
    if all(type(bound) is int for bound in bounds):
        numbers = range(*bounds) if len(bounds) < 3 or bounds[2] else range(0)
        if len(numbers) <= MAX_NUMBERS and (dtype is None or name in ("int64", "int32")):
            return vector_of(numbers) if len(numbers) else Array(Shape.of(0), "int64")
        return Array(Shape.of(len(numbers)), name if dtype is not None else "int64")
    if all(isinstance(bound, int | float) and math.isfinite(bound) for bound in bounds):
        start, stop = (0, bounds[0]) if len(bounds) == 1 else bounds[:2]
        step = bounds[2] if len(bounds) > 2 else 1
        count = max(0, math.ceil((stop - start) / step)) if step else 0
        return Array(Shape.of(count), name if dtype is not None else "float64")
    whole = all(number_kind(bound) is int for bound in bounds)
    return Array(vector, name if dtype is not None else "int64" if whole else None)


def _linspace(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    ends = [argument(args, kwargs, 0, "start"), argument(args, kwargs, 1, "stop")]
    number = argument(args, kwargs, 2, "num", 50)
    shape = Shape((dim_of(number),))
    if not all(isinstance(end, int | float) or number_kind(end) is not None for end in ends):
        shapes = [operand_shape(ctx, end) for end in ends]
        if any(inner.dims != () for inner in shapes) and any(
            not isinstance(end, Unresolved) for end in ends
        ):
            return unknown_array()
    made = Array(shape, "float64" if "dtype" not in kwargs else dtype_from(kwargs["dtype"]))
    returns_step = argument(args, kwargs, 4, "retstep", False)
    if returns_step is not False:
        return (made, Unresolved("a step", float)) if returns_step is True else unknown_array()
    return made


def _eye(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    rows = argument(args, kwargs, 0, "N", kwargs.get("n"))
    columns = argument(args, kwargs, 1, "M")
    return Array(Shape((dim_of(rows), dim_of(rows if columns is None else columns))), "float64")


def _identity(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return _eye(ctx, args[:1], kwargs, node)


def _meshgrid(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    vectors = [shape_ops.flatten(operand_shape(ctx, value)) for value in args]
    sizes = [vector[0] for vector in vectors]
    indexing = kwargs.get("indexing", "xy")
    if kwargs.get("sparse", False) is not False or indexing not in ("xy", "ij"):
        return tuple(unknown_array() for _ in args)
    if indexing == "xy" and len(sizes) > 1:
        sizes[:2] = sizes[1], sizes[0]
    return tuple(Array(Shape(sizes)) for _ in args)


def _load(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    name = argument(args, kwargs, 0, "file")
    if isinstance(name, str) and name.endswith(".npy"):
        return unknown_array("what is read is not known")
    return Unresolved("what is read is not known")


def _read_text(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if kwargs.get("unpack", False) is not False:
        return Unresolved("what is read is not known")
    return unknown_array("what is read is not known")


def _nothing(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return None


def _in_place(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    ctx.state.note_array_write()
    if any(isinstance(value, ListRef) for value in args[:1]):
        return unknown(ctx, args, kwargs, "it is changed in place")
    return None


def _from_function(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    ctx.call_back([*args, *kwargs.values()], "an array is made by a function")
    return unknown_array()


FUNCTIONS: Mapping[str, Implementation] = {
    f"numpy.{name}": function
    for name, function in {
        **{name: array_function() for name in (
            "array", "asarray", "asanyarray", "ascontiguousarray", "asfortranarray", "asmatrix",
            "matrix", "asarray_chkfinite")},
        "zeros": filled("float64"), "ones": filled("float64"), "empty": filled("float64"),
        "ndarray": filled("float64"), "full": filled(None, 2),
        "zeros_like": _like(None), "ones_like": _like(None), "empty_like": _like(None),
        "full_like": _like(None),
        "arange": _arange, "linspace": _linspace, "logspace": _linspace, "geomspace": _linspace,
        "eye": _eye, "identity": _identity, "meshgrid": _meshgrid, "load": _load,
        "loadtxt": _read_text, "genfromtxt": _read_text, "fromfile": _read_text,
        "save": _nothing, "savez": _nothing, "savez_compressed": _nothing, "savetxt": _nothing,
        "set_printoptions": _nothing, "seterr": _nothing,
        "put": _in_place, "copyto": _in_place, "place": _in_place, "fill_diagonal": _in_place,
        "fromfunction": _from_function, "vectorize": kept("a function of arrays"),
        "apply_along_axis": _from_function, "fromiter": _from_function,
    }.items()
}  # fmt: skip
CONSTANTS: Mapping[str, Value] = {
    "numpy.inf": math.inf,
    "numpy.Inf": math.inf,
    "numpy.e": math.e,
}
