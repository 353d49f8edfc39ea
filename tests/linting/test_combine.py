from __future__ import annotations

from pathlib import Path

from rnninspect.diagnostics import Diagnostic, Fix, Place, Severity
from rnninspect.linting.combine import combine
from rnninspect.linting.result import FileResult, FileSummary
from rnninspect.linting.settings import Configuration
from rnninspect.linting.verification import Verification
from rnninspect.rules.checked_file.subject import Suppression


def finding(
    code: str, place: Place, severity: Severity = Severity.ERROR, layer: str | None = None
) -> Diagnostic:
    return Diagnostic(code, "name", severity, "message", place, layer=layer)


def result(
    path: str, *diagnostics: Diagnostic, suppressions: tuple[Suppression, ...] = ()
) -> FileResult:
    return FileResult(FileSummary(path, "checked"), diagnostics, suppressions)


def test_a_finding_of_an_imported_file_is_there_once_with_its_fix(here: Path) -> None:
    place = Place("nets.py", 3, 1)
    plain = finding("RNN101", place)
    fixed = plain._replace(fix=Fix("do", True, ()))
    in_loop = finding("RNN101", place._replace(round=2))
    both = combine([result("a.py", plain, in_loop), result("nets.py", fixed)], Configuration())
    assert both.diagnostics == (fixed,)


def test_layers_without_a_place_of_their_own_are_findings_of_their_own(here: Path) -> None:
    place = Place("log.txt")
    found = [finding("RNN503", place, layer=name) for name in ("a", "b", "a")]
    assert len(combine([result("log.txt", *found)], Configuration()).diagnostics) == 2


def test_findings_are_sorted_by_their_places(here: Path) -> None:
    found = [
        finding("RNN101", Place("p.py", line, column)) for line, column in ((9, 1), (3, 5), (3, 2))
    ]
    shown = combine([result("p.py", *found)], Configuration()).diagnostics
    assert [(one.place.line, one.place.column) for one in shown] == [(3, 2), (3, 5), (9, 1)]


def test_suppressions_count_before_rules_are_chosen(here: Path) -> None:
    suppression = Suppression(Place("p.py", 3, 30), 3, 3, ("RNN101",))
    found = result("p.py", finding("RNN101", Place("p.py", 3, 1)), suppressions=(suppression,))
    ignoring = Configuration({"ignore": ("RNN101",)})
    assert combine([found], ignoring).diagnostics == ()
    unused = result("p.py", suppressions=(suppression,))
    assert [one.code for one in combine([unused], Configuration()).diagnostics] == ["RNN901"]
    assert combine([unused], Configuration({"ignore": ("RNN9",)})).diagnostics == ()


def test_what_fails_depends_on_the_severity(here: Path) -> None:
    found = [finding("RNN201", Place("p.py", n, 1), one) for n, one in enumerate(Severity, 1)]
    for fail_on, failing in (("error", 1), ("warning", 2), ("hint", 3)):
        combined = combine([result("p.py", *found)], Configuration({"fail_on": fail_on}))
        assert (combined.failing, len(combined.diagnostics)) == (failing, 3)


def test_verdicts_of_keras_are_added_up(here: Path) -> None:
    results = [result("a.py")._replace(verification=Verification("keras", built=n)) for n in (1, 2)]
    combined = combine([*results, result("b.py")], Configuration())
    assert combined.verification == Verification("keras", built=3)
    assert combine([result("b.py")], Configuration()).verification is None
