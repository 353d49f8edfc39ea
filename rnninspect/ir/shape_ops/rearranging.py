"""The same numbers under other axes."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rnninspect.ir.dims import DYNAMIC, Dim, Unknown, product
from rnninspect.ir.operation import Rejected
from rnninspect.ir.shape import Shape
from rnninspect.ir.shape_ops.axes import (
    is_axis_of_scalar,
    is_whole,
    normalize_axes,
    normalize_axis,
    reason_of,
    unknown_sizes,
)

_NO_AXIS = "the axis is not known"
_NO_TARGET = "the target shape is not known"


def flatten(x: Shape, start: int = 0) -> Shape:
    """Return the shape with all axes from ``start`` on joined into one (``ravel``)."""
    if x.dims is None:
        return unknown_sizes(1, x.reason) if start == 0 else Shape.unknown(x.reason)
    return Shape((*x.dims[:start], product(x.dims[start:])))


def reshape(x: Shape, target: object) -> Shape:
    """Return another shape of as many numbers; one size may be -1: whatever is left.

    ``target`` is a size or a sequence of sizes: numbers, None (a dynamic size), Unknown, or Dims.
    A Dim that x has too (the same object), or the dynamic batch axis in front of both, counts as
    equal. Source: ``compute_reshape_output_shape`` in ``keras/src/ops/operation_utils.py``.
    """
    wanted = _sizes_of(target)
    if wanted is None:
        return Shape.unknown(reason_of(target, _NO_TARGET))
    targets = [dim.value for dim in wanted]
    if targets.count(-1) > 1 or any(n is not None and n < -1 for n in targets):
        raise Rejected(f"There must be at most one unknown dimension (-1): {tuple(targets)}")
    if x.dims is None:
        left = Dim.unknown(x.reason or _NO_TARGET)
        return Shape(left if dim.value == -1 else dim for dim in wanted)
    have, want = _without_common(x.dims, wanted)
    size = math.prod(dim.value for dim in have if dim.value is not None)
    stated = math.prod(dim.value for dim in want if dim.value not in (None, -1))
    open_have = [dim for dim in have if dim.value is None]
    open_want = [dim for dim in want if dim.value in (None, -1)]
    if not open_have or size == 0:
        _reject_other_size(x, wanted, size, stated, bool(open_want))
    at = next((axis for axis, dim in enumerate(wanted) if dim.value == -1), None)
    if at is None:
        if not open_have and len(open_want) == 1 and open_want[0].is_unknown and stated:
            rest = Dim.of(size // stated)
            return Shape(rest if dim is open_want[0] else dim for dim in wanted)
        return Shape(wanted)
    others = [dim for dim in open_want if dim.value is None]
    wanted[at] = _left(open_have, others, size, stated)
    return Shape(wanted)


def _sizes_of(target: object) -> list[Dim] | None:
    """Return the sizes that a program asks for, or None if not even their number is known."""
    if isinstance(target, Shape):
        return None if target.dims is None else list(target.dims)
    entries: Sequence[object] = target if isinstance(target, list | tuple) else [target]
    if entries is not target and not is_whole(target) and not isinstance(target, Dim):
        return None
    return [
        entry
        if isinstance(entry, Dim)
        else DYNAMIC
        if entry is None
        else Dim.of(entry)
        if isinstance(entry, int)
        else Dim.unknown(reason_of(entry, _NO_TARGET))
        for entry in entries
    ]


def _without_common(dims: Sequence[Dim], wanted: list[Dim]) -> tuple[list[Dim], list[Dim]]:
    """Return both sides without the axes of unknown size that are certainly the same."""
    have, want = list(dims), list(wanted)
    if have and want and have[0].dynamic and want[0].dynamic:
        del have[0], want[0]
    for dim in dims:
        if dim.is_unknown and any(other is dim for other in want):
            have = _without(have, dim)
            want = _without(want, dim)
    return have, want


def _without(dims: list[Dim], gone: Dim) -> list[Dim]:
    at = next(axis for axis, dim in enumerate(dims) if dim is gone)
    return dims[:at] + dims[at + 1 :]


def _reject_other_size(x: Shape, wanted: list[Dim], size: int, stated: int, is_open: bool) -> None:
    """Raise Rejected if x, of known size, certainly has not as many numbers as the target."""
    if is_open:
        fits = size % stated == 0 if stated else size == 0 and all(d.value != -1 for d in wanted)
    else:
        fits = size == stated
    if not fits:
        raise Rejected(
            "The total size of the tensor must be unchanged. Received: "
            f"input_shape={x}, target_shape={Shape(wanted)}"
        )


def _left(open_have: list[Dim], others: list[Dim], size: int, stated: int) -> Dim:
    """Return the size that takes the place of -1."""
    unknown = next((dim for dim in (*others, *open_have) if dim.is_unknown), None)
    if not open_have and not others:
        return Dim.of(size // stated)
    if unknown is None and (others or len(open_have) > 1 or size != stated):
        return DYNAMIC
    if len(open_have) == 1 and not others and size == stated:
        return open_have[0]
    return DYNAMIC if unknown is None else Dim.unknown(unknown.reason)


def expand_dims(x: Shape, axis: object) -> Shape:
    """Return the shape with new axes of size 1, at positions counted in the result."""
    if x.dims is None:
        return Shape.unknown(x.reason)
    count = len(axis) if isinstance(axis, list | tuple) else 1
    rank = len(x.dims) + count
    axes = normalize_axes(axis, rank)
    if axes is None and isinstance(axis, Unknown):
        return Shape.unknown(axis.reason)
    if axes is None or None in axes:
        return unknown_sizes(rank, _NO_AXIS)
    rest = iter(x.dims)
    return Shape(Dim.of(1) if at in axes else next(rest) for at in range(rank))


def squeeze(x: Shape, axis: object = None) -> Shape:
    """Return the shape without the named axes of size 1, or without all of them (None)."""
    if x.dims is None:
        return Shape.unknown(x.reason)
    if axis is None:
        if any(dim.is_unknown for dim in x.dims):
            return Shape.unknown("which axes have size 1 is not known")
        return Shape(dim for dim in x.dims if dim.value != 1)
    if is_axis_of_scalar(axis, x):
        return x
    axes = normalize_axes(axis, len(x.dims))
    if axes is None:
        return Shape.unknown(reason_of(axis, _NO_AXIS))
    for at in axes:
        if at is not None and x.dims[at].value not in (None, 1):
            raise Rejected(f"Cannot squeeze axis={at}, because the dimension is not 1.")
    if None in axes:
        return unknown_sizes(len(x.dims) - len(axes), _NO_AXIS)
    return Shape(dim for at, dim in enumerate(x.dims) if at not in axes)


def transpose(x: Shape, axes: object = None) -> Shape:
    """Return the shape with its axes in another order; reversed if none is named (None)."""
    if axes is None:
        return Shape(None if x.dims is None else reversed(x.dims), x.reason)
    if not isinstance(axes, list | tuple):
        if x.dims is None or is_whole(axes):
            return Shape.unknown(x.reason or "the order of the axes is not known")
        return unknown_sizes(len(x.dims), reason_of(axes, "the order of the axes is not known"))
    if x.dims is None:
        return unknown_sizes(len(axes), x.reason)
    if len(axes) != len(x.dims):
        raise Rejected(f"axes don't match array: {len(axes)} axes for {x}")
    order = normalize_axes(axes, len(x.dims)) or []
    return Shape(Dim.unknown(_NO_AXIS) if at is None else x.dims[at] for at in order)


permute = transpose


def swapaxes(x: Shape, axis1: object, axis2: object) -> Shape:
    """Return the shape with two axes exchanged."""
    if x.dims is None:
        return Shape.unknown(x.reason)
    first, second = (normalize_axis(axis, len(x.dims)) for axis in (axis1, axis2))
    if first is None or second is None:
        return unknown_sizes(len(x.dims), _NO_AXIS)
    dims = list(x.dims)
    dims[first], dims[second] = dims[second], dims[first]
    return Shape(dims)


def moveaxis(x: Shape, source: object, destination: object) -> Shape:
    """Return the shape with axes moved to other positions, the rest in their order."""
    if x.dims is None:
        return Shape.unknown(x.reason)
    rank = len(x.dims)
    origin, goal = normalize_axes(source, rank), normalize_axes(destination, rank)
    if origin is None or goal is None or None in origin or None in goal:
        return unknown_sizes(rank, _NO_AXIS)
    if len(origin) != len(goal):
        raise Rejected("`source` and `destination` arguments must have the same number of elements")
    moved = {to: x.dims[at] for at, to in zip(origin, goal, strict=True) if at is not None}
    rest = iter([dim for at, dim in enumerate(x.dims) if at not in origin])
    return Shape(moved[at] if at in moved else next(rest) for at in range(rank))
