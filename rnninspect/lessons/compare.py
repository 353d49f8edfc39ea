"""side_by_side: several layers on the same input, with their ratios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rnninspect.analysis.analyse import Row
from rnninspect.lessons.fill import shape_text

_WHY = {
    "LSTM": "**LSTM** has four blocks of the size of a SimpleRNN, so just 4 times the weights: "
    "three gates (input, forget, output) and the candidate that is written into its memory, the "
    "cell state.",
    "GRU": "**GRU** has three such blocks: two gates (update, reset) and the candidate. It is a "
    "little more than 3 times a SimpleRNN, because with `reset_after=True`, Keras's default, the "
    "recurrent part of each block has a bias of its own; with `reset_after=False` it is just 3 "
    "times.",
}


def side_by_side(layers: Sequence[tuple[str, Row]], values: Mapping[str, int]) -> str:
    """A table with a column for each layer; counts are also given as multiples of the first's."""
    first = layers[0][1].parameters.value or 0
    rows: list[tuple[str, list[str]]] = [
        ("in", [shape_text(row.input_shape) for _, row in layers]),
        ("out", [shape_text(row.output_shape) for _, row in layers]),
        ("blocks", [", ".join(_blocks(row)) or "one" for _, row in layers]),
        ("formula", ["0" if row.formula is None else row.formula.symbols for _, row in layers]),
        ("numbers", ["0" if row.formula is None else row.formula.numbers for _, row in layers]),
        ("parameters", [_count(row.parameters.value) for _, row in layers]),
    ]
    if first:
        rows.append(("ratio", [_ratio(row.parameters.value, first) for _, row in layers]))
    names = [name for name, _ in layers]
    said = ", ".join(f"{value} {name}" for name, value in values.items())
    lines = [f"# {' and '.join(names)} side by side", "", f"For {said}.", ""]
    lines += [f"| | {' | '.join(names)} |", f"| --- |{' --- |' * len(names)}"]
    lines += [f"| {title} | {' | '.join(cells)} |" for title, cells in rows]
    lines += [line for name in names if name in _WHY for line in ("", _WHY[name])]
    lines += ["", f"Next: {', '.join(f'`rnninspect explain {name}`' for name in names)}.", ""]
    return "\n".join(lines)


def _blocks(row: Row) -> tuple[str, ...]:
    return row.weights[0].weight.per if row.weights else ()


def _count(value: int | None) -> str:
    return "?" if value is None else f"{value:,}"


def _ratio(value: int | None, first: int) -> str:
    if value is None:
        return "?"
    ratio = value / first
    return f"{ratio:g} ×" if ratio == int(ratio) else f"{ratio:.2f} ×"
