"""The rows and totals of a printed ``model.summary()``, as they can be read from its text."""

from __future__ import annotations

from typing import NamedTuple

from rnninspect.ir.shape import Shape


class PrintedRow(NamedTuple):
    """One row: what it says, as far as it can be read."""

    name: str
    class_name: str
    shapes: tuple[Shape, ...]
    params: int | None
    connections: tuple[tuple[str, int], ...] = ()
    """The layers that it takes its tensors from, and which of their outputs."""
    depth: int = 0
    """How deep it is inside nested models that were expanded."""


class PrintedTable(NamedTuple):
    """One summary: its rows, and the totals below them where they are there."""

    name: str
    rows: tuple[PrintedRow, ...]
    total: int | None = None
    trainable: int | None = None
    non_trainable: int | None = None
    optimizer: int | None = None
    """Variables of the optimizer, which Keras 3 counts into the total of a trained model."""

    @property
    def states_connections(self) -> bool:
        """Whether the summary has a column that says what each layer takes."""
        return any(row.connections for row in self.rows)
