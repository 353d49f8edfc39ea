"""Suppressions: ``# noqa``, ``# noqa: RNN101`` and ``# rnninspect: off`` ... ``on``."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator, Sequence

from rnninspect.diagnostics import Diagnostic, Edit, Place
from rnninspect.reader.text.code import Piece, without_shell
from rnninspect.rules.checked_file.subject import Suppression

_NOQA = re.compile(r"#\s*noqa\b(?P<codes>\s*:\s*[A-Z]+\d*(?:[\s,]+[A-Z]+\d+)*)?", re.I)
_OURS = re.compile(r"RNN\d+", re.I)
_SWITCH = re.compile(r"#\s*rnninspect:\s*(off|on)\b", re.I)
MARKS = (b"noqa", b"NOQA", b"rnninspect:")
"""A file without any of these suppresses nothing."""


def suppressions_of(data: bytes, pieces: Sequence[Piece], path: str) -> tuple[Suppression, ...]:
    """Return the comments of a program that turn findings off."""
    if not any(mark in data for mark in MARKS):
        return ()
    texts = {piece.cell: piece for piece in pieces}
    return tuple(suppression for piece in texts.values() for suppression in _of_piece(piece, path))


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
            codes = tuple(code.upper() for code in _OURS.findall(noqa["codes"] or ""))
            if codes or not noqa["codes"]:  # the codes of other linters are theirs
                yield Suppression(place, first, last, codes)
    if started is not None:
        yield _region(path, piece.cell, started, lines)


def _region(path: str, cell: int | None, start: tuple[int, int], last: int) -> Suppression:
    line, column = start
    return Suppression(Place(path, line, column, cell), line, last, is_region=True)


def _comments(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the comments with their lines and columns, counted from 1."""
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
    """Return the lines of the innermost simple statement on a line, else the line itself."""
    first, last = line, line
    for node in ast.walk(tree):
        if not isinstance(node, ast.stmt) or hasattr(node, "body"):
            continue
        end = node.end_lineno or node.lineno
        if node.lineno <= line <= end:
            first, last = min(first, node.lineno), max(last, end)
    return first, last


def split_suppressed(
    diagnostics: Sequence[Diagnostic], suppressions: Sequence[Suppression]
) -> tuple[list[Diagnostic], tuple[Suppression, ...]]:
    """Return the findings of a file that no comment turns off, and the comments that do nothing."""
    used: set[Suppression] = set()
    left = []
    for diagnostic in diagnostics:
        covering = [suppression for suppression in suppressions if suppression.covers(diagnostic)]
        used.update(covering)
        if not covering:
            left.append(diagnostic)
    return left, tuple(suppression for suppression in suppressions if suppression not in used)


def suppressing_edits(
    diagnostics: Sequence[Diagnostic], pieces: Sequence[Piece]
) -> tuple[Edit, ...]:
    """Return the edits that turn the findings of one file off: a comment at each statement."""
    wanted: dict[tuple[int | None, int], set[str]] = {}
    texts = {piece.cell: piece for piece in pieces}
    for diagnostic in diagnostics:
        place = diagnostic.place
        piece = texts.get(place.cell)
        if piece is not None and place.line is not None:
            _, last = _statement_at(piece.tree, place.line)
            wanted.setdefault((place.cell, last), set()).add(diagnostic.code)
    path = diagnostics[0].place.path or "" if diagnostics else ""
    return tuple(
        _suppressing_edit(path, texts[cell], line, codes) for (cell, line), codes in wanted.items()
    )


def _suppressing_edit(path: str, piece: Piece, line: int, codes: set[str]) -> Edit:
    text = piece.text.split("\n")[line - 1]
    for number, column, comment in _comments(piece.text):
        noqa = _NOQA.search(comment) if number == line else None
        if noqa is not None and noqa["codes"]:
            at = (line, column + noqa.end())
            return Edit(path, piece.cell, at, at, f", {', '.join(sorted(codes))}")
    at = (line, len(text.rstrip()) + 1)
    return Edit(path, piece.cell, at, at, f"  # noqa: {', '.join(sorted(codes))}")
