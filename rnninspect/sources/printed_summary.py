"""The text of a printed ``model.summary()``, of Keras 1, 2 and 3, as rows.

The text may stand in a Markdown file or a log. Cells that were wrapped over several lines are
joined; types that were cut off are completed where only one class fits.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from rnninspect.errors import NotAModel
from rnninspect.ir.model import Model
from rnninspect.ir.shape import Shape
from rnninspect.layers import registry
from rnninspect.sources.dialects import CLASSES
from rnninspect.sources.formats import SourceFormat
from rnninspect.sources.models import Models
from rnninspect.sources.printed_table import PrintedRow, PrintedTable

_HEADER = re.compile(r"Layer \(type\).*(Output Shape|Par)", re.I)
_TITLE = re.compile(r"Layer \(type\)|Output Shape|Par\w*(?: #)?|Connected to|Trainable")
_BOX = re.compile(r"[│┃|]")
_RULE = re.compile(r"^[\s_=\-+━─┏┓┗┛┡┩├┤└┘┳╇┼┴╋┻╈┠┨╞╡╪╘╛╧║╔╗╚╝|│┃]*$")
_NAME = re.compile(r'Model:?\s+"?([^"\s]+)"?')
_COLOURS = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\))")
"""What a terminal takes for colours and links, and does not show."""
_TOTAL = re.compile(r"(Total|Trainable|Non-trainable|Optimizer) params:\s*([\d,]+)")
_LINE = re.compile(
    r"(?P<name>\S+) \((?P<kind>[\w>]+)\)?\s+(?P<shape>\[?\(.*?\)\]?(?=\s)|multiple|\?)\s+"
    r"(?P<params>[\d,]+)(?P<rest>.*)"
)
_COUNT = re.compile(r"^([\d,]+)(\s*\(unbuilt\))?")
_EDGE = re.compile(r"([^\s,\[\]'\"…]+)(?:…|\[(\d+)?…?\]?(?:\[(\d+)?…?\]?)?)")
"""``lstm[0][1]``, also where a narrow column cut it off: ``lstm[0][…``, ``bidirectio…``."""


def read_printed_file(path: Path, shown: str) -> Models:
    """Return the models of a text file with printed summaries; raise NotAModel if it has none."""
    return read_printed(path.read_bytes(), shown)


def read_printed(data: bytes, shown: str) -> Models:
    """Return the models of a text with printed summaries; raises NotAModel without any."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n")
    tables = tuple(tables_of(text))
    if not tables:
        raise NotAModel(
            f"{shown}: no printed summary could be read in this text",
            "Paste the whole table, with its line `Layer (type)  Output Shape  Param #`.",
        )
    printed = {
        Model(
            name=table.name,
            model_class="Functional" if table.states_connections else "Sequential",
            layers={},
            nodes=(),
            input_shapes={},
        ): table
        for table in tables
    }
    return Models(
        path=shown, format=SourceFormat.PRINTED_SUMMARY, models=tuple(printed), printed=printed
    )


def tables_of(text: str) -> Iterator[PrintedTable]:
    """Yield every summary in a text."""
    lines = without_colours(text).expandtabs().split("\n")
    starts = [number for number, line in enumerate(lines) if _HEADER.search(line)]
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(lines)
        first = starts[number - 1] + 1 if number else 0
        name = next(
            (match[1] for line in reversed(lines[first:start]) if (match := _NAME.search(line))),
            f"model_{number}" if number else "model",
        )
        table = _table(lines[start], lines[start + 1 : end], name)
        if table.rows:
            yield table


def without_colours(text: str) -> str:
    """Return a text without what only a terminal takes in."""
    return _COLOURS.sub("", text) if "\x1b" in text else text


Cells = dict[str, list[str]]
"""The lines of each cell of one row, by the title of the column."""


def _table(header: str, lines: Sequence[str], name: str) -> PrintedTable:
    totals: dict[str, int] = {}
    body: list[str] = []
    for line in lines:
        if match := _TOTAL.search(line):
            totals.setdefault(match[1], int(match[2].replace(",", "")))
        elif totals:
            break
        else:
            body.append(line)
    cells: list[Cells] = []
    if len(_BOX.findall(header)) >= 2:
        cells = list(_boxed(header, body))
    elif re.search(r"\)\s{2,}Output", header):  # else the blanks were lost
        cells = list(_aligned(header, body))
    rows = [row for cell_row in cells if (row := _row(cell_row)) is not None]
    if not rows:
        rows = [row for line in body if (row := _loose(line)) is not None]
    return PrintedTable(
        name,
        tuple(rows),
        totals.get("Total"),
        totals.get("Trainable"),
        totals.get("Non-trainable"),
        totals.get("Optimizer"),
    )


def _column(title: str) -> str:
    title = title.lower()
    for word, name in (("layer", "layer"), ("shape", "shape"), ("par", "params")):
        if word in title:
            return name
    return "connections" if "connected" in title else title.strip()


