from __future__ import annotations

from rnninspect.diagnostics import Place, Severity
from rnninspect.rules.checked_file.subject import CheckedFile
from rnninspect.rules.engine import check


def test_an_interrupted_check_is_a_hint_with_its_reason() -> None:
    (found,) = check(CheckedFile("p.py", interruption="the time was up"))
    assert (found.code, found.severity, found.place) == ("RNN902", Severity.HINT, Place("p.py"))
    assert found.message == "this file was not checked to its end: the time was up"


def test_a_whole_check_is_nothing_to_tell() -> None:
    assert list(check(CheckedFile("p.py"))) == []
