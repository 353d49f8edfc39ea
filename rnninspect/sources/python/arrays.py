"""The shapes of data in memory: of literals, slices, arithmetic, and of shapes themselves."""

from __future__ import annotations

from typing import Any

from rnninspect.ir.dims import Dim, Unknown
from rnninspect.ir.shape import Shape
from rnninspect.sources.python.run import shape_of
from rnninspect.sources.python.values import Array, Missing

_NOT_KNOWN = "the shape of the data is not known"


def unknown_array(reason: str = _NOT_KNOWN) -> Array:
    """Data of which nothing is known, not even the number of axes."""
    return Array(Shape.unknown(reason))


def shape_from_sizes(value: Any) -> Shape:
    """The shape that ``np.zeros(value)`` has."""
    if isinstance(value, Shape):
        return value
    if isinstance(value, int):
        return Shape((Dim.of(value),))
    if isinstance(value, list | tuple) and all(isinstance(n, int | Unknown) for n in value):
        return Shape(
            Dim.unknown("data") if isinstance(one, Unknown) or one < 0 else Dim.of(one)
            for one in value
        )
    return Shape.unknown(_NOT_KNOWN)


def shape_of_data(value: Any) -> Shape:
    """The shape that ``np.array(value)`` has."""
    if isinstance(value, Array):
        return value.shape
    if isinstance(value, list | tuple | range) and value:
        inner = [shape_of_data(one) for one in value]
        first = inner[0]
        if first.dims is None or any(one.rank != first.rank for one in inner):
            return Shape.unknown(_NOT_KNOWN)
        same = all(one.sizes == first.sizes for one in inner)
        if not same and any(None not in (one.sizes or (None,)) for one in inner):
            return Shape.unknown("the rows of the data differ")
        return Shape((Dim.of(len(value)), *first.dims))
    if isinstance(value, int | float | bool):
        return Shape(())
    return Shape.unknown(_NOT_KNOWN)


def rows_of(item: Any, reason: str) -> Any:
    """A list of unknown length whose items are like this one."""
    shape = shape_of_data(item)
    if shape.dims is None and isinstance(item, list | tuple):
        shape = Shape((Dim.of(len(item)),))
    if shape.dims is None:
        return Missing(reason)
    return Array(Shape((Dim.unknown(reason), *shape.dims)), is_list=True)


def part_of(value: Any) -> Any:
    """Some of the rows of data."""
    if isinstance(value, Array) and value.shape.dims:
        return Array(Shape((Dim.unknown("samples"), *value.shape.dims[1:])), value.is_frame)
    return Missing("a part of the data")


def expanded(shape: Shape, axis: Any) -> Shape:
    """A shape with an axis of size 1 more."""
    dims = shape.dims
    if dims is None or not isinstance(axis, int) or not -len(dims) - 1 <= axis <= len(dims):
        return Shape.unknown(_NOT_KNOWN)
    at = axis % (len(dims) + 1)
    return Shape((*dims[:at], Dim.of(1), *dims[at:]))


def size_of(dim: Dim) -> Any:
    """A size as a number of the program: None for an axis of any size."""
    if dim.value is not None:
        return dim.value
    return None if dim.dynamic else Missing(dim.reason or "a size is not known")


def sizes_of(shape: Shape) -> Any:
    """A shape as a tuple of the program."""
    if shape.dims is None:
        return Missing("a shape is not known")
    return tuple(size_of(dim) for dim in shape.dims)


def item_of_shape(shape: Shape, key: Any) -> Any:
    """``x.shape[key]``."""
    if isinstance(key, slice):
        parts = (key.start, key.stop, key.step)
        if shape.dims is None or any(isinstance(one, Unknown) for one in parts):
            return Missing("a shape is not known")
        return tuple(size_of(dim) for dim in shape.dims[key])
    if not isinstance(key, int):
        return Missing("a size is not known")
    try:
        return size_of(shape[key])
    except IndexError:
        return Missing("a size is not known")


def combined(left: Any, right: Any) -> Any:
    """What arithmetic on data and a number, or on two of them, gives."""
    shapes = [shape_of(one) for one in (left, right) if isinstance(one, Array)]
    if len(shapes) == 1:
        other = right if isinstance(left, Array) else left
        return Array(shapes[0]) if isinstance(other, int | float) else unknown_array()
    if shapes[0].rank is not None and shapes[0].rank == shapes[1].rank:
        dims = [
            one if one.value == two.value else Dim.unknown("a size is not known")
            for one, two in zip(shapes[0], shapes[1], strict=True)
        ]
        return Array(Shape(dims))
    return unknown_array()


def element_of(value: Array) -> Any:
    """What a loop over data goes through."""
    if value.is_frame:
        return Missing("a column of a table")
    if value.shape.rank:
        return Array(value.shape[1:]) if value.shape.rank > 1 else Missing("an item of the data")
    return Missing("an item is not known")


def item_of(value: Array, key: Any) -> Any:
    """``x[key]``."""
    dims = value.shape.dims
    if dims is None:
        return unknown_array(value.shape.reason)
    if value.is_frame and not isinstance(key, slice | tuple):
        return _columns(value, key)
    keys = list(key) if isinstance(key, tuple) else [key]
    left, made = list(dims), []
    for one in keys:
        if one is None:
            made.append(Dim.of(1))
        elif one is Ellipsis and left:
            kept = max(0, len(left) - (len(keys) - keys.index(Ellipsis) - 1 - keys.count(None)))
            made += left[:kept]
            del left[:kept]
        elif not left:
            return unknown_array()
        elif isinstance(one, slice):
            made.append(_sliced(left.pop(0), one))
        elif isinstance(one, int) and not isinstance(one, bool):
            left.pop(0)
        else:
            return unknown_array()
    rest = (*made, *left)
    return Array(Shape(rest), value.is_frame) if rest else Missing("a number of the data")


def _sliced(dim: Dim, key: slice) -> Dim:
    if key == slice(None):
        return dim
    parts = (key.start, key.stop, key.step)
    if all(one is None or isinstance(one, int) for one in parts):
        if dim.value is not None:
            return Dim.of(len(range(*key.indices(dim.value)))) if key.step != 0 else dim
        width = (key.stop or 0) - (key.start or 0)
        if key.step is None and width == 1 and (key.start or 0) >= 0:
            return Dim.of(1)  # iloc[:, 1:2] of a table with that column
    return Dim.unknown("a slice of the data")


def _columns(value: Array, key: Any) -> Any:
    """``table["a"]``, ``table[["a", "b"]]``, ``table[rows]``."""
    dims = value.shape.require()
    if isinstance(key, str) and len(dims) == 2:
        return Array(Shape(dims[:1]), is_frame=True)
    if isinstance(key, list) and len(dims) == 2 and all(isinstance(one, str) for one in key):
        return Array(Shape((dims[0], Dim.of(len(key)))), is_frame=True)
    return unknown_array()
