"""Flow: in which states a block ends, and how it leaves what is around it."""

from __future__ import annotations

from rnninspect.reader.store import State
from rnninspect.reader.values import Value


class Flow:
    """The ends of a block: it goes on, breaks or continues a loop, or returns from a function.

    What ends the program, or raises, is in none of them.
    """

    __slots__ = ("breaks", "continues", "next", "returns")

    def __init__(self, following: list[State] | None = None) -> None:
        self.next: list[State] = following if following is not None else []
        self.breaks: list[State] = []
        self.continues: list[State] = []
        self.returns: list[tuple[State, Value]] = []

    def take(self, other: Flow) -> None:
        """Add all ends of another block."""
        self.next += other.next
        self.take_exits(other)

    def take_exits(self, other: Flow) -> None:
        """Add the ends of another block that leave what is around it."""
        self.breaks += other.breaks
        self.continues += other.continues
        self.returns += other.returns
