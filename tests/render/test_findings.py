from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from rnninspect.diagnostics import Cause, Diagnostic, Edit, Fix, Place, Severity
from rnninspect.linting.result import CheckResult, FileSummary
from rnninspect.linting.verification import Verification
from rnninspect.render.findings import (
    closing_line,
    flow_text,
    place_text,
    show_concise,
    show_full,
    show_statistics,
    show_unknown,
    verified_line,
)
from rnninspect.render.printer import Printer


def finding(severity: Severity, **more: Any) -> Diagnostic:
    return Diagnostic("RNN101", "name", severity, "odd", Place("p.py", 3, 1), **more)


def result_of(*diagnostics: Diagnostic, **more: Any) -> CheckResult:
    return CheckResult((FileSummary("p.py", "checked", 2, 1, 3),), diagnostics, **more)


def shown(show: Any, result: CheckResult) -> str:
    out = io.StringIO()
    printer = Printer(Console(file=out, width=100, color_system=None))
    show(printer, result)
    printer.flush()
    return out.getvalue()


def test_a_place_is_told_as_editors_read_it() -> None:
    assert place_text(Place("p.py", 12, 3)) == "p.py:12:3"
    assert place_text(Place("n.ipynb", 12, 3, 4)) == "n.ipynb:cell 4:12:3"
    assert place_text(Place("m.json", config_path="config.layers[2]")) == "m.json: config.layers[2]"
    assert place_text(Place("log.txt")) == "log.txt"


def test_the_closing_line_counts_each_severity() -> None:
    all_three = result_of(*map(finding, (*Severity, Severity.HINT)), fixed=2)
    assert closing_line(all_three).startswith("2 fixed, 1 error, 1 warning, 2 hints in 1 file: ")
    hints = result_of(finding(Severity.HINT))
    assert closing_line(hints).startswith("no errors, 1 hint in 1 file: ")
    assert closing_line(result_of()) == (
        "no errors in 1 file: 1 of 2 models understood completely, 3 layers"
    )


def test_a_warning_is_shown_without_keras_and_without_help_if_there_is_none() -> None:
    text = shown(show_full, result_of(finding(Severity.WARNING)))
    assert text.startswith("warning[RNN101]: odd\n  --> p.py:3:1\n")
    assert "Keras" not in text and "help" not in text
    assert "= explain: rnninspect explain RNN101" in text


def test_the_code_the_cause_and_the_fixed_line_are_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("p.py").write_text("import keras\nfirst = 1\nsecond = 2\n")
    found = finding(
        Severity.ERROR,
        cause=Cause("first", Place("p.py", 2, 1, end_line=2, end_column=6), "made here"),
        fix=Fix("write 3", True, (Edit("p.py", None, (3, 10), (3, 11), "3"),)),
        help="do this",
    )
    lines = shown(show_full, result_of(found)).splitlines()
    assert lines[2:9] == [
        "  |",
        "2 | first = 1",
        "  | ----- made here",
        "3 | second = 2",
        "  | ^^^^^^^^^^",
        "  |",
        "   = help: do this",
    ]
    assert lines[9] == "   = fix: second = 3  (--fix)"


def test_concise_is_a_line_each_and_statistics_a_line_for_each_rule() -> None:
    two = result_of(finding(Severity.ERROR), finding(Severity.ERROR))
    assert shown(show_concise, two) == "p.py:3:1: RNN101 odd\n" * 2
    assert shown(show_statistics, two) == "2  RNN101  name\n"


def test_the_flow_ends_in_the_layer_that_is_rejected() -> None:
    flow = ("(None, 2)", "a", "(None, 3)", "b")
    assert flow_text(finding(Severity.ERROR, flow=flow)) == "(None, 2) → a → (None, 3) ✗ b"


def test_what_keras_confirmed_is_one_line() -> None:
    assert verified_line(Verification("keras 3", 1, 2, 3)) == (
        "keras 3: 1 error confirmed, 2 models built as they were read, "
        "3 not known well enough to ask"
    )


def test_what_was_not_followed_is_listed_for_each_file() -> None:
    lines = (("p.py", None, 3, "it is async"), ("q.ipynb", 2, 4, "it does not parse"))
    file = FileSummary("p.py", "checked", 1, 0, doubts=("m: odd",), not_followed=lines)
    assert shown(show_unknown, CheckResult((file,), ())) == (
        "not followed: p.py:3: it is async\n"
        "not followed: q.ipynb:cell 2:4: it does not parse\n"
        "not complete: p.py: m: odd\n"
    )
