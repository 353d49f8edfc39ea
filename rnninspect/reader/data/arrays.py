"""Arrays: made of values of the program, and values made of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rnninspect.ir.dims import Dim
from rnninspect.ir.shape import Shape
from rnninspect.reader.cells import ListCell
from rnninspect.reader.context import Context
from rnninspect.reader.sizes import listed, numbers_of, shape_of_value
from rnninspect.reader.values import Array, External, FrameRef, ListRef, Unresolved, Value

MAX_NUMBERS = 1000
"""How long a vector may be whose numbers are kept."""
NOT_KNOWN = "the shape of the data is not known"
A_NUMBER = "a number of the data"

_DTYPES: Mapping[str, str] = {
    "builtins.float": "float64", "builtins.int": "int64", "builtins.bool": "bool",
    "builtins.object": "object", "builtins.str": "str", "numpy.bool_": "bool", "float": "float64",
    "int": "int64", "f": "float32", "i": "int32", "numpy.float_": "float64", "O": "object",
}  # fmt: skip


def dtype_from(value: Value) -> str | None:
    """Return the name of a ``dtype`` argument; None if it is not known or not given."""
    if isinstance(value, External):
        return _DTYPES.get(value.path, value.last)
    if isinstance(value, str):
        return _DTYPES.get(value, value)
    return None


def data_shape(ctx: Context, value: Value) -> Shape | None:
    """Return the shape of an array or table; None for other values."""
    if isinstance(value, Array):
        return value.shape
    if isinstance(value, FrameRef):
        shape: Shape = ctx.state.get(value).shape
        return shape
    return None


def number_from(shape: Shape, dtype: str | None = None) -> Value:
    """Return an array of a shape; what has no axes is a number."""
    if shape.dims == ():
        return Unresolved(A_NUMBER)
    return Array(shape, dtype)


def vector_of(numbers: Sequence[int], dtype: str = "int64") -> Array:
    """Return a vector of known whole numbers."""
    return Array(Shape.of(len(numbers)), dtype, tuple(numbers) or None)


def array_of(ctx: Context, value: Value, dtype: Value = None) -> Array:
    """Return ``np.array(value, dtype)``."""
    name = dtype_from(dtype)
    if isinstance(value, Array):
        if dtype is None:
            return value
        keeps = value.values is not None and name in ("int64", "int32", "int")
        return Array(value.shape, name, value.values if keeps else None)
    shape = shape_of_value(ctx, value)
    items = None if isinstance(value, str) else listed(ctx, value)
    if name == "object" and not _is_flat(items):
        return Array(Shape.unknown("objects may be arrays themselves"), name)
    whole = ("int64", "int32", "int")
    is_short = items is not None and 0 < len(items) <= MAX_NUMBERS
    if items is not None and is_short and all(type(n) is int for n in items) and (
        dtype is None or name in whole
    ):  # fmt: skip
        return vector_of(items, name or "int64")
    return Array(shape, name if dtype is not None else common_dtype(ctx, value))


def _is_flat(items: tuple[Value, ...] | None) -> bool:
    return items is not None and all(isinstance(item, bool | int | float | str) for item in items)


def common_dtype(ctx: Context, value: Value, depth: int = 4) -> str | None:
    """Return the dtype that NumPy finds out for nested constants."""
    if type(value) is bool:
        return "bool"
    if isinstance(value, int):
        return "int64"
    if isinstance(value, float):
        return "float64"
    if isinstance(value, str):
        return "str"
    if isinstance(value, Array):
        return value.dtype
    if isinstance(value, Unresolved):
        return {bool: "bool", int: "int64", float: "float64", str: "str"}.get(value.kind or object)
    if depth == 0 or isinstance(value, FrameRef):
        return None
    if isinstance(value, ListRef) and not ctx.state.get(value).exact:
        cell: ListCell = ctx.state.get(value)
        return None if cell.is_open else common_dtype(ctx, cell.element, depth - 1)
    kinds = {common_dtype(ctx, item, depth - 1) for item in listed(ctx, value) or ()}
    if len(kinds) == 1:
        return kinds.pop()
    return "float64" if kinds == {"int64", "float64"} else None


def any_dims(shape: Shape, others: Sequence[Shape]) -> Shape:
    """Return a broadcast shape in which no size counts as that of one operand without being so.

    Of two sizes that are not known, either may be 1.
    """
    if shape.dims is None:
        return shape
    made: list[Dim] = []
    for back, dim in enumerate(reversed(shape.dims), start=1):
        aligned = [
            other.dims[-back]
            for other in others
            if other.dims is not None and len(other.dims) >= back
        ]
        sure = all(one is dim or one.value == 1 for one in aligned)
        made.append(dim if sure or not dim.is_unknown else Dim.unknown(dim.reason or NOT_KNOWN))
    return Shape(reversed(made))


def operand_shape(ctx: Context, value: Value) -> Shape:
    """Return the shape with which a value takes part in arithmetic on data."""
    known = data_shape(ctx, value)
    if known is not None:
        return known
    if isinstance(value, Unresolved) and value.kind is None:
        return Shape.unknown("an operand is not known")
    if value is None:
        return Shape(())
    return shape_of_value(ctx, value)


def plain(ctx: Context, value: Value) -> Any:
    """Return an argument that states sizes or axes, as Python has it; Unknown for what is not."""
    if isinstance(value, Unresolved) or value is None or isinstance(value, bool | int | float):
        if isinstance(value, Unresolved) and value.key is not None and value.key[0] == "size":
            return value.key[1]
        return value
    if isinstance(value, Array):
        numbers = numbers_of(ctx, value)
        return Unresolved(NOT_KNOWN) if numbers is None else list(numbers)
    if type(value) is tuple:
        return tuple(plain(ctx, item) for item in value)
    items = listed(ctx, value)
    if items is None:
        return Unresolved(NOT_KNOWN)
    return [plain(ctx, item) for item in items]


def without_dims(value: Any) -> Any:
    """Return a plain argument with sizes that are not known as Unknown."""
    if isinstance(value, Dim):
        return Unresolved(value.reason, int) if value.value is None else value.value
    if isinstance(value, tuple | list):
        return type(value)(map(without_dims, value))
    return value


def total_of(ctx: Context, value: Value, function: Callable[[Any], Any]) -> Value | None:
    """Return what a function gives of all numbers of a vector, where they are known."""
    if isinstance(value, Array):
        numbers = numbers_of(ctx, value)
    elif isinstance(value, ListRef | tuple | range):
        numbers = listed(ctx, value)
    else:
        return None
    if not numbers or not all(type(number) is int for number in numbers):
        return None
    if len(numbers) > MAX_NUMBERS:
        return None
    result = function(numbers)
    return result if not isinstance(result, int) or abs(result) < 2**63 else None
