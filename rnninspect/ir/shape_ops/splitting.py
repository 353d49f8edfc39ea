"""One tensor cut into several: split, array_split, unstack."""

from __future__ import annotations

from collections.abc import Sequence

from rnninspect.ir.dims import Dim, Unknown
from rnninspect.ir.operation import Rejected
from rnninspect.ir.shape import Shape
from rnninspect.ir.shape_ops.axes import differ, is_whole, normalize_axis, reason_of, unknown_sizes
from rnninspect.ir.shape_ops.indexing import slice_dim

MAX_PARTS = 10_000
"""How many parts are counted one by one."""
_NO_PARTS = "how the tensor is split is not known"

Parts = tuple[Shape, ...] | Unknown
"""The shapes of the parts; Unknown if not even their number is known."""


def split(x: Shape, sections: object, axis: object = 0) -> Parts:
    """Return the shapes of equal parts (a number), or of the parts between indices (a list).

    As in NumPy and ``keras.ops``; Rejected in NumPy's words.
    """
    if isinstance(sections, list | tuple):
        if not all(is_whole(index) for index in sections):
            return _cut(x, axis, [Dim.unknown(_NO_PARTS)] * (len(sections) + 1))
        return _between(x, sections, axis)
    if not isinstance(sections, int) or sections > MAX_PARTS:
        return Unknown(reason_of(sections, _NO_PARTS))
    dim = _axis_size(x, axis)
    if sections <= 0 or (dim.value is not None and dim.value % sections):
        raise Rejected("array split does not result in an equal division")
    part = Dim.unknown(dim.reason) if dim.is_unknown else dim.apply(lambda n: n // sections)
    return _cut(x, axis, [dim if sections == 1 else part] * sections)


def array_split(x: Shape, sections: object, axis: object = 0) -> Parts:
    """Return the shapes of parts as equal as possible, the first ones one longer (NumPy)."""
    if not isinstance(sections, int):
        return split(x, sections, axis)
    if sections <= 0:
        raise Rejected("number sections must be larger than 0.")
    dim = _axis_size(x, axis)
    if dim.value is None:
        return split(x, sections, axis)
    if sections > MAX_PARTS:
        return Unknown(_NO_PARTS)
    each, more = divmod(dim.value, sections)
    sizes = [Dim.of(each + 1)] * more + [Dim.of(each)] * (sections - more)
    return _cut(x, axis, sizes)


def split_sizes(x: Shape, sizes: Sequence[object], axis: object = 0) -> Parts:
    """Return the shapes of parts of these sizes, one of which may be -1 (``tf.split``)."""
    dim = _axis_size(x, axis)
    whole = [size for size in sizes if isinstance(size, int)]
    if len(whole) < len(sizes):
        return _cut(x, axis, [_size(size) for size in sizes])
    rest = whole.count(-1)
    stated = sum(size for size in whole if size != -1)
    if rest > 1 or any(size < -1 for size in whole):
        raise Rejected(f"sizes to split into must be positive, one may be -1: {whole}")
    if dim.value is not None and (stated > dim.value if rest else stated != dim.value):
        raise Rejected(f"sizes {whole} to split into do not add up to {dim.value}")
    left = (
        Dim.unknown(dim.reason or _NO_PARTS) if dim.is_unknown else dim.apply(lambda n: n - stated)
    )
    return _cut(x, axis, [left if size == -1 else Dim.of(size) for size in whole])


def _size(size: object) -> Dim:
    is_known = isinstance(size, int) and size != -1
    return Dim.of(size) if is_known else Dim.unknown(reason_of(size, _NO_PARTS))  # type: ignore[arg-type]


def unstack(x: Shape, axis: object = 0, count: object = None) -> Parts:
    """Return the shapes of a tensor's slices along an axis, which disappears.

    ``count`` is the number of slices if the program states it (TensorFlow's ``num``).
    """
    dim = _axis_size(x, axis)
    stated = Dim.of(count) if isinstance(count, int) else dim
    if differ(stated, dim):
        raise Rejected(f"Dimension must be {count} but is {dim} for `unstack` of {x}")
    if stated.value is None or stated.value > MAX_PARTS:
        return Unknown(dim.reason or "how many slices there are is not known")
    if x.dims is None:
        return (Shape.unknown(x.reason),) * stated.value
    at = normalize_axis(axis, len(x.dims))
    if at is None:
        return (unknown_sizes(len(x.dims) - 1, reason_of(axis, _NO_PARTS)),) * stated.value
    return (Shape((*x.dims[:at], *x.dims[at + 1 :])),) * stated.value


def _axis_size(x: Shape, axis: object) -> Dim:
    """Return the size of the axis that is cut; Rejected if the axis does not exist."""
    if x.dims is None:
        return Dim.unknown(x.reason or _NO_PARTS)
    at = normalize_axis(axis, len(x.dims))
    return Dim.unknown(reason_of(axis, "the axis is not known")) if at is None else x.dims[at]


def _between(x: Shape, indices: Sequence[object], axis: object) -> Parts:
    dim = _axis_size(x, axis)
    bounds = [None, *indices], [*indices, None]
    return _cut(x, axis, [slice_dim(dim, slice(*bound)) for bound in zip(*bounds, strict=True)])


def _cut(x: Shape, axis: object, sizes: Sequence[Dim]) -> tuple[Shape, ...]:
    """Return the shapes of parts of these sizes along an axis."""
    if x.dims is None:
        return (Shape.unknown(x.reason),) * len(sizes)
    at = normalize_axis(axis, len(x.dims))
    if at is None:
        return (unknown_sizes(len(x.dims), reason_of(axis, "the axis is not known")),) * len(sizes)
    return tuple(Shape((*x.dims[:at], size, *x.dims[at + 1 :])) for size in sizes)
