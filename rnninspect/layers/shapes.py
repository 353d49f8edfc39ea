"""What operations on tensors do to shapes, whichever library they come from.

Sources: ``keras/src/ops/numpy.py``, and the functions of the same names in TensorFlow. A function
raises UnknownValue where an argument that decides is not known, Rejected where it cannot be met.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import suppress

from rnninspect.ir.dims import DYNAMIC, Dim, UnknownValue
from rnninspect.ir.operation import Rejected
from rnninspect.ir.shape import Shape
from rnninspect.layers.merging import broadcast
from rnninspect.layers.reshaping import Reshape


def axis_in(axis: object, rank: int) -> int:
    """An axis counted from the front."""
    if isinstance(axis, bool) or not isinstance(axis, int):
        raise UnknownValue(f"axis is {axis!r}")
    if not -rank <= axis < rank:
        raise Rejected(f"axis {axis} is out of bounds for an array of dimension {rank}")
    return axis % rank


def elementwise(shapes: Sequence[Shape]) -> Shape:
    """The shape of an operation number by number."""
    if not shapes:
        raise UnknownValue("the operation is not applied to a tensor")
    result = shapes[0]
    for shape in shapes[1:]:
        result = broadcast(result, shape)
    return result


def reduced(x: Shape, axis: object, keepdims: object) -> Shape:
    """Without the axes that are summed up, or with 1 in their place."""
    dims = list(x.require())
    axes = range(len(dims)) if axis is None else axis if isinstance(axis, list | tuple) else [axis]
    chosen = {axis_in(one, len(dims)) for one in axes}
    if keepdims:
        return Shape(Dim.of(1) if i in chosen else dim for i, dim in enumerate(dims))
    return Shape(dim for i, dim in enumerate(dims) if i not in chosen)


def expanded(x: Shape, axis: object) -> Shape:
    """With a new axis of size 1."""
    dims = list(x.require())
    dims.insert(axis_in(axis, len(dims) + 1), Dim.of(1))
    return Shape(dims)


def sliced(x: Shape, key: object) -> Shape:
    """``x[key]`` with whole numbers, slices, None and ``...`` (Keras: ``GetItem``)."""
    dims = list(x.require())
    keys = list(key) if isinstance(key, list | tuple) else [key]
    used = sum(1 for one in keys if one is not None and one is not Ellipsis)
    result: list[Dim] = []
    for one in keys:
        if one is Ellipsis:
            rest = len(dims) - used
            result += dims[:rest]
            del dims[:rest]
        elif one is None:
            result.append(Dim.of(1))
        elif not dims:
            raise Rejected(f"too many indices for shape {x}")
        elif isinstance(one, bool) or not isinstance(one, int | slice):
            raise UnknownValue("an index is not known")
        elif isinstance(one, slice):
            result.append(_span(dims.pop(0), one))
            used -= 1
        else:
            dims.pop(0)
            used -= 1
    return Shape((*result, *dims))


def _span(dim: Dim, key: slice) -> Dim:
    if key == slice(None):
        return dim
    if dim.value is None:
        return DYNAMIC if dim.dynamic else dim
    bounds = (key.start, key.stop, key.step)
    if any(b is not None and not isinstance(b, int) for b in bounds) or key.step == 0:
        return Dim.unknown("the slice is not known")
    return Dim.of(len(range(*key.indices(dim.value))))


def squeezed(x: Shape, axis: object) -> Shape:
    """Without the axes of size 1, or without those that are named."""
    dims = x.require()
    if axis is None or axis == []:
        if any(dim.value is None for dim in dims[1:]):
            raise UnknownValue("which axes have size 1 is not known")
        return Shape(dim for dim in dims if dim.value != 1)
    axes = axis if isinstance(axis, list | tuple) else [axis]
    gone = {axis_in(one, len(dims)) for one in axes}
    for one in gone:
        if dims[one].value not in (None, 1):
            raise Rejected(f"Cannot squeeze axis={one}, because the dimension is not 1.")
    return Shape(dim for i, dim in enumerate(dims) if i not in gone)


def transposed(x: Shape, order: object) -> Shape:
    """The axes in another order; reversed where none is given."""
    dims = x.require()
    if order is None:
        return Shape(reversed(dims))
    if not isinstance(order, list | tuple) or len(order) != len(dims):
        raise UnknownValue("the order of the axes is not known")
    return Shape(dims[axis_in(axis, len(dims))] for axis in order)


def reshaped(x: Shape, target: object) -> Shape:
    """Another shape, the batch included, with one size of -1 for what is left."""
    if not isinstance(target, list | tuple) or not all(isinstance(n, int | None) for n in target):
        raise UnknownValue("the target shape is not known")
    dims = x.require()
    sizes = [None if n == -1 else n for n in target]
    if dims and sizes and sizes[0] is None and dims[0].value is None:
        with suppress(Rejected):  # the batch is folded with other axes: its size is open
            kept = Reshape(target_shape=tuple(target[1:])).output(x).require()
            return Shape((dims[0], *kept[1:]))
    known = [dim.value for dim in dims]
    if sizes.count(None) == 1 and all(n is not None for n in known):
        size = math.prod(n or 0 for n in known)
        rest = math.prod(n for n in sizes if n is not None)
        if rest and size % rest == 0:
            return Shape(Dim.of(size // rest if n is None else n) for n in sizes)
    return Shape(DYNAMIC if n is None else Dim.of(n) for n in sizes)


def stacked(shapes: Sequence[Shape], axis: object) -> Shape:
    """Several tensors of one shape on a new axis."""
    dims = list(elementwise(shapes).require())
    dims.insert(axis_in(axis, len(dims) + 1), Dim.of(len(shapes)))
    return Shape(dims)


def unstacked(x: Shape, axis: object) -> tuple[Shape, ...]:
    """A tensor cut into its slices along an axis."""
    dims = list(x.require())
    count = dims.pop(axis_in(axis, len(dims))).value
    if count is None or count > 10_000:
        raise UnknownValue("how many slices there are is not known")
    return (Shape(dims),) * count


def parted(x: Shape, parts: object, axis: object) -> tuple[Shape, ...]:
    """A tensor cut into equal parts, or into parts of given sizes, along an axis."""
    dims = list(x.require())
    at = axis_in(axis, len(dims))
    if isinstance(parts, int) and 0 < parts <= 10_000:
        size = dims[at].apply(lambda n: n // parts)
        sizes = [size] * parts
    elif isinstance(parts, list | tuple) and all(isinstance(n, int) and n >= 0 for n in parts):
        sizes = [Dim.of(n) for n in parts]
    else:
        raise UnknownValue("how the tensor is split is not known")
    return tuple(Shape((*dims[:at], size, *dims[at + 1 :])) for size in sizes)


def multiplied(a: Shape, b: Shape, transpose_a: object, transpose_b: object) -> Shape:
    """The matrix product over the last two axes."""
    one, two = list(a.require()), list(b.require())
    if len(one) < 2 or len(two) < 2:
        raise UnknownValue("a matrix product with a vector is not modelled")
    if transpose_a:
        one[-2:] = reversed(one[-2:])
    if transpose_b:
        two[-2:] = reversed(two[-2:])
    if None not in (one[-1].value, two[-2].value) and one[-1].value != two[-2].value:
        raise Rejected(f"Matrix size-incompatible: {a}, {b}")
    front = broadcast(Shape(one[:-2]), Shape(two[:-2])).require()
    return Shape((*front, one[-2], two[-1]))


def tiled(x: Shape, times: object) -> Shape:
    """Every axis repeated so many times."""
    dims = x.require()
    if not isinstance(times, list | tuple) or len(times) != len(dims):
        raise UnknownValue("how often the tensor is repeated is not known")
    return Shape(
        dim if n == 1 else dim.apply(lambda size, n=n: size * n)  # type: ignore[misc]
        for dim, n in zip(dims, times, strict=True)
    )


def padded(x: Shape, paddings: object) -> Shape:
    """Every axis with so much before and after it."""
    dims = x.require()
    if not isinstance(paddings, list | tuple) or len(paddings) != len(dims):
        raise UnknownValue("how much is padded is not known")
    made = []
    for dim, more in zip(dims, paddings, strict=True):
        if not isinstance(more, list | tuple) or len(more) != 2:
            raise UnknownValue("how much is padded is not known")
        extra = sum(more)
        made.append(dim.apply(lambda size, extra=extra: size + extra) if extra else dim)  # type: ignore[misc]
    return Shape(made)


def taken(x: Shape, indices: object, axis: object) -> Shape:
    """The slices along an axis that a list of numbers picks."""
    dims = x.require()
    at = axis_in(axis, len(dims))
    if isinstance(indices, int):
        return Shape((*dims[:at], *dims[at + 1 :]))
    if not isinstance(indices, list | tuple) or not all(isinstance(n, int) for n in indices):
        raise UnknownValue("which slices are picked is not known")
    return Shape((*dims[:at], Dim.of(len(indices)), *dims[at + 1 :]))


def resized(x: Shape, size: object) -> Shape:
    """Pictures of another height and width, channels last."""
    dims = x.require()
    if not isinstance(size, list | tuple) or len(size) != 2 or len(dims) not in (3, 4):
        raise UnknownValue("the new size is not known")
    return Shape((*dims[:-3], *(Dim.named("size", n) for n in size), dims[-1]))
