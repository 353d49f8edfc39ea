"""mend: programs as they would be after their fixes, or with comments that silence findings."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from rnninspect.diagnostics import Diagnostic
from rnninspect.errors import RnnInspectError
from rnninspect.fixing.fix import Reading, read_text
from rnninspect.fixing.fix import mend as mend_reading
from rnninspect.fixing.text import patched
from rnninspect.linting.discovery import PROGRAMS, discover, root_of
from rnninspect.linting.file import SIGNS, TimeIsUp, at_most, bytes_of
from rnninspect.linting.settings import Configuration
from rnninspect.linting.suppression import silencing_edits, suppressions_of
from rnninspect.reader.code import pieces_of
from rnninspect.sources.limits import FILE_TIMEOUT_SECONDS
from rnninspect.sources.python.modules import Tree
from rnninspect.sources.python.names import AT_HAND, EXPRESSION


class Mended(NamedTuple):
    """A program before and after the fixes of its findings, and how many were made."""

    path: str
    before: bytes
    after: bytes
    fixes: int


Progress = Callable[[int, int], None]


def mend(
    paths: Sequence[str | os.PathLike[str]] = (".",),
    *,
    configuration: Configuration | None = None,
    unsafe: bool = False,
    markdown: bool = False,
    force_exclude: bool = False,
    timeout_seconds: float = FILE_TIMEOUT_SECONDS,
    progress: Progress = lambda done, total: None,
) -> tuple[Mended, ...]:
    """The programs among ``paths`` that fixes change, as they would be. No file is written.

    Only safe fixes unless ``unsafe``, and only of findings that are shown. Raises SourceNotFound;
    files that cannot be read, or not in ``timeout_seconds``, are left out.
    """
    configuration = configuration or Configuration()
    found = []
    trees: dict[str, Tree] = {}
    files = tuple(discover(paths, configuration, markdown=markdown, force_exclude=force_exclude))
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
                    one = mend_text(
                        data, path, configuration=configuration, unsafe=unsafe, tree=tree
                    )
            except (Exception, TimeIsUp):
                # The check that follows meets the same, and says so.
                if os.environ.get("RNNINSPECT_TRACEBACK"):
                    raise
                continue
            if one is not None:
                found.append(one)
    return tuple(found)


def mend_text(
    data: bytes,
    path: str,
    *,
    configuration: Configuration | None = None,
    unsafe: bool = False,
    tree: Tree | None = None,
) -> Mended | None:
    """One program, or an expression (at ``EXPRESSION``), after its fixes; None without any."""
    settings = (configuration or Configuration(isolated=True)).of(path)

    def wants(one: Diagnostic, reading: Reading) -> bool:
        silenced = suppressions_of(reading.data, reading.pieces, path)
        return settings.wants(one.code, path) and not any(s.covers(one) for s in silenced)

    is_expression = path == EXPRESSION
    if tree is None and not is_expression:
        tree = Tree(root_of(Path(path)))
    try:
        reading = read_text(data, path, AT_HAND if is_expression else (), tree)
    except RnnInspectError:
        return None
    after, made = mend_reading(reading, unsafe=unsafe, wants=wants)
    return Mended(path, data, after.data, made) if made else None


def silenced(found: Sequence[Diagnostic]) -> tuple[Mended, ...]:
    """The programs in which findings stand, each with comments that silence them."""
    by_path: dict[str, list[Diagnostic]] = {}
    for one in found:
        if one.code.startswith("RNN9"):  # it is about a comment, not silenced by one
            continue
        if (one.place.path or "").endswith(PROGRAMS[:2]) and one.place.line is not None:
            by_path.setdefault(one.place.path or "", []).append(one)
    changed = []
    for path, of_file in by_path.items():
        data = bytes_of(path)
        edits = silencing_edits(of_file, pieces_of(data, path))
        after = patched(data, path, edits)
        try:
            pieces_of(after, path)
        except RnnInspectError:
            continue
        changed.append(Mended(path, data, after, len(of_file)))
    return tuple(changed)
