"""``x[key]``: whole numbers, slices, None, ``...``, and arrays of indices."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from rnninspect.ir.dims import DYNAMIC, Dim, Unknown
from rnninspect.ir.operation import Rejected
from rnninspect.ir.shape import Shape
from rnninspect.ir.shape_ops.arithmetic import broadcast
from rnninspect.ir.shape_ops.axes import is_whole, normalize_axis, reason_of, unknown_sizes

_NO_INDEX = "an index is not known"


class Index(NamedTuple):
    """An array as an index: of whole numbers, or (``is_mask``) of truth values."""

    shape: Shape
    is_mask: bool = False
    chosen: int | None = None
    """How many entries of a mask are true, if known."""
    bounds: tuple[int, int] | None = None
    """The smallest and the largest of the whole numbers, if known."""


def getitem(x: Shape, key: object) -> Shape:
    """Return the shape of ``x[key]``, as NumPy and (without arrays) Keras's ``GetItem`` index.

    A key is one entry or a tuple of them: a whole number, a slice (its bounds may be Unknown),
    None (a new axis), ``...``, an Index, a list of numbers or truth values, or Unknown. Raises
    Rejected in NumPy's words.
    """
    entries = [_entry(item) for item in _entries(key)]
    if x.dims is None or any(isinstance(entry, Unknown) for entry in entries):
        return Shape.unknown(x.reason or _NO_INDEX)
    if entries.count(Ellipsis) > 1:
        raise Rejected("an index can only have a single ellipsis ('...')")
    used = [_axes_of(entry) for entry in entries]
    if None in used:
        return Shape.unknown(_NO_INDEX)
    consumed = sum(n or 0 for n in used)
    rank = len(x.dims)
    if consumed > rank:
        raise Rejected(
            f"too many indices for array: array is {rank}-dimensional, but {consumed} were indexed"
        )
    if Ellipsis not in entries:
        entries.append(Ellipsis)
    return _walk(x.dims, entries, rank - consumed)


def _entries(key: object) -> tuple[object, ...]:
    return key if isinstance(key, tuple) and not isinstance(key, Index) else (key,)


def _entry(entry: object) -> object:
    """Return one entry of a key in its plainest form; Unknown if its kind is not followed."""
    if entry is None or entry is Ellipsis or isinstance(entry, slice | Index | Unknown):
        return entry
    if isinstance(entry, bool):
        return Index(Shape(()), is_mask=True, chosen=int(entry))
    if isinstance(entry, list):
        if not entry or any(not isinstance(item, int) for item in entry):
            return Index(Shape.of(0)) if not entry else _nested(entry)
        if all(isinstance(item, bool) for item in entry):
            return Index(Shape.of(len(entry)), is_mask=True, chosen=sum(entry))
        if all(map(is_whole, entry)):
            return Index(Shape.of(len(entry)), bounds=(min(entry), max(entry)))
        return Unknown(_NO_INDEX)  # numbers beside truth values
    return entry if is_whole(entry) else Unknown(_NO_INDEX)


def _nested(entry: list[object]) -> object:
    """Return a list of unknown numbers as an array of indices; other lists are not followed."""
    if all(is_whole(item) or isinstance(item, Unknown) for item in entry):
        return Unknown(_NO_INDEX)  # numbers or truth values: they index differently
    return Unknown("an index is not an array of numbers")


def _axes_of(entry: object) -> int | None:
    """Return how many axes an entry consumes; None if that is unknown."""
    if entry is None or entry is Ellipsis:
        return 0
    if isinstance(entry, Index):
        return entry.shape.rank if entry.is_mask else 1
    return 1


def _walk(dims: Sequence[Dim], entries: list[object], left: int) -> Shape:
    """Return the shape for entries that fit: ``left`` axes are for the ellipsis.

    Arrays (and, beside them, whole numbers) are broadcast together. Their axes stand where the
    first of them is, or in front if a slice, None or ``...`` separates them.
    """
    arrays = any(isinstance(entry, Index) for entry in entries)
    result: list[Dim] = []
    places: list[tuple[int, int]] = []
    chosen: list[Shape] = []
    bounds_at: list[tuple[int, int]] = []
    at = 0
    for number, entry in enumerate(entries):
        if entry is Ellipsis:
            result += dims[at : at + left]
            at += left
        elif entry is None:
            result.append(Dim.of(1))
        elif isinstance(entry, slice):
            result.append(slice_dim(dims[at], entry))
            at += 1
        elif isinstance(entry, Index):
            places.append((number, len(result)))
            chosen.append(_picked(entry, dims, at))
            bounds_at += [(at, bound) for bound in entry.bounds or ()]
            at += entry.shape.rank or 0 if entry.is_mask else 1
        elif isinstance(entry, int):
            _reject_outside(entry, dims[at], at)
            if arrays:
                places.append((number, len(result)))
            at += 1
    if not arrays:
        return Shape(result)
    try:
        front = broadcast(*chosen)
    except Rejected:
        shapes = " ".join(map(str, chosen))
        raise Rejected(
            f"shape mismatch: indexing arrays could not be broadcast together with shapes {shapes}"
        ) from None
    if front.dims is None:
        return Shape.unknown(front.reason or _NO_INDEX)
    together = all(b[0] - a[0] == 1 for a, b in pairwise(places))
    where = places[0][1] if together else 0
    result[where:where] = front.dims
    if all(dim.value or dim.dynamic for dim in result):  # else older NumPy does not look at them
        for axis, bound in bounds_at:
            _reject_outside(bound, dims[axis], axis)
    return Shape(result)


def _picked(index: Index, dims: Sequence[Dim], at: int) -> Shape:
    """Return the shape of what one array of indices picks."""
    if not index.is_mask:
        return index.shape
    for axis, size in enumerate(index.shape):
        have = dims[at + axis].value
        if None not in (have, size.value) and have != size.value:
            raise Rejected(
                f"boolean index did not match indexed array along axis {at + axis}; size of axis "
                f"is {have} but size of corresponding boolean axis is {size.value}"
            )
    if index.chosen is None:
        return Shape((Dim.unknown("how many entries of a mask are true is not known"),))
    return Shape.of(index.chosen)


def _reject_outside(index: int, dim: Dim, axis: int) -> None:
    if dim.value is not None and not -dim.value <= index < dim.value:
        raise Rejected(f"index {index} is out of bounds for axis {axis} with size {dim.value}")


def slice_dim(dim: Dim, key: slice) -> Dim:
    """Return how many entries of an axis a slice takes; dynamic stays dynamic, as in Keras."""
    bounds = (key.start, key.stop, key.step)
    if is_whole(key.step) and key.step == 0:
        raise Rejected("slice step cannot be zero")
    if any(bound is not None and not is_whole(bound) for bound in bounds):
        return Dim.unknown(next((b.reason for b in bounds if isinstance(b, Unknown)), _NO_INDEX))
    if key.start in (None, 0) and key.stop is None and key.step in (None, 1):
        return dim
    if dim.value is not None:
        return Dim.of(len(range(*key.indices(dim.value))))
    if dim.dynamic:
        return DYNAMIC
    if key.start is None and key.stop is None and key.step == -1:
        return dim
    return Dim.unknown(dim.reason)


def take(x: Shape, indices: object, axis: object = None) -> Shape:
    """Return the shape with one axis replaced by those of an array of indices.

    ``indices`` is a number, a list of numbers, or the Shape of an array; without an axis the
    flattened array is indexed (NumPy's ``take``, TensorFlow's ``gather``).
    """
    picked = _indices_shape(indices)
    if axis is None:
        return picked
    if x.dims is None or picked.dims is None:
        return Shape.unknown(x.reason or picked.reason)
    dims = x.dims or (Dim.of(1),)  # a scalar counts as a vector
    at = normalize_axis(axis, len(dims))
    if at is None:
        reason = reason_of(axis, "the axis is not known")
        return unknown_sizes(len(dims) - 1 + len(picked.dims), reason)
    return Shape((*dims[:at], *picked.dims, *dims[at + 1 :]))


def _indices_shape(indices: object) -> Shape:
    if isinstance(indices, Shape):
        return indices
    if is_whole(indices):
        return Shape(())
    if isinstance(indices, list | tuple):
        inner = [_indices_shape(item) for item in indices]
        if not inner:
            return Shape.of(0)
        if all(item.dims is not None and item.sizes == inner[0].sizes for item in inner):
            return Shape((Dim.of(len(inner)), *inner[0]))
    return Shape.unknown(reason_of(indices, "which entries are taken is not known"))
