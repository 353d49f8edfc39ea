"""What the cells of a notebook printed when they were last run: a witness that the file keeps."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from rnninspect.reader.text.notebook import Cell, joined
from rnninspect.sources.printed_summary import tables_of, without_colours
from rnninspect.sources.printed_table import PrintedTable

Kind = Literal["stdout", "stderr", "result", "display", "error"]

_KINDS: Mapping[str, Kind] = {
    "execute_result": "result",
    "pyout": "result",  # format 3, as below
    "display_data": "display",
    "update_display_data": "display",
}
_PREFORMATTED = re.compile(r"<pre\b[^>]*>(.*)</pre>", re.S | re.I)
_TAG = re.compile(r"<[^>]*>")
_FOLLOWING_ERROR = re.compile(
    r"During handling of the above exception|direct cause of the following exception"
)
_ARROW = re.compile(r"^-+> *(\d+)", re.M)


class Output(NamedTuple):
    """One thing that a cell left behind."""

    kind: Kind
    text: str
    """What was shown as plain text, without colours; of an error, its traceback."""
    error_name: str = ""
    error_value: str = ""


def outputs_of(cell: Cell) -> tuple[Output, ...]:
    """Return what a cell left behind, the parts of one stream joined; pictures are left out."""
    found: list[Output] = []
    for raw in cell.outputs:
        output = _output(raw)
        if output is None:
            continue
        before = found[-1] if found else None
        if before and before.kind == output.kind and output.kind in ("stdout", "stderr"):
            found[-1] = before._replace(text=before.text + output.text)
        else:
            found.append(output)
    return tuple(output._replace(text=_as_seen(output.text)) for output in found)


def printed_tables(cell: Cell) -> tuple[PrintedTable, ...]:
    """Return the summaries of models that a cell printed, in their order.

    Keras 3 displays the name, the table and each total by itself, so the texts are read as one.
    """
    shown = logged = ""
    for output in outputs_of(cell):
        if output.kind == "stderr":
            logged += output.text
        elif output.kind == "stdout":  # it goes on where it was, whatever was logged in between
            shown += output.text
        elif output.kind != "error":
            start = "" if not shown or shown.endswith("\n") else "\n"
            end = "" if output.text.endswith("\n") else "\n"
            shown += start + output.text + end
    return (*tables_of(shown), *tables_of(logged))


def ran_to_its_end(cell: Cell) -> bool | None:
    """Whether a cell was run and raised nothing; None where the file does not say it was run."""
    if any(output.kind == "error" for output in outputs_of(cell)):
        return False
    return None if cell.execution_count is None else True


def failed_at(cell: Cell) -> int | None:
    """Return the line of a cell that raised, from 1; None where none did or it is not said.

    The outermost call is the first in a traceback, and that of the error which came through is
    the last of several.
    """
    for output in outputs_of(cell):
        if output.kind == "error":
            arrow = _ARROW.search(_FOLLOWING_ERROR.split(output.text)[-1])
            line = int(arrow[1]) if arrow else 0
            return line if 0 < line <= cell.text.count("\n") + 1 else None
    return None


def _output(raw: Mapping[str, Any]) -> Output | None:
    kind = raw.get("output_type")
    try:
        if kind == "stream":
            stream = raw.get("name", raw.get("stream"))
            return Output("stderr" if stream == "stderr" else "stdout", joined(raw.get("text", "")))
        if kind in ("error", "pyerr"):
            lines = raw.get("traceback") or []
            trace = lines if isinstance(lines, str) else "\n".join(lines)
            return Output("error", trace, str(raw.get("ename", "")), str(raw.get("evalue", "")))
        text = _plain_text(raw.get("data", raw)) if kind in _KINDS else None
    except TypeError:  # not as Jupyter writes it
        return None
    return None if text is None else Output(_KINDS[str(kind)], text)


def _plain_text(data: Mapping[str, Any]) -> str | None:
    """Return the plain text among the forms of something displayed, or that of its HTML."""
    plain = data.get("text/plain", data.get("text"))
    if plain is not None:
        return joined(plain)
    preformatted = _PREFORMATTED.search(joined(data.get("text/html", data.get("html", ""))))
    return html.unescape(_TAG.sub("", preformatted[1])) if preformatted else None


def _as_seen(text: str) -> str:
    """Return a text as a terminal shows it: a carriage return starts its line again."""
    text = without_colours(text).replace("\b", "").replace("\r\n", "\n")
    return "\n".join(_last_written(line) for line in text.split("\n"))


def _last_written(line: str) -> str:
    parts: Iterator[str] = (part for part in reversed(line.split("\r")) if part)
    return next(parts, "")
