"""A report as Markdown, for pull requests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rnninspect.comparison.compare import Comparison
from rnninspect.render.letters import printable
from rnninspect.render.table import (
    gate_title,
    is_partly_frozen,
    meanings_of,
    shown_rows,
    size_text,
)
from rnninspect.render.text import (
    connections_text,
    formula_text,
    number_text,
    shape_text,
    total_text,
    trainable_text,
    verdict,
)
from rnninspect.report import ModelReport, Report

_SPECIAL = re.compile(r"([\\`*\[\]<>#|~&]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9]))")


def to_markdown(report: Report, *, expand: bool, gates: bool) -> str:
    """Write a report as headings, tables and lists that GitHub and GitLab show alike."""
    lines: list[str] = []
    for model in report.models:
        lines += _model(model, expand, gates)
    return "\n".join(lines)


def _model(model: ModelReport, expand: bool, gates: bool) -> Iterator[str]:
    yield f"### {_code(model.name)} ({_text(model.analysis.model.class_name)})"
    yield ""
    yield from _layers(model, expand)
    yield ""
    yield f"- **Total params: {total_text(model.total)}** ({size_text(model)})"
    yield f"- Trainable params: {total_text(model.analysis.trainable)}"
    yield f"- Non-trainable params: {total_text(model.analysis.non_trainable)}"
    for meaning in meanings_of(model):
        yield f"- {_text(meaning)}"
    if gates:
        yield from _gates(model)
    if model.comparisons:
        yield ""
    for comparison in model.comparisons:
        yield from _comparison(comparison)


def _layers(model: ModelReport, expand: bool) -> Iterator[str]:
    rows = list(shown_rows(model.layers, expand))
    connected = not model.analysis.is_linear and any(row.connections for row, _ in rows)
    frozen = is_partly_frozen(rows)
    columns = ["Layer (type)", "Output shape", "Params", "Formula"]
    columns += ["Connected to"] * connected + ["Trainable"] * frozen
    yield from _head(columns, numbers=("Params", "Trainable"))
    for row, level in rows:
        name = "&nbsp;&nbsp;" * level + _code(f"{row.name} ({row.class_name})")
        cells = [name, _code(shape_text(row.output_shape))]
        cells += [number_text(row.parameters.value), _text(formula_text(row))]
        cells += [_code(connections_text(row))] * connected + [trainable_text(row)] * frozen
        yield _line(cells)


def _gates(model: ModelReport) -> Iterator[str]:
    # Only `--gates` pays for the import.
    from rnninspect.analysis.gates import gate_splits

    for split in gate_splits(model.layers):
        yield ""
        yield f"#### {_text(gate_title(split))}"
        yield ""
        numbers = [*split.weights, "total"]
        yield from _head(["gate", *numbers], numbers=numbers)
        for line in (*split.gates, split.total):
            counts = [number_text(dim.value) for dim in (*line.counts, line.total)]
            yield _line([line.gate, *counts])


def _comparison(comparison: Comparison) -> Iterator[str]:
    yield f"- {_text(verdict(comparison))}"
    for row in comparison.disagreements:
        ours, theirs = number_text(row.ours), number_text(row.theirs)
        yield f"  - {_code(row.layer)}: computed {ours}, found {theirs}: {_text(row.differs_in)}"


def _head(columns: Sequence[str], numbers: Sequence[str]) -> Iterator[str]:
    yield _line([_text(column) for column in columns])
    yield _line(["---:" if column in numbers else "---" for column in columns])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _text(text: str) -> str:
    """Escape a text so that neither Markdown nor HTML takes effect in it."""
    return _SPECIAL.sub(r"\\\1", printable(text))


def _code(text: str) -> str:
    """Write a text from a file as a code span, in which nothing is markup, a link or a mention."""
    if not text:
        return ""
    text = printable(text).replace("|", "\\|")
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    space = " " if "`" in text else ""
    return f"{fence}{space}{text}{space}{fence}"
