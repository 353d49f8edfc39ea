"""Several tensors made one, and one made larger: concat, stack, tile, repeat, pad."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rnninspect.ir.dims import DYNAMIC, Dim, Unknown, total
from rnninspect.ir.operation import Rejected
from rnninspect.ir.shape import Shape
from rnninspect.ir.shape_ops.axes import (
    differ,
    is_whole,
    meet,
    normalize_axis,
    reason_of,
    unknown_sizes,
)
from rnninspect.ir.shape_ops.rearranging import flatten

_NO_AXIS = "the axis is not known"
_NO_COUNT = "how often it is repeated is not known"
_NO_WIDTH = "how much is padded is not known"


def concat(shapes: Sequence[Shape], axis: object = 0) -> Shape:
    """Return the shape of tensors one after the other along an axis (None: all flattened).

    Raises Rejected in NumPy's words.
    """
    if not shapes:
        raise Rejected("need at least one array to concatenate")
    if axis is None:
        return concat([flatten(shape) for shape in shapes], 0)
    ranked = _of_one_rank(
        shapes, "all the input array dimensions except for the concatenation axis"
    )
    if not ranked:
        return Shape.unknown(shapes[0].reason)
    rank = ranked[0].rank or 0
    if rank == 0:
        raise Rejected("zero-dimensional arrays cannot be concatenated")
    at = normalize_axis(axis, rank)
    if at is None:
        return unknown_sizes(rank, reason_of(axis, _NO_AXIS))
    result = list(ranked[0].require())
    for shape in ranked[1:]:
        for other, dim in enumerate(shape):
            if other != at and differ(result[other], dim):
                raise Rejected(
                    "all the input array dimensions except for the concatenation axis must match "
                    f"exactly, but along dimension {other}, the sizes are {result[other]} and {dim}"
                )
            result[other] = meet(result[other], dim)
    parts = [shape[at] for shape in shapes]
    result[at] = DYNAMIC if any(part.dynamic for part in parts) else total(parts)
    return Shape(result)


def _of_one_rank(shapes: Sequence[Shape], what: str) -> list[Shape]:
    """Return the shapes whose rank is known; Rejected if two ranks differ."""
    ranked = [shape for shape in shapes if shape.dims is not None]
    if len({shape.rank for shape in ranked}) > 1:
        raise Rejected(
            f"{what} must match exactly, but the shapes are {', '.join(map(str, ranked))}"
        )
    return ranked


def stack(shapes: Sequence[Shape], axis: object = 0) -> Shape:
    """Return the shape of tensors of one shape side by side on a new axis."""
    if not shapes:
        raise Rejected("need at least one array to stack")
    message = "all input arrays must have the same shape"
    ranked = _of_one_rank(shapes, message)
    if not ranked:
        return Shape.unknown(shapes[0].reason)
    dims = list(ranked[0].require())
    for shape in ranked[1:]:
        if any(differ(a, b) for a, b in zip(dims, shape, strict=True)):
            raise Rejected(message)
        dims = [meet(a, b) for a, b in zip(dims, shape, strict=True)]
    at = normalize_axis(axis, len(dims) + 1)
    if at is None:
        return unknown_sizes(len(dims) + 1, reason_of(axis, _NO_AXIS))
    dims.insert(at, Dim.of(len(shapes)))
    return Shape(dims)


def tile(x: Shape, repeats: object) -> Shape:
    """Return the shape with every axis repeated; the shorter of shape and repeats is extended."""
    counts = list(repeats) if isinstance(repeats, list | tuple) else [repeats]
    if x.dims is None or (not isinstance(repeats, list | tuple) and not is_whole(repeats)):
        return Shape.unknown(x.reason or reason_of(repeats, _NO_COUNT))
    rank = max(len(x.dims), len(counts))
    dims = [Dim.of(1)] * (rank - len(x.dims)) + list(x.dims)
    counts = [1] * (rank - len(counts)) + counts
    return Shape(_times(dim, count) for dim, count in zip(dims, counts, strict=True))


def _times(dim: Dim, count: object) -> Dim:
    if not isinstance(count, int):
        return dim if dim.value == 0 else Dim.unknown(reason_of(count, _NO_COUNT))
    if count < 0:
        raise Rejected("negative dimensions are not allowed")
    if count == 1:
        return dim
    return Dim.of(0) if count == 0 else _changed(dim, lambda size: size * count)


def _changed(dim: Dim, function: Callable[[int], int]) -> Dim:
    """Return a size computed from another; from a size that is not known, an unknown size."""
    if dim.is_unknown:
        return Dim.unknown(dim.reason)
    return dim.apply(function)


def repeat(x: Shape, repeats: object, axis: object = None) -> Shape:
    """Return the shape with every entry along an axis repeated (None: of the flattened tensor).

    ``repeats`` is one number or one for each entry.
    """
    if axis is None:
        x, axis = flatten(x), 0
    if x.dims is None:
        return Shape.unknown(x.reason)
    dims = x.dims or (Dim.of(1),)  # a scalar counts as a vector
    at = normalize_axis(axis, len(dims))
    if at is None:
        return unknown_sizes(len(dims), reason_of(axis, _NO_AXIS))
    return Shape((*dims[:at], _repeated(dims[at], repeats), *dims[at + 1 :]))


def _repeated(dim: Dim, repeats: object) -> Dim:
    if not isinstance(repeats, list | tuple):
        return _times(dim, repeats)
    if len(repeats) == 1:
        return _times(dim, repeats[0])
    if dim.value is not None and dim.value != len(repeats):
        raise Rejected(
            f"operands could not be broadcast together with shape ({dim.value},) ({len(repeats)},)"
        )
    counts = [count for count in repeats if isinstance(count, int)]
    if any(count < 0 for count in counts):
        raise Rejected("repeats may not contain negative values.")
    return Dim.of(sum(counts)) if len(counts) == len(repeats) else Dim.unknown(_NO_COUNT)


def pad(x: Shape, width: object) -> Shape:
    """Return the shape with entries added before and after each axis.

    ``width`` is one number, a pair, or a pair for each axis (NumPy's ``pad_width``, TensorFlow's
    ``paddings``).
    """
    if isinstance(width, Unknown) or not isinstance(width, int | list | tuple):
        reason = reason_of(width, _NO_WIDTH)
        return Shape.unknown(x.reason) if x.dims is None else unknown_sizes(len(x.dims), reason)
    pairs = _pairs(width)
    if x.dims is None:
        return unknown_sizes(len(pairs), x.reason) if len(pairs) > 1 else Shape.unknown(x.reason)
    if len(pairs) == 1:
        pairs = pairs * len(x.dims)
    if len(pairs) != len(x.dims):
        raise Rejected(
            f"operands could not be broadcast together with remapped shapes: {len(pairs)} paddings "
            f"for {x}"
        )
    return Shape(_widened(dim, *pair) for dim, pair in zip(x.dims, pairs, strict=True))


def _pairs(width: int | Sequence[object]) -> list[tuple[object, object]]:
    """Return how much is added, as one pair for all axes or one for each."""
    if isinstance(width, int):
        return [(width, width)]
    if not any(isinstance(pair, list | tuple) for pair in width):
        return [(width[0], width[-1])] if len(width) in (1, 2) else [(_unknown(), _unknown())]
    return [
        (pair[0], pair[-1])
        if isinstance(pair, list | tuple) and len(pair) in (1, 2)
        else (_unknown(), _unknown())
        for pair in width
    ]


def _unknown() -> Unknown:
    return Unknown(_NO_WIDTH)


def _widened(dim: Dim, before: object, after: object) -> Dim:
    if any(isinstance(more, int) and more < 0 for more in (before, after)):
        raise Rejected("index can't contain negative values")
    if not isinstance(before, int) or not isinstance(after, int):
        return Dim.unknown(reason_of(before, reason_of(after, _NO_WIDTH)))
    extra = before + after
    return dim if extra == 0 else _changed(dim, lambda size: size + extra)
