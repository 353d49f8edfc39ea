"""Place, Severity, Fix and Diagnostic: what is said about a user's model, as data."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple


class Severity(StrEnum):
    """How much a finding weighs; an error means that Keras would certainly raise."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Place(NamedTuple):
    """Where in a source something stands.

    ``line`` and ``column`` count from 1 and are None in saved files, where ``config_path`` tells
    the place instead, for instance ``config.layers[3].config.units``.
    """

    path: str | None = None
    line: int | None = None
    column: int | None = None
    cell: int | None = None
    config_path: str | None = None

    def to_dict(self) -> dict[str, Any] | None:
        """The contract's form; None for a place that is not in a text."""
        if self.line is None:
            return None
        return {"path": self.path, "line": self.line, "column": self.column, "cell": self.cell}


class Diagnostic(NamedTuple):
    """One finding with its code, ready to be shown."""

    code: str
    name: str
    severity: Severity
    message: str
    place: Place
    model: str | None = None
    layer: str | None = None
    help: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The contract's form of a finding."""
        return {
            "code": self.code,
            "name": self.name,
            "severity": str(self.severity),
            "message": self.message,
            "path": self.place.path,
            "cell": self.place.cell,
            "line": self.place.line,
            "column": self.place.column,
            "config_path": self.place.config_path,
            "model": self.model,
            "layer": self.layer,
            "help": self.help,
        }