def _boxed(header: str, body: Sequence[str]) -> Iterator[Cells]:
    """Yield the rows between lines of a box; a row may take several lines."""
    titles = [_column(title) for title in _BOX.split(header)[1:-1]]
    row: Cells = {}
    for line in body:
        parts = _BOX.split(line)
        if len(parts) < 3 or _RULE.match(line):
            if row:
                yield row
            row = {}
            continue
        for title, cell in zip(titles, parts[1:], strict=False):
            row.setdefault(title, []).append(cell.rstrip())
    if row:
        yield row


def _aligned(header: str, body: Sequence[str]) -> Iterator[Cells]:
    """Yield the rows of the older layout, whose columns start where their titles do.

    A line or an empty one separates rows; where those were taken out, a count starts a row.
    """
    starts = [(title.start(), _column(title[0])) for title in _TITLE.finditer(header)]
    # Keras 2 puts a blank before the title of the first column, and none before the rows.
    starts[0] = (starts[0][0] - 1 if starts[0][0] == 1 else starts[0][0], starts[0][1])
    ends = [start for start, _ in starts[1:]] + [None]
    rules = [bool(_RULE.match(line[starts[0][0] :])) for line in body]
    # The rows begin below the rule under the titles.
    first = next((number + 1 for number, is_rule in enumerate(rules) if is_rule), 0)
    last = max((number for number, is_rule in enumerate(rules) if not is_rule), default=0)
    are_apart = any(rules[first : last + 1])
    row: Cells = {}
    for line, is_rule in zip(body[first:], rules[first:], strict=True):
        if is_rule:
            if row:
                yield row
            row = {}
            continue
        cells = {
            title: line[start:end].rstrip()
            for (start, title), end in zip(starts, ends, strict=True)
        }
        counts = cells.get("params", "").strip()[:1].isdigit()
        if not are_apart and counts and row.get("params"):
            yield row
            row = {}
        for title, cell in cells.items():
            if cell.strip():
                row.setdefault(title, []).append(cell)
    if row:
        yield row


def _row(cells: Cells) -> PrintedRow | None:
    layer = cells.get("layer", [])
    depth = _depth(layer[0]) if layer else 0
    written = "".join(piece.strip().lstrip("└|¯ ") for piece in layer).replace(" ", "")
    name, _, kind = written.partition("(")
    count = _COUNT.match("".join(piece.strip() for piece in cells.get("params", [])))
    if not name or not kind or count is None:
        return None
    edges = _EDGE.findall("".join(piece.strip() for piece in cells.get("connections", [])))
    return PrintedRow(
        name,
        class_of(kind.rstrip(")…").rpartition(">")[2], name),
        tuple(_shapes("".join(piece.strip() for piece in cells.get("shape", [])))),
        None if count[2] else int(count[1].replace(",", "")),
        tuple((layer, int(tensor or 0)) for layer, _, tensor in edges),
        depth,
    )


def _depth(cell: str) -> int:
    """Return how deep a row is in nested models: Keras 2 prints bars before it, Keras 3 └."""
    start = re.match(r"[\s|¯└]*", cell)
    lead = start[0] if start else ""
    return lead.count("|") or lead.count("└")


def _loose(line: str) -> PrintedRow | None:
    """Return a row that has lost its blanks."""
    match = _LINE.search(" ".join(line.split()))
    if match is None:
        return None
    edges = _EDGE.findall(match["rest"])
    return PrintedRow(
        match["name"],
        class_of(match["kind"].rpartition(">")[2], match["name"]),
        tuple(_shapes(match["shape"])),
        int(match["params"].replace(",", "")),
        tuple((layer, int(tensor or 0)) for layer, _, tensor in edges),
    )


def _shapes(text: str) -> Iterator[Shape]:
    """Yield the shapes in a cell; none where it says ``multiple`` or ``?``."""
    for inner in re.findall(r"\(([^()]*)\)", text):
        try:
            sizes = ast.literal_eval(f"({inner.strip().rstrip(',')},)") if inner.strip() else ()
        except (SyntaxError, ValueError):
            return
        if all(size is None or isinstance(size, int) for size in sizes):
            yield Shape.of(*sizes)


_CLASS_NAMES = (
    *" ".join([*registry.FAMILIES.values(), *registry.OTHER_FAMILIES.values()]).split(),
    *registry.ALIASES,
    *CLASSES,
    *registry.FOREIGN,
    "Functional",
    "Sequential",
    "Model",
)
"""The classes that a printed summary may name, for names that were cut off."""


def class_of(written: str, name: str) -> str:
    """Return the class of a row, completed by the layer's name where it was cut off."""
    if written in _CLASS_NAMES:
        return written
    fitting = {full for full in _CLASS_NAMES if written and full.startswith(written)}
    if len(fitting) == 1:
        return fitting.pop()
    plain = re.sub(r"[^a-z]", "", name.lower())
    by_name = [
        class_name for class_name in fitting if plain == re.sub(r"[^a-z]", "", class_name.lower())
    ]
    return by_name[0] if by_name else written
