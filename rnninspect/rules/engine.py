"""check: a subject becomes its diagnostics. Whoever runs rules runs them here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from rnninspect.diagnostics import Diagnostic, Place
from rnninspect.rules.registry import rules_on
from rnninspect.rules.rule import DEFAULT_SETTINGS, Finding, Rule, RuleSettings


class Subject(Protocol):
    """What rules look at. Its rules are the files beside the one that defines it."""

    @property
    def has_one_finding(self) -> bool:
        """Whether only the first rule that finds anything in it reports it."""

    def diagnostic(self, finding: Finding, rule: Rule, settings: RuleSettings) -> Diagnostic:
        """Return a finding with all that is known of the subject."""


def check(subject: Subject, settings: RuleSettings = DEFAULT_SETTINGS) -> Iterator[Diagnostic]:
    """Yield what the rules on a subject of this type find, in the order of their codes."""
    for rule in rules_on(type(subject)):
        if not rule.applies(settings):
            continue
        for finding in rule.findings(subject, settings):
            yield _with_change_placed(subject.diagnostic(finding, rule, settings))
            if subject.has_one_finding:
                return


def has_rules(subject: type[Subject], settings: RuleSettings) -> bool:
    """Whether any rule would run on subjects of a type, so that it pays to make them."""
    return any(rule.applies(settings) for rule in rules_on(subject))


def _with_change_placed(diagnostic: Diagnostic) -> Diagnostic:
    change, cause = diagnostic.change, diagnostic.cause
    if change is None or change.place != Place():
        return diagnostic
    place = diagnostic.place if cause is None else cause.place
    return diagnostic._replace(change=change._replace(place=place))
