"""What fixing and suppressing would change: programs before and after, none of them written."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from rnninspect.diagnostics import Diagnostic
from rnninspect.errors import RnnInspectError
from rnninspect.fixing.fix import Reading, apply_fixes, read_text
from rnninspect.fixing.text import patched
from rnninspect.linting.discovery import PROGRAMS, SourceFile, root_of
from rnninspect.linting.file import SIGNS, TimeIsUp, at_most, bytes_of
from rnninspect.linting.settings import Configuration
from rnninspect.linting.suppression import suppressing_edits, suppressions_of
from rnninspect.reader.naming import AT_HAND, EXPRESSION
from rnninspect.reader.text.code import pieces_of
from rnninspect.reader.tree import Tree
from rnninspect.sources.limits import FILE_TIMEOUT_SECONDS


class ChangedFile(NamedTuple):
    """A program before and after edits."""

    path: str
    before: bytes
    after: bytes
    fixes: int
    """How many findings the edits fix or turn off."""


Progress = Callable[[int, int], None]


def fixed_files(
    files: Sequence[SourceFile],
    configuration: Configuration,
    *,
    unsafe: bool = False,
    timeout_seconds: float = FILE_TIMEOUT_SECONDS,
    progress: Progress = lambda done, total: None,
) -> tuple[ChangedFile, ...]:
    """Return the programs that fixes change. No file is written.

    Only safe fixes unless ``unsafe``, and only of findings that are shown. Files that cannot be
    read, or not in ``timeout_seconds``, are left out: the check that follows reports them.
    """
    changed = []
    trees: dict[str, Tree] = {}
    for number, (path, root, _) in enumerate(files):
        progress(number, len(files))
        if not path.endswith(PROGRAMS):
            continue
        try:
            data = bytes_of(path)
        except RnnInspectError:
            continue
        if any(sign in data for sign in SIGNS):
            tree = trees.setdefault(root, Tree(root))
            try:
                with at_most(timeout_seconds):
                    file = fixed_text(data, path, configuration, unsafe=unsafe, tree=tree)
            except (Exception, TimeIsUp):
                # The check that follows raises the same, and reports it.
                if os.environ.get("RNNINSPECT_TRACEBACK"):
                    raise
                continue
            if file is not None:
                changed.append(file)
    return tuple(changed)


def fixed_text(
    data: bytes,
    path: str,
    configuration: Configuration,
    *,
    unsafe: bool = False,
    tree: Tree | None = None,
) -> ChangedFile | None:
    """Return a program, or an expression (at ``EXPRESSION``), after its fixes; None without any."""
    settings = configuration.of(path)

    def wants(error: Diagnostic, reading: Reading) -> bool:
        suppressions = suppressions_of(reading.data, reading.pieces, path)
        is_suppressed = any(suppression.covers(error) for suppression in suppressions)
        return settings.wants(error.code, path) and not is_suppressed

    is_expression = path == EXPRESSION
    if tree is None and not is_expression:
        tree = Tree(root_of(Path(path)))
    try:
        reading = read_text(data, path, AT_HAND if is_expression else (), tree)
    except RnnInspectError:
        return None
    after, count = apply_fixes(reading, unsafe=unsafe, wants=wants)
    return ChangedFile(path, data, after.data, count) if count else None


def suppressed_files(diagnostics: Sequence[Diagnostic]) -> tuple[ChangedFile, ...]:
    """Return the programs of findings, each with comments that turn the findings off."""
    by_path: dict[str, list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        if diagnostic.code.startswith("RNN9"):  # it is about a comment, and no comment turns it off
            continue
        path = diagnostic.place.path or ""
        if path.endswith(PROGRAMS[:2]) and diagnostic.place.line is not None:
            by_path.setdefault(path, []).append(diagnostic)
    changed = []
    for path, of_file in by_path.items():
        data = bytes_of(path)
        edits = suppressing_edits(of_file, pieces_of(data, path))
        after = patched(data, path, edits)
        try:
            pieces_of(after, path)
        except RnnInspectError:
            continue
        changed.append(ChangedFile(path, data, after, len(of_file)))
    return tuple(changed)
