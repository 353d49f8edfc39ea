"""Programs as text: files, notebooks and expressions become pieces of Python that parse."""

from __future__ import annotations

import ast
import io
import json
import re
import tokenize
import warnings
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from rnninspect.errors import TooLarge, UnreadableSource

MAX_PROGRAM_BYTES = 20 * 2**20

MARKDOWN = (".md", ".markdown")

_FENCE = re.compile(r"^([ \t]*)(```+|~~~+)(.*)$")
_PYTHON = re.compile(r"\s*\{?\.?(?:python3?|py)\b", re.I)
_SHELL = re.compile(r"^(\s*)(?:[!%]|\?\w|\w[\w.]*\?+\s*$)")
_CAPTURED = re.compile(r"^(\s*[\w, ]+=\s*)[!%].*$")


class Piece(NamedTuple):
    """A stretch of program that parses by itself: a file, or a cell (counted from 1)."""

    text: str
    tree: ast.Module
    cell: int | None = None


def pieces_of(data: bytes, shown: str) -> tuple[Piece, ...]:
    """The program that a file holds, notebook cells in order.

    Raises UnreadableSource where nothing of it parses, TooLarge over ``MAX_PROGRAM_BYTES``.
    """
    if len(data) > MAX_PROGRAM_BYTES:
        raise TooLarge(f"{shown}: a program of more than {MAX_PROGRAM_BYTES // 2**20} MiB")
    if shown.endswith(".ipynb"):
        return _notebook(data, shown)
    if shown.endswith(MARKDOWN):
        return _fences(_decoded(data, shown), shown)
    return (_piece(_decoded(data, shown), shown, None),)


def texts_of(data: bytes, shown: str) -> Iterator[tuple[int | None, str]]:
    """The text of a program, or of each code cell with its number, whether it parses or not.

    Raises UnreadableSource for what is no text or no notebook.
    """
    if shown.endswith(".ipynb"):
        yield from _cells_of(data, shown)
    else:
        yield None, _decoded(data, shown)


def _decoded(data: bytes, shown: str) -> str:
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
    except (SyntaxError, UnicodeDecodeError, LookupError):
        raise UnreadableSource(
            f"{shown}: this is not text in the encoding it states",
            "Save the program as UTF-8.",
        ) from None


def _piece(text: str, shown: str, cell: int | None) -> Piece:
    error: Exception | None = None
    for candidate in (text, without_shell(text)):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # what Python thinks of the style is not asked
                return Piece(text, ast.parse(candidate), cell)
        except (SyntaxError, ValueError) as problem:
            error = problem
        except (RecursionError, MemoryError):
            raise UnreadableSource(f"{shown}: the program is nested too deeply") from None
    line = getattr(error, "lineno", None)
    where = f" (line {line})" if line else ""
    raise UnreadableSource(
        f"{shown}: this is not Python 3{where}: {getattr(error, 'msg', error)}",
        "Programs for Python 2 can be converted with 2to3.",
    )


def without_shell(text: str) -> str:
    """The text with shell and magic lines emptied, so that every line keeps its number."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if line.startswith("%%") and not line.startswith(("%%time", "%%capture")):
            return "\n".join([*lines[:number], *("" for _ in lines[number:])])
        if captured := _CAPTURED.match(line):
            lines[number] = f"{captured[1]}None"
        elif shell := _SHELL.match(line):
            lines[number] = f"{shell[1]}pass"
    return "\n".join(lines)


def _fences(text: str, shown: str) -> tuple[Piece, ...]:
    """The fenced Python of a Markdown text, every line at its own number."""
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
                pieces.append(Piece(text, _piece(code, shown, None).tree))
        start = end + 1
    return tuple(pieces)


def _notebook(data: bytes, shown: str) -> tuple[Piece, ...]:
    pieces = []
    problem: UnreadableSource | None = None
    for number, text in _cells_of(data, shown):
        try:
            pieces.append(_piece(text, f"{shown}: cell {number}", number))
        except UnreadableSource as error:
            problem = problem or error
    if problem is not None and not pieces:
        raise problem
    return tuple(pieces)


def _cells_of(data: bytes, shown: str) -> list[tuple[int, str]]:
    try:
        return list(_cells(json.loads(data.decode("utf-8-sig"))))
    except (ValueError, RecursionError, AttributeError, TypeError):
        raise UnreadableSource(f"{shown}: this is not a notebook") from None


def _cells(notebook: object) -> Iterator[tuple[int, str]]:
    """The code cells of formats 3 and 4 with their numbers, all cells counted from 1."""
    if not isinstance(notebook, dict):
        raise TypeError
    cells = notebook.get("cells")
    if cells is None:  # format 3
        cells = [cell for sheet in notebook["worksheets"] for cell in sheet["cells"]]
    for number, cell in enumerate(cells, start=1):
        if cell.get("cell_type") == "code":
            source = cell.get("source", cell.get("input", ""))
            yield number, source if isinstance(source, str) else "".join(source)
