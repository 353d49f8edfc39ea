"""Weight: one tensor of parameters that a layer holds, declared by the shape of one copy."""

from __future__ import annotations

from collections.abc import Iterable

from rnninspect.ir.dims import Dim, product
from rnninspect.ir.shape import Shape

BYTES_PER_NUMBER = {
    "bool": 1,
    "int8": 1,
    "uint8": 1,
    "float8_e4m3fn": 1,
    "float8_e5m2": 1,
    "int16": 2,
    "uint16": 2,
    "float16": 2,
    "bfloat16": 2,
    "int32": 4,
    "uint32": 4,
    "float32": 4,
    "int64": 8,
    "uint64": 8,
    "float64": 8,
}


class Weight:
    """One tensor of parameters.

    ``shape`` is one copy; ``per`` names the copies that Keras stores side by side on the last
    axis, such as the gates of a recurrent layer, in Keras's order.
    """

    __slots__ = ("dtype", "name", "per", "shape", "trainable")

    def __init__(
        self,
        name: str,
        shape: Iterable[Dim] = (),
        *,
        per: tuple[str, ...] = (),
        trainable: bool = True,
        dtype: str | None = None,
    ) -> None:
        self.name = name
        self.shape = shape if isinstance(shape, Shape) else Shape(shape)
        self.per = per
        self.trainable = trainable
        self.dtype = dtype

    def held_by(self, dtype: str | None, *, trainable: bool) -> Weight:
        """Return the weight in a layer of this variable dtype; frozen where the layer is."""
        return Weight(
            self.name,
            self.shape,
            per=self.per,
            trainable=self.trainable and trainable,
            dtype=self.dtype or dtype,
        )

    @property
    def count(self) -> Dim:
        """How many numbers it holds, with the arithmetic."""
        return self.one_copy.copies(len(self.per)) if self.per else self.one_copy

    @property
    def one_copy(self) -> Dim:
        """How many numbers one copy (one gate) holds."""
        return product(self.shape.require())

    @property
    def stored_shape(self) -> tuple[int | None, ...]:
        """The shape of Keras's variable: the copies joined on the last axis."""
        sizes = tuple(dim.value for dim in self.shape.require())
        if not self.per or sizes[-1] is None:
            return sizes
        return (*sizes[:-1], sizes[-1] * len(self.per))

    @property
    def bytes(self) -> int | None:
        """The size in memory in bytes; None where the count or the dtype is not known."""
        width = BYTES_PER_NUMBER.get(self.dtype or "")
        count = self.count.value
        return None if width is None or count is None else width * count
