"""Suppressions: ``# noqa``, ``# noqa: RNN101`` and ``# rnninspect: off`` ... ``on``."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rnninspect.diagnostics import Diagnostic, Edit, Place, Severity
from rnninspect.language import said
from rnninspect.reader.code import Piece, without_shell

_NOQA = re.compile(r"#\s*noqa\b(?P<codes>\s*:\s*[A-Z]+\d*(?:[\s,]+[A-Z]+\d+)*)?", re.I)
_OURS = re.compile(r"RNN\d+", re.I)
_SWITCH = re.compile(r"#\s*rnninspect:\s*(off|on)\b", re.I)
MARKS = (b"noqa", b"NOQA", b"rnninspect:")
"""What a file that suppresses anything has in it."""


class Suppression(NamedTuple):
    """A comment that silences findings between two lines of a file or cell."""

    place: Place
    first: int
    last: int
    codes: tuple[str, ...] = ()
    """The rules it silences; none for all of them."""
    is_region: bool = False

    def covers(self, one: Diagnostic) -> bool:
        """Whether a finding is silenced by it."""
        if one.place.cell != self.place.cell or one.place.line is None:
            return False
        if self.codes and one.code not in self.codes:
            return False
        return self.first <= one.place.line <= self.last


def suppressions_of(data: bytes, pieces: Sequence[Piece], path: str) -> tuple[Suppression, ...]:
    """The comments of a program that silence findings."""
    if not any(mark in data for mark in MARKS):
        return ()
    texts = {piece.cell: piece for piece in pieces}
    return tuple(one for piece in texts.values() for one in _of_piece(piece, path))


def _of_piece(piece: Piece, path: str) -> Iterator[Suppression]:
    started: tuple[int, int] | None = None
    lines = piece.text.count("\n") + 1
    for line, column, comment in _comments(piece.text):
        place = Place(
            path, line, column, piece.cell, end_line=line, end_column=column + len(comment)
        )
        if switch := _SWITCH.search(comment):
            if switch[1].lower() == "off":
                started = started or (line, column)
            elif started is not None:
                yield _region(path, piece.cell, started, line)
                started = None
        elif noqa := _NOQA.search(comment):
            first, last = _statement_at(piece.tree, line)
            codes = tuple(one.upper() for one in _OURS.findall(noqa["codes"] or ""))
            if codes or not noqa["codes"]:  # the codes of other linters are theirs
                yield Suppression(place, first, last, codes)
    if started is not None:
        yield _region(path, piece.cell, started, lines)


def _region(path: str, cell: int | None, start: tuple[int, int], last: int) -> Suppression:
    line, column = start
    return Suppression(Place(path, line, column, cell), line, last, is_region=True)


def _comments(text: str) -> Iterator[tuple[int, int, str]]:
    """The comments with their lines and columns, counted from 1."""
    try:
        for token in tokenize.generate_tokens(io.StringIO(without_shell(text)).readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.start[1] + 1, token.string
    except (tokenize.TokenError, SyntaxError):
        for number, line in enumerate(text.split("\n"), 1):
            if "#" in line:
                column = line.rindex("#")
                yield number, column + 1, line[column:]


def _statement_at(tree: ast.Module, line: int) -> tuple[int, int]:
    """The lines of the innermost simple statement on a line, else the line itself."""
    found = line, line
    for node in ast.walk(tree):
        if not isinstance(node, ast.stmt) or hasattr(node, "body"):
            continue
        end = node.end_lineno or node.lineno
        if node.lineno <= line <= end:
            found = min(found[0], node.lineno), max(found[1], end)
    return found


def without_suppressed(
    found: Sequence[Diagnostic], suppressions: Sequence[Suppression]
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """The findings of a file that are not silenced, and one for each comment that silences none.

    A bare ``# noqa`` may be meant for another linter and is never called unused.
    """
    used: set[Suppression] = set()
    left = []
    for one in found:
        covering = [suppression for suppression in suppressions if suppression.covers(one)]
        used.update(covering)
        if not covering:
            left.append(one)
    unused = [
        _unused(one) for one in suppressions if one not in used and (one.codes or one.is_region)
    ]
    return left, unused


def _unused(one: Suppression) -> Diagnostic:
    # Only comments that silence nothing pay for the import.
    from rnninspect.rules.confidence import unused_suppression

    what = "# rnninspect: off" if one.is_region else f"# noqa: {', '.join(one.codes)}"
    return Diagnostic(
        code="RNN901",
        name=unused_suppression.__name__.replace("_", "-"),
        severity=Severity.HINT,
        message=said("`{comment}` silences nothing", comment=what),
        place=one.place,
        help=said("take the comment out"),
    )


def silencing_edits(found: Sequence[Diagnostic], pieces: Sequence[Piece]) -> tuple[Edit, ...]:
    """What to write so that findings of one file are silenced: a comment at each statement."""
    wanted: dict[tuple[int | None, int], set[str]] = {}
    texts = {piece.cell: piece for piece in pieces}
    for one in found:
        piece = texts.get(one.place.cell)
        if piece is not None and one.place.line is not None:
            _, last = _statement_at(piece.tree, one.place.line)
            wanted.setdefault((one.place.cell, last), set()).add(one.code)
    path = found[0].place.path or "" if found else ""
    return tuple(
        _silencing(path, texts[cell], line, codes) for (cell, line), codes in wanted.items()
    )


def _silencing(path: str, piece: Piece, line: int, codes: set[str]) -> Edit:
    text = piece.text.split("\n")[line - 1]
    for number, column, comment in _comments(piece.text):
        noqa = _NOQA.search(comment) if number == line else None
        if noqa is not None and noqa["codes"]:
            at = (line, column + noqa.end())
            return Edit(path, piece.cell, at, at, f", {', '.join(sorted(codes))}")
    at = (line, len(text.rstrip()) + 1)
    return Edit(path, piece.cell, at, at, f"  # noqa: {', '.join(sorted(codes))}")
