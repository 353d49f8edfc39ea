from __future__ import annotations

from collections.abc import Iterator

import pytest

from rnninspect.diagnostics import Cause, Change, ChangeKind, Place, Severity
from rnninspect.rules import engine
from rnninspect.rules.analysed_model.subject import AnalysedModel
from rnninspect.rules.checked_file.subject import CheckedFile
from rnninspect.rules.engine import check, has_rules
from rnninspect.rules.rejection.subject import Rejection
from rnninspect.rules.rule import Finding, RuleSettings, rule
from tests.rules.subjects import rejection_in_stack


@rule("RNN998", Severity.WARNING)
def twice(subject: object) -> Iterator[Finding]:
    """Finds something twice."""
    yield Finding("a", "help a", change=Change(ChangeKind.OMIT, True))
    yield Finding("b", cause=Cause("c", Place("q.py", 7, 1)), change=Change(ChangeKind.OMIT, True))


@rule("RNN999", Severity.HINT, setting="max_bytes")
def once(subject: object) -> Iterator[Finding]:
    """Finds something once."""
    yield Finding("c", place=Place("p.py", 3, 4))


@pytest.fixture(autouse=True)
def _two_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "rules_on", lambda subject: (twice, once))


def test_every_finding_of_every_rule_becomes_a_diagnostic() -> None:
    found = list(check(CheckedFile("p.py"), RuleSettings(max_bytes=1)))
    assert [(one.code, one.name, str(one.severity), one.message) for one in found] == [
        ("RNN998", "twice", "warning", "a"),
        ("RNN998", "twice", "warning", "b"),
        ("RNN999", "once", "hint", "c"),
    ]
    assert [one.place for one in found] == [Place("p.py"), Place("p.py"), Place("p.py", 3, 4)]


def test_a_rule_without_its_setting_does_not_run() -> None:
    assert {one.code for one in check(CheckedFile("p.py"))} == {"RNN998"}


def test_of_a_rejection_the_first_finding_of_the_first_rule_speaks() -> None:
    rejection = rejection_in_stack("Input((20, 6)), LSTM(8), LSTM(4)")
    assert [one.message for one in check(rejection, RuleSettings(max_bytes=1))] == ["a"]


def test_a_change_is_made_at_the_cause_or_else_at_the_layer() -> None:
    rejection = rejection_in_stack("Input((20, 6)), LSTM(8), LSTM(4)")
    (found,) = check(rejection)
    assert found.change == Change(ChangeKind.OMIT, True, rejection.node.place)
    rejection = rejection._replace(node=rejection.node)
    cause = Place("q.py", 7, 1)
    finding = Finding("b", cause=Cause("c", cause), change=Change(ChangeKind.OMIT, True))
    placed = engine._with_change_placed(rejection.diagnostic(finding, twice, RuleSettings()))
    assert placed.change == Change(ChangeKind.OMIT, True, cause)


def test_subjects_without_a_rule_that_runs_need_not_be_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert has_rules(Rejection, RuleSettings())
    monkeypatch.setattr(engine, "rules_on", lambda subject: (once,))
    assert not has_rules(AnalysedModel, RuleSettings())
    assert has_rules(AnalysedModel, RuleSettings(max_bytes=1))
