from __future__ import annotations

from rnninspect.diagnostics import Diagnostic, Place, Severity
from rnninspect.rules.checked_file.subject import CheckedFile, Suppression
from rnninspect.rules.rule import Finding, Rule, RuleSettings

RULE = Rule("RNN998", Severity.HINT, "none", lambda file: iter(()))


def diagnostic(code: str, line: int | None, cell: int | None = None) -> Diagnostic:
    return Diagnostic(code, "name", Severity.ERROR, "message", Place("p.py", line, 1, cell))


def test_a_suppression_covers_its_lines_in_its_cell() -> None:
    suppression = Suppression(Place("p.py", 3, 9, 2), 3, 5)
    assert suppression.covers(diagnostic("RNN101", 3, 2))
    assert suppression.covers(diagnostic("RNN999", 5, 2))
    assert not suppression.covers(diagnostic("RNN101", 6, 2))
    assert not suppression.covers(diagnostic("RNN101", 3, 1))
    assert not suppression.covers(diagnostic("RNN101", None, 2))


def test_a_suppression_with_codes_covers_those() -> None:
    suppression = Suppression(Place("p.py", 3, 9), 3, 3, ("RNN101",))
    assert suppression.covers(diagnostic("RNN101", 3))
    assert not suppression.covers(diagnostic("RNN102", 3))


def test_a_finding_is_about_the_file_or_a_place_in_it() -> None:
    file = CheckedFile("p.py")
    assert file.diagnostic(Finding("odd"), RULE, RuleSettings()).place == Place("p.py")
    at = Finding("odd", place=Place("p.py", 3, 4))
    assert file.diagnostic(at, RULE, RuleSettings()).place == Place("p.py", 3, 4)
