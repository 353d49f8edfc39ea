from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from rnninspect.api import inspect
from rnninspect.comparison.compare import Against, Status, skipped
from rnninspect.render.printer import Printer
from rnninspect.render.verdicts import show_comparison


def shown(comparison: object) -> str:
    out = io.StringIO()
    printer = Printer(Console(file=out, width=100, color_system=None))
    show_comparison(printer, comparison)  # type: ignore[arg-type]
    printer.flush()
    return out.getvalue()


def test_a_witness_that_agrees_is_one_line(samples: Path) -> None:
    report = inspect(str(samples / "lstm_stack.keras"), compare="stored")
    (comparison,) = report.models[0].comparisons
    text = shown(comparison)
    assert text.startswith(" ✓ stored weights agree")
    assert text.count("\n") == 1


def test_a_witness_that_differs_is_shown_row_by_row(samples: Path) -> None:
    report = inspect(str(samples / "lstm_stack.keras"), compare="stored")
    (comparison,) = report.models[0].comparisons
    row = comparison.rows[0]._replace(theirs=7, agrees=False, differs_in="count")
    text = shown(comparison._replace(status=Status.DISAGREE, rows=(row, *comparison.rows[1:])))
    assert text.startswith(" ✗ ")
    assert row.layer in text and " 7 " in text and "count" in text


def test_a_witness_that_was_not_asked_says_why() -> None:
    assert shown(skipped(Against.KERAS, "it is not installed")).startswith(" - ")
