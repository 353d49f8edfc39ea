"""Findings as text: with code frames (full), or a line each (concise)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from rnninspect.diagnostics import Diagnostic, Fix, Place, Severity
from rnninspect.language import said
from rnninspect.render.printer import Printer

if TYPE_CHECKING:  # a summary that shows a finding does not pay for the linter
    from rnninspect.linting.result import CheckResult
    from rnninspect.linting.verification import Verification

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.HINT: "cyan"}


def place_text(place: Place) -> str:
    """Return a place as ``train.py:12:11`` or ``m.json: config.layers[2]``."""
    if place.line is None:
        return ": ".join(filter(None, (place.path, place.config_path)))
    cell = "" if place.cell is None else f"cell {place.cell}:"
    return f"{place.path}:{cell}{place.line}:{place.column}"


def show_concise(show: Printer, result: CheckResult) -> None:
    """Print a line for each finding: ``path:line:col: CODE message``."""
    for diagnostic in result.diagnostics:
        show.line(
            f"{place_text(diagnostic.place)}: {diagnostic.code} {show.said(diagnostic.message)}",
            whole=True,
        )


def show_full(show: Printer, result: CheckResult) -> None:
    """Print each finding with its code, the shapes on the way, Keras's words and what to do."""
    for diagnostic in result.diagnostics:
        show_diagnostic(show, diagnostic)


def show_diagnostic(show: Printer, diagnostic: Diagnostic) -> None:
    """Print one finding with its code frame."""
    show.line(
        f"{diagnostic.severity}[{diagnostic.code}]: {show.said(diagnostic.message)}",
        _STYLES[diagnostic.severity],
    )
    show.line(f"  --> {place_text(diagnostic.place)}")
    if diagnostic.place.line is not None:
        _frame(show, diagnostic)
    if len(diagnostic.flow) > 2 or (diagnostic.flow and "?" not in diagnostic.flow):
        show.line(f"   = shapes: {flow_text(diagnostic)}")
    if diagnostic.help:
        show.line(f"   = help: {show.said(diagnostic.help)}")
    if diagnostic.fix is not None:
        option = "--fix" if diagnostic.fix.safe else "--unsafe-fixes"
        show.line(f"   = fix: {show.said(_fixed(diagnostic.fix))}  ({option})")
    if diagnostic.keras_error:
        by = {True: " confirms", False: " says something else", None: ""}[diagnostic.verified]
        show.line(f"   = Keras{by}: {diagnostic.keras_error}")
    show.line(f"   = explain: rnninspect explain {diagnostic.code}")
    show.line()


def flow_text(diagnostic: Diagnostic) -> str:
    """Return the way of the shapes: ``(None, 20, 6) → simple_rnn → (None, 16) ✗ lstm``."""
    *before, last = diagnostic.flow
    return f"{' → '.join(before)} ✗ {last}"


def _frame(show: Printer, diagnostic: Diagnostic) -> None:
    place, cause = diagnostic.place, diagnostic.cause
    rejected = said("Keras rejects this")
    if place.round is not None:
        rejected = said("Keras rejects this in iteration {n} of the loop", n=place.round)
    labels: set[tuple[Place, str, str]] = {(place, "^", rejected if diagnostic.keras_error else "")}
    if cause is not None and cause.place.line is not None:
        labels.add((cause.place, "-", cause.label))
    lines = _lines(place)
    if not lines:
        return
    width = len(str(max(where.line or 0 for where, _, _ in labels)))
    show.line(f"{' ' * width} |")
    shown = None
    for where, sign, label in sorted(labels, key=lambda mark: (mark[0].line or 0, mark[1])):
        number = where.line or 0
        if not 0 < number <= len(lines) or where.path != place.path or where.cell != place.cell:
            continue
        text = lines[number - 1].replace("\t", " ")
        column = (where.column or 1) - 1
        one_line = where.end_line == number and where.end_column is not None
        length = (where.end_column or 0) - (where.column or 1) if one_line else len(text) - column
        if number != shown:
            show.line(f"{number:>{width}} | {text}")
        shown = number
        show.line(
            f"{' ' * width} | {' ' * column}{sign * max(1, length)} {show.said(label)}".rstrip()
        )
    show.line(f"{' ' * width} |")


