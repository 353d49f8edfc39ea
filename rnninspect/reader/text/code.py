"""Programs as text: files, notebooks and expressions become pieces of Python that parse."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from rnninspect.errors import TooLarge, UnreadableSource
from rnninspect.reader.text import ipython, python2
from rnninspect.reader.text.ipython import without_shell
from rnninspect.reader.text.notebook import Notebook, read_notebook
from rnninspect.reader.text.parsing import NestedTooDeeply, parse
from rnninspect.reader.text.statements import Dropped

__all__ = ["MARKDOWN", "Dropped", "Piece", "pieces_of", "texts_of", "without_shell"]

MAX_PROGRAM_BYTES = 20 * 2**20

MARKDOWN = (".md", ".markdown")

_FENCE = re.compile(r"^([ \t]*)(```+|~~~+)(.*)$")
_PYTHON = re.compile(r"\s*\{?\.?(?:python3?|py)\b", re.I)


class Piece(NamedTuple):
    """A stretch of program that parses by itself: a file, or a cell (counted from 1).

    Of a cell, statements that do not parse are ``dropped``; ``statements.not_read`` is in their
    place in the tree. In a piece for Python 2 every ``/`` is a ``python2.ClassicDiv``, unless the
    program asks for the other.
    """

    text: str
    tree: ast.Module
    cell: int | None = None
    dropped: tuple[Dropped, ...] = ()
    is_python2: bool = False


def pieces_of(data: bytes, shown: str) -> tuple[Piece, ...]:
    """Return the program that a file holds, notebook cells in order.

    Raises UnreadableSource where nothing of it parses, TooLarge over ``MAX_PROGRAM_BYTES``.
    """
    if len(data) > MAX_PROGRAM_BYTES:
        raise TooLarge(f"{shown}: a program of more than {MAX_PROGRAM_BYTES // 2**20} MiB")
    if shown.endswith(".ipynb"):
        return _pieces_of_notebook(read_notebook(data, shown), shown)
    if shown.endswith(MARKDOWN):
        return _fences(_decoded(data, shown), shown)
    return (_piece(_decoded(data, shown), shown),)


def texts_of(data: bytes, shown: str) -> Iterator[tuple[int | None, str]]:
    """Yield the text of a program, or of each code cell with its number, whether it parses or not.

    Raises UnreadableSource for what is no text or no notebook.
    """
    if shown.endswith(".ipynb"):
        for cell in read_notebook(data, shown).cells:
            yield cell.number, cell.text
    else:
        yield None, _decoded(data, shown)


def _decoded(data: bytes, shown: str) -> str:
    """Return a program as text, in the encoding that CPython would take."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
    except (SyntaxError, UnicodeError, LookupError):
        raise UnreadableSource(
            f"{shown}: this is not text in the encoding it states",
            "Save the program as UTF-8.",
        ) from None


def _piece(text: str, shown: str) -> Piece:
    """Return a program that parses as a whole: Python 3, with commands of IPython, or Python 2."""
    try:
        return Piece(text, parse(text))
    except SyntaxError as error:
        problem = error
    with suppress(SyntaxError):
        return Piece(text, ipython.parse_script(text))
    if not isinstance(problem, NestedTooDeeply) and python2.looks_like_python2(text, problem):
        with suppress(SyntaxError):
            return _piece_of_python2(text)
    raise _unreadable(problem, text, shown)


def _piece_of_python2(text: str) -> Piece:
    tree = python2.parse_python2(text)
    if not python2.has_true_division(text):
        python2.mark_classic_division(tree)
    return Piece(text, tree, is_python2=True)


def _unreadable(error: SyntaxError, text: str, shown: str) -> UnreadableSource:
    if isinstance(error, NestedTooDeeply):
        return UnreadableSource(f"{shown}: {error.msg}")
    where = f" (line {error.lineno})" if error.lineno else ""
    is_old = python2.looks_like_python2(text, error) and not python2.is_installed()
    return UnreadableSource(
        f"{shown}: this is not Python 3{where}: {error.msg}", python2.HINT if is_old else ""
    )


def _fences(text: str, shown: str) -> tuple[Piece, ...]:
    """Return the fenced Python of a Markdown text, every line at its own number."""
    pieces = []
    lines = text.split("\n")
    start = 0
    while start < len(lines):
        opened = _FENCE.match(lines[start])
        start += 1
        if opened is None:
            continue
        end = start
        while end < len(lines) and lines[end].strip() != opened[2]:
            end += 1
        if _PYTHON.match(opened[3]):
            # An indented fence becomes a block, so that its columns stay what they are.
            head = ["if True:"] if opened[1] else [""]
            code = "\n".join([*("" for _ in lines[: start - 1]), *head, *lines[start:end]])
            with suppress(UnreadableSource):  # a fragment, as documents have them
                pieces.append(_piece(code, shown)._replace(text=text))
        start = end + 1
    return tuple(pieces)


def _pieces_of_notebook(notebook: Notebook, shown: str) -> tuple[Piece, ...]:
    """Return the cells of a notebook, each without what does not parse in it.

    Raises UnreadableSource where no cell has a statement that does.
    """
    is_python2 = notebook.python.startswith("2")
    pieces = [_cell(cell.text, cell.number, is_python2=is_python2) for cell in notebook.cells]
    if not notebook.python and any(piece.is_python2 for piece in pieces):
        is_python2 = True
        pieces = [_cell(cell.text, cell.number, is_python2=is_python2) for cell in notebook.cells]
    if is_python2:
        _mark_divisions(pieces)
    broken = [piece for piece in pieces if piece.dropped]
    if broken and all(len(piece.dropped) == len(piece.tree.body) for piece in pieces):
        first = broken[0]
        error = SyntaxError(first.dropped[0].reason)
        error.lineno = first.dropped[0].line
        raise _unreadable(error, first.text, f"{shown}: cell {first.cell}")
    return tuple(pieces)


def _mark_divisions(pieces: list[Piece]) -> None:
    """Mark every ``/`` before the cell that asks for the one of Python 3."""
    for piece in pieces:
        if python2.has_true_division(piece.text):
            return
        python2.mark_classic_division(piece.tree)


def _cell(text: str, number: int, *, is_python2: bool) -> Piece:
    """Return a cell as IPython reads it, or what can be read of it."""
    parser = _parse_python2_or_3 if is_python2 else parse
    with suppress(SyntaxError):
        return Piece(text, ipython.parse_cell(text, parser), number, is_python2=is_python2)
    with suppress(SyntaxError):
        return Piece(text, ipython.parse_cell(text, _parse_python3_or_2), number, is_python2=True)
    tree, dropped = ipython.parse_parts_of_cell(text, _parse_python3_or_2)
    return Piece(text, tree, number, dropped, is_python2)


def _parse_python3_or_2(text: str) -> ast.Module:
    try:
        return parse(text)
    except SyntaxError as error:
        if python2.looks_like_python2(text, error):
            with suppress(SyntaxError):
                return python2.parse_python2(text)
        raise


def _parse_python2_or_3(text: str) -> ast.Module:
    try:
        return python2.parse_python2(text)
    except SyntaxError:
        return parse(text)
