"""Record: what one reading of a program found, in all its states."""

from __future__ import annotations

from typing import Any, NamedTuple

from rnninspect.diagnostics import Place


class NotFollowed(NamedTuple):
    """Something that was not followed, and why."""

    place: Place
    reason: str


class Record:
    """What is remembered whatever path it was found on."""

    def __init__(self) -> None:
        self.lines: dict[tuple[str, int | None], list[str]] = {}
        self.not_followed: dict[tuple[Place, str], NotFollowed] = {}
        self.kept: dict[Any, Any] = {}

    def note_not_followed(self, place: Place, reason: str) -> None:
        """Remember a construct that was not followed."""
        if len(self.not_followed) < 1000:
            self.not_followed[place, reason] = NotFollowed(place, reason)
