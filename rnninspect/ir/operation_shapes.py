"""The shape of each operation of the table, from arguments as a program or a file states them.

Tensors come as Shapes, several of them as a list. A function raises UnknownValue if nothing about
its result is certain, Rejected if the operation certainly fails.
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from functools import cache
from typing import Any

from rnninspect.ir import shape_ops
from rnninspect.ir.dims import Dim, Unknown, UnknownValue
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure


@cache
def first_parameter(shape_function: str) -> str:
    """Return the name of a shape function's first parameter."""
    return next(iter(inspect.signature(globals()[shape_function]).parameters))


def _tensor(x: object) -> Shape:
    """Return an argument as one tensor: a number is a scalar, a list of tensors their stack."""
    if isinstance(x, Shape):
        return x
    if isinstance(x, int | float):
        return Shape(())
    if isinstance(x, list | tuple) and x:
        return shape_ops.stack([_tensor(part) for part in x])
    raise UnknownValue(x.reason if isinstance(x, Unknown) else "it is not applied to one tensor")


def _tensors(xs: object) -> list[Shape]:
    """Return an argument as several tensors."""
    if isinstance(xs, Shape) and xs.dims and xs.dims[0].value is not None:
        parts = shape_ops.unstack(xs)
        return list(parts) if isinstance(parts, tuple) else _tensors(parts)
    if not isinstance(xs, list | tuple):
        raise UnknownValue("it is not applied to tensors that are all known")
    return [x if isinstance(x, Shape) else Shape.unknown("a tensor is not known") for x in xs]


def _several(parts: Structure) -> Structure:
    if isinstance(parts, Unknown):
        raise UnknownValue(parts.reason)
    return parts


def like_first(*args: Any) -> Shape:
    """Return the shape of the first tensor."""
    tensor = next((x for x in args if isinstance(x, Shape)), None)
    if tensor is None:
        raise UnknownValue("it is not applied to a tensor")
    return tensor


def broadcast_all(*args: Any) -> Shape:
    """Return the shape of all tensors broadcast."""
    tensors = [x for x in args if isinstance(x, Shape)]
    if not tensors:
        raise UnknownValue("it is not applied to a tensor")
    if any(isinstance(x, Unknown | list | tuple) for x in args):
        tensors.append(Shape.unknown("an operand is not known"))
    return shape_ops.broadcast(*tensors)


def where(condition: Any, x1: Any = None, x2: Any = None) -> Shape:
    """Return the shape of the three operands broadcast; of a lone condition it is unknown."""
    if x1 is None or x2 is None:
        raise UnknownValue("how many entries are true is not known")
    return broadcast_all(condition, x1, x2)


def reduce(x: Any, axis: Any = None, keepdims: Any = False) -> Shape:
    """Return the shape without the axes that are summed up."""
    return shape_ops.reduce(_tensor(x), axis, keepdims)


def reduce_one(x: Any, axis: Any = None, keepdims: Any = False) -> Shape:
    """Return the shape without the one axis that is searched (``argmax``)."""
    return shape_ops.reduce(_tensor(x), axis, keepdims)


def accumulate(x: Any, axis: Any = None) -> Shape:
    """Return the shape of sums along an axis (``cumsum``); flat if there is none (None)."""
    return shape_ops.flatten(_tensor(x)) if axis is None else _tensor(x)


def concat(xs: Any, axis: Any = 0) -> Shape:
    """Return the shape of tensors one after the other."""
    return shape_ops.concat(_tensors(xs), axis)


def stack(xs: Any, axis: Any = 0) -> Shape:
    """Return the shape of tensors side by side on a new axis."""
    return shape_ops.stack(_tensors(xs), axis)


def hstack(xs: Any) -> Shape:
    """Return the shape of tensors joined on the second axis; vectors on the only one."""
    tensors = _tensors(xs)
    ranks = {x.rank for x in tensors}
    if None in ranks:
        raise UnknownValue("the rank of a tensor is not known")
    flat = [Shape.of(1) if x.rank == 0 else x for x in tensors]
    return shape_ops.concat(flat, 0 if ranks <= {0, 1} else 1)


def vstack(xs: Any) -> Shape:
    """Return the shape of tensors joined on the first axis; vectors are rows."""
    tensors = _tensors(xs)
    if any(x.rank is None for x in tensors):
        raise UnknownValue("the rank of a tensor is not known")
    rows = [Shape((*[Dim.of(1)] * (2 - len(x.require())), *x)) for x in tensors]
    return shape_ops.concat(rows, 0)


def unstack(x: Any, num: Any = None, axis: Any = 0) -> Structure:
    """Return the shapes of the slices along an axis."""
    return _several(shape_ops.unstack(_tensor(x), axis, num))


def split(x: Any, sections: Any, axis: Any = 0) -> Structure:
    """Return the shapes of equal parts, or of the parts between indices."""
    return _several(shape_ops.split(_tensor(x), sections, axis))


