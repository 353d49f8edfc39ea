"""Demands, FileResult and CheckResult: what is asked of a check and what it found, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from rnninspect.diagnostics import Diagnostic, Severity
from rnninspect.rules.rule import DEFAULT_SETTINGS, RuleSettings
from rnninspect.sources.limits import FILE_TIMEOUT_SECONDS
from rnninspect.version import __version__

if TYPE_CHECKING:
    from rnninspect.linting.verification import Verification
    from rnninspect.rules.checked_file.subject import Suppression

SCHEMA = "rnninspect.check/1"


class FileSummary(NamedTuple):
    """How the check of one file ended: ``checked``, ``skipped`` or ``unreadable``."""

    path: str
    status: str
    models: int = 0
    complete_models: int = 0
    layers: int = 0
    reason: str | None = None
    hint: str = ""
    is_our_bug: bool = False
    """Whether it could not be read because rnninspect itself failed."""
    doubts: tuple[str, ...] = ()
    """Why models are not understood completely."""
    not_followed: tuple[tuple[str, int | None, int | None, str], ...] = ()
    """What of a program was not followed: path, cell, line, and why."""

    def to_dict(self) -> dict[str, Any]:
        """Return the contract's form of a file."""
        return {
            "path": self.path,
            "status": self.status,
            "models": self.models,
            "complete_models": self.complete_models,
            "reason": self.reason,
            "doubts": list(self.doubts),
            "not_followed": [
                {"path": path, "cell": cell, "line": line, "reason": reason}
                for path, cell, line, reason in self.not_followed
            ],
        }


class Demands(NamedTuple):
    """What the settings of a file demand of its check."""

    rules: RuleSettings = DEFAULT_SETTINGS
    timeout_seconds: float = FILE_TIMEOUT_SECONDS
    fixes: bool = True
    """Whether the fix of each error is worked out."""


NO_DEMANDS = Demands()


class FileResult(NamedTuple):
    """The findings of one file, before anything is suppressed or left out."""

    file: FileSummary
    diagnostics: tuple[Diagnostic, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    verification: Verification | None = None


class CheckResult(NamedTuple):
    """Everything that a check found."""

    files: tuple[FileSummary, ...]
    diagnostics: tuple[Diagnostic, ...]
    fixed: int = 0
    """How many findings were fixed before the check."""
    verification: Verification | None = None
    """The result of real Keras, where it was run."""
    failing: int = 0
    """How many findings are as severe as the settings of their file let fail."""
    notes: tuple[str, ...] = ()
    """What the user should know beside the findings."""

    def count(self, severity: Severity) -> int:
        """Return the number of findings of a severity."""
        return sum(diagnostic.severity is severity for diagnostic in self.diagnostics)

    def to_dict(self) -> dict[str, Any]:
        """Return the contract's JSON form."""
        return {
            "schema": SCHEMA,
            "version": __version__,
            "files": [file.to_dict() for file in self.files],
            "diagnostics": [diagnostic.to_dict() for diagnostic in self.diagnostics],
            "summary": {
                "files": len(self.files),
                "models": sum(file.models for file in self.files),
                "errors": self.count(Severity.ERROR),
                "warnings": self.count(Severity.WARNING),
                "hints": self.count(Severity.HINT),
                "fixed": self.fixed,
            },
            "verification": None if self.verification is None else self.verification.to_dict(),
        }
