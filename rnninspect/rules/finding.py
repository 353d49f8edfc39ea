"""Finding: what a rule yields, without code and place."""

from __future__ import annotations

from typing import Any, NamedTuple

from rnninspect.rules.flow import Step


class Finding(NamedTuple):
    """One mistake: what it is, what to do, and the use that caused it."""

    message: str
    help: str
    cause: Step | None = None
    cause_label: str = ""
    change: tuple[str, Any] | None = None
    """The argument of the cause, or of the input, that would mend it, and its value."""
