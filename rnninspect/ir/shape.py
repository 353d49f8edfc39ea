"""Shape: the sizes of a tensor's axes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import overload

from rnninspect.ir.dims import Dim, UnknownValue


class Shape:
    """The sizes of a tensor's axes, first the batch; or a shape whose rank is not known.

    Indexing a shape of unknown rank returns unknown sizes, so that layer declarations need not ask.
    """

    __slots__ = ("dims", "reason")

    def __init__(self, dims: Iterable[Dim] | None, reason: str = "") -> None:
        self.dims = None if dims is None else tuple(dims)
        self.reason = reason

    @staticmethod
    def of(*sizes: int | None) -> Shape:
        """Return a shape from Keras's own notation, for instance ``Shape.of(None, 20, 6)``."""
        return Shape(Dim.of(size) for size in sizes)

    @staticmethod
    def unknown(reason: str) -> Shape:
        """Return a shape of which not even the rank is known."""
        return Shape(None, reason)

    @property
    def rank(self) -> int | None:
        """How many axes, the batch included; None if not known."""
        return None if self.dims is None else len(self.dims)

    @property
    def sizes(self) -> tuple[int | None, ...] | None:
        """The plain numbers, None for an axis that is open or not known."""
        return None if self.dims is None else tuple(d.value for d in self.dims)

    @property
    def is_complete(self) -> bool:
        """Whether every axis is a number or open in Keras."""
        return self.dims is not None and not any(d.is_unknown for d in self.dims)

    def require(self) -> tuple[Dim, ...]:
        """Return the axes, for arithmetic that needs the rank; raises UnknownValue without it."""
        if self.dims is None:
            raise UnknownValue(self.reason or "the input shape is not known")
        return self.dims

    @overload
    def __getitem__(self, axis: int) -> Dim: ...
    @overload
    def __getitem__(self, axis: slice) -> Shape: ...
    def __getitem__(self, axis: int | slice) -> Dim | Shape:
        if isinstance(axis, slice):
            return Shape(None if self.dims is None else self.dims[axis], self.reason)
        if self.dims is None:
            return Dim.unknown(self.reason or "the input shape is not known")
        return self.dims[axis]

    def __add__(self, other: Iterable[Dim]) -> Shape:
        return Shape(None if self.dims is None else (*self.dims, *other), self.reason)

    def __iter__(self) -> Iterator[Dim]:
        return iter(self.require())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shape) and self.sizes == other.sizes

    def __hash__(self) -> int:
        return hash(self.sizes)

    def __str__(self) -> str:
        if self.dims is None:
            return "?"
        inside = ", ".join(map(str, self.dims))
        return f"({inside},)" if len(self.dims) == 1 else f"({inside})"

    __repr__ = __str__
