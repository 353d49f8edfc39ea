"""Place, Severity, Fix and Diagnostic: what is said about a user's model, as data."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple

from rnninspect.json_values import Json


class Severity(StrEnum):
    """How severe a finding is; an error means that Keras would certainly raise."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Position(NamedTuple):
    """A point in a text; sorted in reading order, what has no position first.

    ``cell`` is 0 outside notebooks, ``line`` and ``column`` count from 1 and are 0 in saved files.
    """

    path: str = ""
    cell: int = 0
    line: int = 0
    column: int = 0


class Place(NamedTuple):
    """Where something is in a source.

    ``line`` and ``column`` count from 1 and are None in saved files, where ``config_path`` is
    the place instead, for instance ``config.layers[3].config.units``.
    """

    path: str | None = None
    line: int | None = None
    column: int | None = None
    cell: int | None = None
    config_path: str | None = None
    end_line: int | None = None
    end_column: int | None = None
    round: int | None = None
    """The round of the loop in which it happens, from 1; None outside loops."""

    @property
    def in_any_round(self) -> Place:
        """The place in the text, without the iteration of a loop."""
        return self._replace(round=None)

    @property
    def position(self) -> Position:
        """Where the place begins, for sorting."""
        return Position(self.path or "", self.cell or 0, self.line or 0, self.column or 0)

    def to_dict(self) -> dict[str, Json] | None:
        """Return the contract's form; None for a place that is not in a text."""
        if self.line is None:
            return None
        return {"path": self.path, "line": self.line, "column": self.column, "cell": self.cell}


class Cause(NamedTuple):
    """The earlier use that a finding goes back to, with a few words about it."""

    layer: str
    place: Place
    label: str = ""

    def to_dict(self) -> dict[str, Json]:
        """Return the contract's form of a cause."""
        place = self.place
        return {
            "layer": self.layer,
            "path": place.path,
            "cell": place.cell,
            "line": place.line,
            "column": place.column,
        }


class ChangeKind(StrEnum):
    """What a change is about; of an argument the value is Keras's name of it."""

    RETURN_SEQUENCES = "return_sequences"
    """The argument of the layer made at the change's place takes the change's value."""
    SHAPE = "shape"
    """The input shape: its value is ``feature`` (an axis is missing) or ``batch`` (it is counted).
    """
    OMIT = "omit"
    """The layer should not be there at all."""
    RENAME = "rename"
    """A keyword of the constructor call has another name: its value is the old and the new one."""
    INSIDE = "inside"
    """A keyword belongs to the call of the inner layer."""
    CALL = "call"
    """A class is passed that should be called."""
    TUPLE = "tuple"
    """The number that a keyword has should be a tuple."""


class Change(NamedTuple):
    """What would fix a finding: a change of the layer made at ``place``, or of the input shape."""

    kind: ChangeKind
    value: Any
    place: Place = Place()


class Edit(NamedTuple):
    """A replacement in a text: what is from ``start`` up to ``end`` becomes ``text``.

    Both are (line, column) and count from 1.
    """

    path: str
    cell: int | None
    start: tuple[int, int]
    end: tuple[int, int]
    text: str

    def to_dict(self) -> dict[str, Json]:
        """Return the contract's form of an edit."""
        return {
            "path": self.path,
            "cell": self.cell,
            "start": list(self.start),
            "end": list(self.end),
            "text": self.text,
        }


class Fix(NamedTuple):
    """The edits that fix a finding; ``safe`` if it changes nothing but what Keras rejects."""

    description: str
    safe: bool
    edits: tuple[Edit, ...]

    def to_dict(self) -> dict[str, Json]:
        """Return the contract's form of a fix."""
        return {
            "description": self.description,
            "safe": self.safe,
            "edits": [edit.to_dict() for edit in self.edits],
        }


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
    input_shape: Json = None
    expected_ndim: int | None = None
    found_ndim: int | None = None
    cause: Cause | None = None
    keras_error: str = ""
    flow: tuple[str, ...] = ()
    """Shapes and layers in turn, from the input to the layer that fails."""
    change: Change | None = None
    """What would fix it, in words of Keras."""
    fix: Fix | None = None
    verified: bool | None = None
    """Whether real Keras raises there too; None where it was not asked."""

    def to_dict(self) -> dict[str, Json]:
        """Return the contract's form of a finding."""
        return {
            "code": self.code,
            "name": self.name,
            "severity": str(self.severity),
            "message": self.message,
            "path": self.place.path,
            "cell": self.place.cell,
            "line": self.place.line,
            "column": self.place.column,
            "end_line": self.place.end_line,
            "end_column": self.place.end_column,
            "config_path": self.place.config_path,
            "round": self.place.round,
            "model": self.model,
            "layer": self.layer,
            "input_shape": self.input_shape,
            "expected_ndim": self.expected_ndim,
            "found_ndim": self.found_ndim,
            "cause": None if self.cause is None else self.cause.to_dict(),
            "help": self.help,
            "keras_error": self.keras_error or None,
            "verified": self.verified,
            "fix": None if self.fix is None else self.fix.to_dict(),
        }
