"""combine: the results of all files become one, with what is suppressed or known left out."""

from __future__ import annotations

from collections.abc import Sequence

from rnninspect.diagnostics import Diagnostic
from rnninspect.errors import RnnInspectError
from rnninspect.linting.baseline import Baseline
from rnninspect.linting.file import bytes_of
from rnninspect.linting.result import CheckResult, FileResult
from rnninspect.linting.settings import Configuration
from rnninspect.linting.suppression import split_suppressed, suppressions_of
from rnninspect.rules.checked_file.subject import CheckedFile, Suppression


def combine(
    results: Sequence[FileResult], configuration: Configuration, baseline: Baseline | None = None
) -> CheckResult:
    """Return the findings of all files, each once, without what is suppressed or not selected.

    Suppressions come before the selection of rules, and the baseline comes last.
    """
    by_path: dict[str, list[Diagnostic]] = {result.file.path: [] for result in results}
    for diagnostic in _each_once(results):
        by_path.setdefault(diagnostic.place.path or "", []).append(diagnostic)
    of_checked = {result.file.path: result.suppressions for result in results}
    shown: list[Diagnostic] = []
    failing = 0
    for path, diagnostics in by_path.items():
        suppressions = of_checked[path] if path in of_checked else _suppressions_at(path)
        left, unused = split_suppressed(diagnostics, suppressions)
        left += _about_file(path, unused)
        settings = configuration.of(path)
        left = [diagnostic for diagnostic in left if settings.wants(diagnostic.code, path)]
        if baseline is not None:
            left = baseline.without_known(left, path)
        shown += sorted(left, key=_order)
        failing += sum(settings.fails(diagnostic.severity) for diagnostic in left)
    verification = None
    for result in results:
        if result.verification is not None:
            before = verification
            verification = before.plus(result.verification) if before else result.verification
    notes = baseline.notes() if baseline is not None else ()
    files = tuple(result.file for result in results)
    return CheckResult(files, tuple(shown), 0, verification, failing, notes)


def _each_once(results: Sequence[FileResult]) -> Sequence[Diagnostic]:
    """Return each finding once: a mistake in a file is found from every file that imports it."""
    unique: dict[object, Diagnostic] = {}
    for diagnostic in (diagnostic for result in results for diagnostic in result.diagnostics):
        place = diagnostic.place.in_any_round
        # Outside of a text, layers can have the same place.
        key = place, diagnostic.code, diagnostic.layer if place.line is None else None
        if key not in unique or (unique[key].fix is None and diagnostic.fix is not None):
            unique[key] = diagnostic
    return tuple(unique.values())


def _about_file(path: str, unused: tuple[Suppression, ...]) -> list[Diagnostic]:
    if not unused:
        return []
    # Only suppressions that do nothing pay for the import.
    from rnninspect.rules.engine import check

    return list(check(CheckedFile(path, unused)))


def _order(diagnostic: Diagnostic) -> tuple[int, int, int, str]:
    place = diagnostic.place
    return place.cell or 0, place.line or 0, place.column or 0, diagnostic.code


def _suppressions_at(path: str) -> tuple[Suppression, ...]:
    """Return the suppressions of a file that was imported, and not checked itself."""
    # Few runs pay for the import.
    from rnninspect.reader.text.code import pieces_of

    try:
        data = bytes_of(path)
        return suppressions_of(data, pieces_of(data, path), path)
    except RnnInspectError:
        return ()
