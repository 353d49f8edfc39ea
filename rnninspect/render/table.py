"""One model for a terminal: its rows with their formulas, its totals, its gates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from rich.table import Table

from rnninspect.analysis.result import Row
from rnninspect.render.printer import Printer, plain_table
from rnninspect.render.text import (
    bytes_text,
    connections_text,
    formula_text,
    line_text,
    number_text,
    shape_text,
    total_text,
    trainable_text,
)

if TYPE_CHECKING:
    from rnninspect.analysis.gates import GateSplit
    from rnninspect.report import ModelReport


def show_model(show: Printer, model: ModelReport, *, expand: bool, gates: bool) -> None:
    """Print everything about one model except its comparisons."""
    binding = model.analysis.model.binding
    if binding is not None:
        show.line(f"{binding.text}  {line_text(binding.place)}", "dim")
    show.line(f'Model: "{model.name}" ({model.analysis.model.class_name})', "bold")
    show.line()
    if model.layers:
        rows = list(shown_rows(model.layers, expand))
        show.table(lambda: _one_line_each(show, model, rows), lambda: _stacked(show, model, rows))
    else:
        show.line(" no layers")
    show.line()
    show.line(f" Total params: {total_text(model.total)} ({size_text(model)})", "bold")
    show.line(f" Trainable params: {total_text(model.analysis.trainable)}")
    show.line(f" Non-trainable params: {total_text(model.analysis.non_trainable)}")
    if gates:
        _show_gates(show, model)
    meanings = list(meanings_of(model))
    if meanings:
        show.line()
    for line in meanings:
        show.line(f" {line}", "dim")
    for line in readings_of(model):
        show.line(f" {line}")


def shown_rows(rows: Sequence[Row], expand: bool, level: int = 0) -> Iterator[tuple[Row, int]]:
    """Yield the rows of a table, each with its depth of nesting from 0."""
    for row in rows:
        yield row, level
        # A wrapper's formula covers what is inside it; a model has no formula.
        if expand and row.formula is None:
            yield from shown_rows(row.children, expand, level + 1)


def size_text(model: ModelReport) -> str:
    """Return the memory that the weights take, with its unit."""
    size = model.analysis.bytes
    return f"{'at least ' if size.at_least else ''}{bytes_text(size.value)}"


def meanings_of(model: ModelReport) -> Iterator[str]:
    """Yield the formulas in symbols, one for each way in which layers of the model are counted."""
    seen: set[tuple[str, str]] = set()
    for row, _ in shown_rows(model.layers, expand=True):
        if row.formula is not None and (key := (row.class_name, row.formula.symbols)) not in seen:
            seen.add(key)
            yield f"{row.class_name}: {row.formula.symbols}"


def readings_of(model: ModelReport) -> Iterator[str]:
    """Yield a line for each row of a printed summary whose count has several explanations."""
    for row, _ in shown_rows(model.layers, expand=True):
        if len(row.readings) < 2:
            continue
        readings = []
        for arguments, reading in row.readings:
            words = ", ".join(f"{key}={_argument(value)}" for key, value in arguments.items())
            readings.append(f"{row.class_name}({words}) on {shape_text(reading.input_shape)}")
        yield f"{row.name} can be {' or '.join(dict.fromkeys(readings))}"


def _argument(value: object) -> str:
    if isinstance(value, dict):
        inner = ", ".join(f"{key}={item!r}" for key, item in value.items() if key != "class_name")
        return f"{value['class_name']}({inner})"
    return repr(value)


def is_partly_frozen(rows: Sequence[tuple[Row, int]]) -> bool:
    """Whether some weights do not train, so that a column must show what does."""
    return any(row.non_trainable_params for row, _ in rows)


def _one_line_each(show: Printer, model: ModelReport, rows: Sequence[tuple[Row, int]]) -> Table:
    columns = ["Layer (type)", "Output shape", "Params", "Formula"]
    connected = not model.analysis.is_linear and any(row.connections for row, _ in rows)
    frozen = is_partly_frozen(rows)
    columns += ["Connected to"] * connected + ["Trainable"] * frozen
    table = plain_table(*columns, numbers=("Params", "Trainable"))
    for row, level in rows:
        name = show.text(f"{'  ' * level}{row.name} ")
        name.append_text(show.text(f"({row.class_name})", "cyan"))
        cells = [name, show.text(shape_text(row.output_shape))]
        cells.append(show.text(number_text(row.parameters.value)))
        cells.append(show.text(formula_text(row), _formula_style(row)))
        if connected:
            cells.append(show.text(connections_text(row), "dim"))
        if frozen:
            cells.append(show.text(trainable_text(row)))
        table.add_row(*cells)
    return table


def _stacked(show: Printer, model: ModelReport, rows: Sequence[tuple[Row, int]]) -> Table:
    """Build the table for narrow terminals: formula, inputs and share under the layer's name."""
    table = plain_table("Layer (type)", "Output shape", "Params", numbers=("Params",))
    connected = not model.analysis.is_linear
    frozen = is_partly_frozen(rows)
    for row, level in rows:
        indent = "  " * level
        name = show.text(f"{indent}{row.name} ")
        name.append_text(show.text(f"({row.class_name})", "cyan"))
        below = []
        if formula := formula_text(row):
            below.append((f"{'= ' if row.formula else ''}{formula}", _formula_style(row)))
        if connected and row.connections:
            below.append((f"from {connections_text(row)}", "dim"))
        if frozen and row.non_trainable_params:
            below.append((f"trainable: {trainable_text(row)}", ""))
        for text, style in below:
            name.append(f"\n{indent}  ").append_text(show.text(text, style))
        cells = [show.text(shape_text(row.output_shape))]
        cells.append(show.text(number_text(row.parameters.value)))
        table.add_row(name, *cells)
    return table


def _formula_style(row: Row) -> str:
    return "green" if row.formula else "yellow"


def _show_gates(show: Printer, model: ModelReport) -> None:
    # Only `--gates` pays for the import.
    from rnninspect.analysis.gates import gate_splits

    splits = list(gate_splits(model.layers))
    for split in splits:
        show.line()
        show.line(f" {gate_title(split)}", "bold")
        show.table(partial(_gates, show, split))
    if not splits:
        show.line()
        show.line(" No recurrent layer: nothing to split by gate.", "yellow")


def gate_title(split: GateSplit) -> str:
    """Return the name of the layer that a split is about, with its count by gates."""
    owner = f" {split.owner}" if split.owner else ""
    count = number_text(split.total.total.value)
    if len({gate.total.value for gate in split.gates}) == 1:
        each = number_text(split.gates[0].total.value)
        count = f"{len(split.gates)} gates × {each} = {count}"
    return f"{split.row.name} ({split.row.class_name}){owner}: {count}"


def _gates(show: Printer, split: GateSplit) -> Table:
    numbers = (*split.weights, "total")
    table = plain_table("gate", *numbers, numbers=numbers)
    for line in (*split.gates, split.total):
        cells = [number_text(dim.value) for dim in (*line.counts, line.total)]
        table.add_row(show.text(line.gate), *(show.text(cell) for cell in cells))
    return table
