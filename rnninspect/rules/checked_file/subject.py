"""CheckedFile: a file after its check, with the comments in it that turn findings off."""

from __future__ import annotations

from typing import NamedTuple

from rnninspect.diagnostics import Diagnostic, Place
from rnninspect.rules.rule import Finding, Rule, RuleSettings


class Suppression(NamedTuple):
    """A comment that turns findings off between two lines of a file or cell."""

    place: Place
    first: int
    last: int
    codes: tuple[str, ...] = ()
    """The rules it turns off; none for all of them."""
    is_region: bool = False

    def covers(self, diagnostic: Diagnostic) -> bool:
        """Whether it turns a finding off."""
        if diagnostic.place.cell != self.place.cell or diagnostic.place.line is None:
            return False
        if self.codes and diagnostic.code not in self.codes:
            return False
        return self.first <= diagnostic.place.line <= self.last


class CheckedFile(NamedTuple):
    """A file, which of its suppressions did nothing, and why its check ended early if it did."""

    path: str
    unused: tuple[Suppression, ...] = ()
    interruption: str = ""

    @property
    def has_one_finding(self) -> bool:
        """Whether one rule is enough: False, every rule may report."""
        return False

    def diagnostic(self, finding: Finding, rule: Rule, settings: RuleSettings) -> Diagnostic:
        """Return a finding at its own place, or about the file as a whole."""
        return Diagnostic(
            code=rule.code,
            name=rule.name,
            severity=rule.severity,
            message=finding.message,
            place=finding.place or Place(self.path),
            help=finding.help,
        )
