"""Places: where a node of the program is, for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rnninspect.diagnostics import Place
from rnninspect.reader.context import Frame


def place_of(lines: Mapping[tuple[str, int | None], list[str]], frame: Frame, node: Any) -> Place:
    """Return where a node is, with the iteration of the innermost loop."""
    line = getattr(node, "lineno", 1)
    end = getattr(node, "end_lineno", None)
    text = lines.get((frame.path, frame.cell), ())
    return Place(
        frame.path,
        line,
        _column(text, line, getattr(node, "col_offset", 0)),
        frame.cell,
        end_line=end,
        end_column=None if end is None else _column(text, end, getattr(node, "end_col_offset", 0)),
        round=frame.iterations[-1] if frame.iterations else None,
    )


def _column(lines: Any, line: int, offset: int) -> int:
    """Return the column, from 1 in characters, of an offset in bytes (``ast`` has those)."""
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    if text.isascii():
        return offset + 1
    return len(text.encode()[:offset].decode(errors="ignore")) + 1
