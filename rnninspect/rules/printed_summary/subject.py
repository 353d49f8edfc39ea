"""PrintedSummary: a printed ``model.summary()``, its rows with what explains their counts."""

from __future__ import annotations

from typing import NamedTuple

from rnninspect.analysis.result import Analysis
from rnninspect.diagnostics import Diagnostic, Place
from rnninspect.rules.rule import Finding, Rule, RuleSettings


class PrintedSummary(NamedTuple):
    """The analysis of a table in a text, without a model behind it."""

    analysis: Analysis
    path: str

    @property
    def has_one_finding(self) -> bool:
        """Whether one rule is enough: False, every rule may report."""
        return False

    def diagnostic(self, finding: Finding, rule: Rule, settings: RuleSettings) -> Diagnostic:
        """Return a finding with the file and the name of the model."""
        return Diagnostic(
            code=rule.code,
            name=rule.name,
            severity=rule.severity,
            message=finding.message,
            place=finding.place or Place(self.path),
            model=self.analysis.model.name,
            layer=finding.layer,
            help=finding.help,
        )
