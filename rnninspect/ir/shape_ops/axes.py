"""Axes as arguments: counted from either end, several at once, or unknown."""

from __future__ import annotations

from rnninspect.ir.dims import Dim, Unknown
from rnninspect.ir.operation import Rejected
from rnninspect.ir.shape import Shape


def is_whole(value: object) -> bool:
    """Whether a value is a known whole number (a bool is not)."""
    return isinstance(value, int) and not isinstance(value, bool)


def normalize_axis(axis: object, rank: int) -> int | None:
    """Return an axis counted from the front; None if it is unknown.

    Raises Rejected in NumPy's words if the axis does not exist.
    """
    if not isinstance(axis, int) or isinstance(axis, bool):
        return None
    if not -rank <= axis < rank:
        raise Rejected(f"axis {axis} is out of bounds for array of dimension {rank}")
    return axis % rank


def normalize_axes(axes: object, rank: int) -> list[int | None] | None:
    """Return one axis or several counted from the front, each None if unknown.

    None for all of them if not even their number is known. Raises Rejected for an axis that does
    not exist or that is named twice.
    """
    if isinstance(axes, list | tuple):
        result = [normalize_axis(axis, rank) for axis in axes]
        named = [axis for axis in result if axis is not None]
        if len(set(named)) < len(named):
            raise Rejected("repeated axis")
        if len(result) > rank:
            raise Rejected(f"{len(result)} axes are named, but the array has {rank}")
        return result
    return [normalize_axis(axis, rank) for axis in (axes,)] if is_whole(axes) else None


def is_axis_of_scalar(axis: object, x: Shape) -> bool:
    """Whether x is a scalar and the axis one of the two that NumPy lets pass there."""
    return x.dims == () and is_whole(axis) and axis in (0, -1)


def flag(value: object) -> bool | None:
    """Return a switch such as ``keepdims``; None if it is unknown."""
    if value is None:
        return False
    return bool(value) if isinstance(value, int) else None


def reason_of(value: object, otherwise: str) -> str:
    """Return why an argument is unknown."""
    return value.reason if isinstance(value, Unknown) else otherwise


def unknown_sizes(rank: int, reason: str) -> Shape:
    """Return a shape of known rank and unknown sizes."""
    return Shape(Dim.unknown(reason) for _ in range(rank))


def differ(a: Dim, b: Dim) -> bool:
    """Whether two sizes are certainly different."""
    return a.value is not None and b.value is not None and a.value != b.value


def meet(a: Dim, b: Dim) -> Dim:
    """Return the size of two axes that must be equal.

    The first one, unless only the second one is known; dynamic stays dynamic, as in Keras.
    """
    return b if a.is_unknown and not b.is_unknown else a
