"""Edits of a program's text: nothing outside an edit changes, not even a line end."""

from __future__ import annotations

import io
import itertools
import json
import os
import re
import tokenize
from collections.abc import Iterator, Sequence
from pathlib import Path

from rnninspect.diagnostics import Edit
from rnninspect.errors import RnnInspectError

_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.S)
_ESCAPED = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.S
)


class CannotWrite(RnnInspectError):
    """A file that is to be changed cannot be written."""


def patched(data: bytes, path: str, edits: Sequence[Edit]) -> bytes:
    """Apply edits that do not overlap to the bytes of a program or a notebook."""
    if path.endswith(".ipynb"):
        return _patched_notebook(data, edits)
    encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    text = data.decode(encoding)
    starts = _line_starts(text)
    return _replaced(text, [(*_span(edit, starts), edit.text) for edit in edits]).encode(encoding)


def difference(before: bytes, after: bytes, path: str) -> str:
    """Return the patch between two states of a file, in the unified format."""
    # Only who shows a patch pays for the import.
    import difflib

    old, new = (
        data.decode("utf-8", "replace").splitlines(keepends=True) for data in (before, after)
    )
    name = path.lstrip("/")
    lines = difflib.unified_diff(old, new, f"a/{name}", f"b/{name}")
    end = "\n\\ No newline at end of file\n"
    return "".join(line if line.endswith("\n") else line + end for line in lines)


def write(path: str, data: bytes) -> None:
    """Write a file in one step: a reader sees the old or the new bytes. Permissions are kept.

    The file need not exist. Raises CannotWrite, and then the file is unchanged.
    """
    # Only who writes pays for the import.
    import tempfile

    target = Path(os.path.realpath(path))
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        mode = target.stat().st_mode & 0o7777 if target.exists() else _mode_of_new_files()
        Path(temporary).chmod(mode)
        Path(temporary).replace(target)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise CannotWrite(
            f"{path}: it cannot be written ({reason})",
            "The file is unchanged.",
        ) from None


def _mode_of_new_files() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _replaced(text: str, spans: Sequence[tuple[int, int, str]]) -> str:
    for start, end, new in sorted(spans, reverse=True):
        text = f"{text[:start]}{new}{text[end:]}"
    return text


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in _LINE_ENDS.finditer(text))]


def _span(edit: Edit, starts: Sequence[int]) -> tuple[int, int]:
    begin, end = (starts[line - 1] + column - 1 for line, column in (edit.start, edit.end))
    return begin, end


def _patched_notebook(data: bytes, edits: Sequence[Edit]) -> bytes:
    encoding = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"
    text = data.decode(encoding)
    spans = []
    by_cell = itertools.groupby(
        sorted(edits, key=lambda edit: edit.cell or 0), lambda edit: edit.cell or 0
    )
    literals = _source_literals(text)
    for cell, changes in by_cell:
        # The position in the raw text of each character of the cell.
        positions: list[int] = []
        characters: list[str] = []
        for start, end in literals.get(cell, ()):
            raw = start + 1
            for token in _ESCAPED.findall(text[start + 1 : end - 1]):
                positions.append(raw)
                characters.append(json.loads(f'"{token}"', strict=False))
                raw += len(token)
        positions.append(raw if literals.get(cell) else 0)
        starts = _line_starts("".join(characters))
        for edit in changes:
            begin, end = _span(edit, starts)
            spans.append((positions[begin], positions[end], json.dumps(edit.text)[1:-1]))
    return _replaced(text, spans).encode(encoding)


def _source_literals(text: str) -> dict[int, list[tuple[int, int]]]:
    """Return the spans of the string literals of each code cell's source; cells count from 1."""
    literals: dict[int, list[tuple[int, int]]] = {}
    for path, start, end in _strings(text):
        keys = [key for key in path if isinstance(key, str)]
        if keys in (["cells", "source"], ["worksheets", "cells", "input"]):
            number = path[path.index("cells") + 1]
            literals.setdefault(int(number) + 1, []).append((start, end))
    return literals


def _strings(text: str) -> Iterator[tuple[list[str | int], int, int]]:
    """Yield every string of a JSON text that is a value: its path, its start and its end."""
    path: list[str | int] = []
    is_key: list[bool] = []
    for token in _TOKEN.finditer(text):
        word = token[0]
        if word in "{[":
            path.append("" if word == "{" else 0)
            is_key.append(word == "{")
        elif word in "}]":
            path.pop()
            is_key.pop()
        elif word == ",":
            if isinstance(path[-1], int):
                path[-1] += 1
            else:
                is_key[-1] = True
        elif word == ":":
            is_key[-1] = False
        elif word.startswith('"'):
            if is_key and is_key[-1]:
                path[-1] = json.loads(word, strict=False)
            else:
                yield list(path), token.start(), token.end()
