"""Comparison: one witness's numbers beside ours, row by row."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from rnninspect.json_values import Json


class Status(StrEnum):
    """How a comparison ended."""

    AGREE = "agree"
    DISAGREE = "disagree"
    SKIPPED = "skipped"


class Against(StrEnum):
    """The witness that our numbers are compared with."""

    STORED = "stored weights"
    KERAS = "keras"
    PRINTED = "printed summary"


class ComparedRow(NamedTuple):
    """One layer's numbers from both sides; None where a side does not know."""

    layer: str
    ours: int | None
    theirs: int | None
    agrees: bool
    differs_in: str = ""
    """What differs, in words: ``params``, ``trainable params``, ``output shape``, ``weights``."""

    def to_dict(self) -> dict[str, Json]:
        """Return the row in the contract's form."""
        row: dict[str, Json] = {"layer": self.layer, "ours": self.ours, "theirs": self.theirs}
        if self.differs_in:
            row["differs_in"] = self.differs_in
        return row


class Comparison(NamedTuple):
    """Our numbers beside those of one witness."""

    against: Against
    status: Status
    engine: str | None = None
    reason: str | None = None
    params: int | None = None
    rows: tuple[ComparedRow, ...] = ()
    """One for each layer; those of nested models under ``model/layer``."""
    totals: tuple[ComparedRow, ...] = ()
    """The three counts under a summary, by their labels there."""

    @property
    def disagreements(self) -> tuple[ComparedRow, ...]:
        """The rows and totals in which the two differ."""
        return tuple(row for row in (*self.rows, *self.totals) if not row.agrees)

    def to_dict(self) -> dict[str, Json]:
        """Return the comparison in the contract's form."""
        return {
            "against": str(self.against),
            "engine": self.engine,
            "status": str(self.status),
            "reason": self.reason,
            "params": self.params,
            "rows": [row.to_dict() for row in self.rows],
            "totals": [row.to_dict() for row in self.totals],
        }


def skipped(against: Against, reason: str, engine: str | None = None) -> Comparison:
    """Return a comparison that could not be made, and why."""
    return Comparison(against, Status.SKIPPED, engine, reason)