def array_split(x: Any, sections: Any, axis: Any = 0) -> Structure:
    """Return the shapes of parts that are as equal as possible."""
    return _several(shape_ops.array_split(_tensor(x), sections, axis))


def split_sizes(x: Any, sizes: Any, axis: Any = 0) -> Structure:
    """Return the shapes of equal parts (a number), or of parts of these sizes."""
    if isinstance(sizes, list | tuple):
        return _several(shape_ops.split_sizes(_tensor(x), sizes, axis))
    return _several(shape_ops.split(_tensor(x), sizes, axis))


def expand_dims(x: Any, axis: Any = -1) -> Shape:
    """Return the shape with new axes of size 1."""
    return shape_ops.expand_dims(_tensor(x), axis)


def squeeze(x: Any, axis: Any = None) -> Shape:
    """Return the shape without axes of size 1."""
    return shape_ops.squeeze(_tensor(x), None if axis == [] else axis)


def reshape(x: Any, target: Any) -> Shape:
    """Return another shape; one None in it is what is left, as -1 is."""
    if isinstance(target, list | tuple):
        sizes = list(target)
        if -1 not in [size for size in sizes if isinstance(size, int)] and sizes.count(None) == 1:
            sizes[sizes.index(None)] = -1
        target = sizes
    return shape_ops.reshape(_tensor(x), target)


def flatten(x: Any) -> Shape:
    """Return the shape of all numbers on one axis."""
    return shape_ops.flatten(_tensor(x))


def batch_flatten(x: Any) -> Shape:
    """Return the shape of all axes but the batch joined into one."""
    return shape_ops.flatten(_tensor(x), 1)


def transpose(x: Any, axes: Any = None) -> Shape:
    """Return the shape with its axes in another order."""
    return shape_ops.transpose(_tensor(x), axes)


def swapaxes(x: Any, axis1: Any, axis2: Any) -> Shape:
    """Return the shape with two axes exchanged."""
    return shape_ops.swapaxes(_tensor(x), axis1, axis2)


def moveaxis(x: Any, source: Any, destination: Any) -> Shape:
    """Return the shape with axes moved."""
    return shape_ops.moveaxis(_tensor(x), source, destination)


def matmul(a: Any, b: Any, transpose_a: Any = False, transpose_b: Any = False) -> Shape:
    """Return the shape of the matrix product."""
    return shape_ops.matmul(_tensor(a), _tensor(b), transpose_a, transpose_b)


def dot(a: Any, b: Any) -> Shape:
    """Return the shape of NumPy's ``dot``."""
    return shape_ops.dot(_tensor(a), _tensor(b))


def tile(x: Any, repeats: Any) -> Shape:
    """Return the shape with every axis repeated."""
    return shape_ops.tile(_tensor(x), repeats)


def repeat(x: Any, repeats: Any, axis: Any = None) -> Shape:
    """Return the shape with every entry along an axis repeated."""
    return shape_ops.repeat(_tensor(x), repeats, axis)


def repeat_vector(x: Any, n: Any) -> Shape:
    """Return ``(batch, n, features)`` for ``(batch, features)``."""
    return shape_ops.repeat(shape_ops.expand_dims(_tensor(x), 1), n, 1)


def pad(x: Any, width: Any) -> Shape:
    """Return the shape with entries before and after each axis."""
    return shape_ops.pad(_tensor(x), width)


def take(x: Any, indices: Any, axis: Any = None) -> Shape:
    """Return the shape with one axis replaced by those of the indices."""
    return shape_ops.take(_tensor(x), indices, axis)


def gather(x: Any, indices: Any, axis: Any = None, batch_dims: Any = 0) -> Shape:
    """Return the shape with one axis, the first by default, replaced by those of the indices."""
    if batch_dims != 0:
        raise UnknownValue("gather with batch_dims is not modelled")
    return shape_ops.take(_tensor(x), indices, 0 if axis is None else axis)


def getitem(x: Any, key: Any) -> Shape:
    """Return the shape of ``x[key]``; a file records a tuple as a list."""
    return shape_ops.getitem(_tensor(x), tuple(key) if isinstance(key, list) else key)


def one_hot(x: Any, depth: Any, axis: Any = -1) -> Shape:
    """Return the shape with a new axis of classes."""
    dims = _tensor(x).require()
    at = shape_ops.normalize_axis(axis, len(dims) + 1)
    if at is None:
        raise UnknownValue("the axis is not known")
    return Shape((*dims[:at], Dim.named("depth", depth), *dims[at:]))


def shape_of(x: Any) -> Shape:
    """Return the shape of a tensor that holds a shape."""
    return Shape((Dim.of(len(_tensor(x).require())),))


def resize(x: Any, size: Any) -> Shape:
    """Return the shape of pictures of another height and width, channels last."""
    dims = _tensor(x).require()
    sizes: Sequence[Any] = size if isinstance(size, list | tuple) else ()
    if len(sizes) != 2 or len(dims) not in (3, 4):
        raise UnknownValue("the new size is not known")
    return Shape((*dims[:-3], *(Dim.named("size", n) for n in sizes), dims[-1]))