def _fixed(fix: Fix) -> str:
    """Return the line that a fix changes, after it; where it changes several, its description."""
    first = fix.edits[0]
    lines = _lines(Place(first.path, cell=first.cell))
    if any(edit.start[0] != first.start[0] or edit.end[0] != first.start[0] for edit in fix.edits):
        return fix.description
    if not 0 < first.start[0] <= len(lines):
        return fix.description
    text = lines[first.start[0] - 1]
    for edit in sorted(fix.edits, key=lambda edit: edit.start, reverse=True):
        text = f"{text[: edit.start[1] - 1]}{edit.text}{text[edit.end[1] - 1 :]}"
    return text.strip()


def _lines(place: Place) -> list[str]:
    """Return the lines of the file or cell that holds a place; none if it was removed."""
    # Only findings in programs pay for the import.
    from rnninspect.errors import RnnInspectError
    from rnninspect.reader.text.code import texts_of

    if place.path is None:
        return []
    try:
        texts = dict(texts_of(Path(place.path).read_bytes(), place.path))
    except (OSError, RnnInspectError):
        return []
    return texts[place.cell].split("\n") if place.cell in texts else []


def show_statistics(show: Printer, result: CheckResult) -> None:
    """Print how many findings each rule has, the most frequent first."""
    counts = Counter((diagnostic.code, diagnostic.name) for diagnostic in result.diagnostics)
    fixable = Counter(
        diagnostic.code for diagnostic in result.diagnostics if diagnostic.fix is not None
    )
    width = len(f"{max(counts.values(), default=0):,}")
    for (code, name), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        fixes = f"  ({fixable[code]} with a fix)" if fixable[code] else ""
        show.line(f"{count:>{width},}  {code}  {name}{fixes}")


def show_unknown(show: Printer, result: CheckResult) -> None:
    """Print for each file what was not followed, and why models are not understood completely."""
    for file in result.files:
        for path, cell, line, reason in file.not_followed:
            where = f"{path}:{line}" if cell is None else f"{path}:cell {cell}:{line}"
            show.line(f"not followed: {where}: {reason}")
        for doubt in file.doubts:
            show.line(f"not complete: {file.path}: {doubt}")


def closing_line(result: CheckResult) -> str:
    """Return one line: how many files, models and layers were understood, and how many were not."""
    models = sum(file.models for file in result.files)
    complete = sum(file.complete_models for file in result.files)
    layers = sum(file.layers for file in result.files)
    errors = result.count(Severity.ERROR)
    text = (
        f"{_counts(result)} in {len(result.files)} file{'s' * (len(result.files) != 1)}: "
        f"{complete} of {models} model{'s' * (models != 1)} understood completely, "
        f"{layers} layer{'s' * (layers != 1)}"
    )
    reason = next((file.reason for file in result.files if file.reason), None)
    unreadable = sum(file.status == "unreadable" for file in result.files)
    if unreadable:
        text += f"; {unreadable} not readable"
    elif complete < models and reason and not errors:
        text += f" ({reason})"
    return text


def _counts(result: CheckResult) -> str:
    """Return the number of fixes, errors, warnings and hints: ``1 fixed, no errors, 2 hints``."""
    parts = [f"{result.fixed} fixed"] if result.fixed else []
    for severity in Severity:
        count = result.count(severity)
        if count or severity is Severity.ERROR:
            parts.append(f"{count or 'no'} {severity}{'s' * (count != 1)}")
    return ", ".join(parts)


def verified_line(verdict: Verification) -> str:
    """Return one line: what real Keras confirmed."""
    parts = [
        f"{verdict.confirmed} error{'s' * (verdict.confirmed != 1)} confirmed",
        f"{verdict.built} model{'s' * (verdict.built != 1)} built as they were read",
    ]
    if verdict.not_asked:
        parts.append(f"{verdict.not_asked} not known well enough to ask")
    return f"{verdict.engine or 'Keras'}: {', '.join(parts)}"
