"""Number by number, sums along axes, and products of matrices."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rnninspect.ir.dims import DYNAMIC, Dim
from rnninspect.ir.operation import Rejected
from rnninspect.ir.shape import Shape
from rnninspect.ir.shape_ops.axes import differ, flag, is_axis_of_scalar, normalize_axes, reason_of

_NO_RANK = "the rank of an operand is not known"


def broadcast_dim(a: Dim, b: Dim) -> Dim:
    """Return the size of one axis of an elementwise result, of sizes that do not contradict."""
    for dim, other in ((a, b), (b, a)):
        if dim.value == 1:
            return other
    for dim, other in ((a, b), (b, a)):
        if dim.value is not None:  # the other one is the same or 1
            return dim
        if dim.is_unknown:
            return dim if not other.value else other
    return DYNAMIC


def broadcast(*shapes: Shape, join: Callable[[Dim, Dim], Dim] = broadcast_dim) -> Shape:
    """Return the shape of an elementwise result; shorter shapes are extended in front.

    Source: ``broadcast_shapes`` in ``keras/src/ops/operation_utils.py``; Rejected in TensorFlow's
    words. The shape of no operands is that of a scalar. ``join`` makes one size of two that do
    not contradict.
    """
    if not shapes:
        return Shape(())
    result = shapes[0]
    for shape in shapes[1:]:
        result = _broadcast_two(result, shape, join)
    return result


def _broadcast_two(left: Shape, right: Shape, join: Callable[[Dim, Dim], Dim]) -> Shape:
    if left.dims is None or right.dims is None:
        unknown = left if left.dims is None else right
        return Shape.unknown(unknown.reason or _NO_RANK)
    long, short = sorted((left.dims, right.dims), key=len, reverse=True)
    front = len(long) - len(short)
    result = list(long)
    for axis, dim in enumerate(short, start=front):
        if differ(dim, long[axis]) and 1 not in (dim.value, long[axis].value):
            raise Rejected(f"Inputs have incompatible shapes. Received shapes {left} and {right}")
        result[axis] = join(long[axis], dim)
    return Shape(result)


def reduce(x: Shape, axis: object = None, keepdims: object = False) -> Shape:
    """Return the shape of a sum (mean, maximum, ...) along one axis, several, or all (None)."""
    keeps = flag(keepdims)
    if (axis is None and keeps is False) or is_axis_of_scalar(axis, x):
        return Shape(())
    if x.dims is None or keeps is None:
        return Shape.unknown(x.reason or reason_of(keepdims, "keepdims is not known"))
    rank = len(x.dims)
    axes = list(range(rank)) if axis is None else normalize_axes(axis, rank)
    reason = reason_of(axis, "the axis is not known")
    if axes is None or None in axes:
        if keeps:
            certain = {at for at in axes or () if at is not None}
            return Shape(
                Dim.of(1) if at in certain or dim.value == 1 else Dim.unknown(reason)
                for at, dim in enumerate(x.dims)
            )
        if axes is None:
            return Shape.unknown(reason)
        return Shape(Dim.unknown(reason) for _ in range(rank - len(axes)))
    if keeps:
        return Shape(Dim.of(1) if at in axes else dim for at, dim in enumerate(x.dims))
    return Shape(dim for at, dim in enumerate(x.dims) if at not in axes)


def matmul(a: Shape, b: Shape, transpose_a: object = False, transpose_b: object = False) -> Shape:
    """Return the shape of the matrix product over the last two axes (NumPy's ``a @ b``).

    A vector counts as one row (left) or one column (right), which is then left out. Rejected in
    TensorFlow's words.
    """
    flips = flag(transpose_a), flag(transpose_b)
    if a.dims is None or b.dims is None or None in flips:
        return Shape.unknown(a.reason or b.reason or _NO_RANK)
    left, right = list(a.dims), list(b.dims)
    if not left or not right:
        raise Rejected("matmul: Input operand 0 does not have enough dimensions")
    for dims, flip in zip((left, right), flips, strict=True):
        if flip and len(dims) > 1:
            dims[-2:] = reversed(dims[-2:])
    row, column = left[-2:-1], right[-1:] if len(right) > 1 else []
    if differ(left[-1], right[-2] if column else right[-1]):
        raise Rejected(f"Matrix size-incompatible: {a}, {b}")
    front = broadcast(Shape(left[:-2]), Shape(right[:-2]))
    return front + [*row, *column]


def dot(a: Shape, b: Shape) -> Shape:
    """Return the shape of NumPy's ``dot``: over the last axis of a and the second last of b."""
    if a.dims is None or b.dims is None:
        return Shape.unknown(a.reason or b.reason or _NO_RANK)
    if not a.dims or not b.dims:
        return Shape((*a.dims, *b.dims))
    at = max(len(b.dims) - 2, 0)
    if differ(a.dims[-1], b.dims[at]):
        raise Rejected(f"shapes {a} and {b} not aligned")
    rest: Iterable[Dim] = (dim for axis, dim in enumerate(b.dims) if axis != at)
    return Shape((*a.dims[:-1], *rest))
