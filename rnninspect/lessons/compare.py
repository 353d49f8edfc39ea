"""Comparison of several layers on the same input, with the ratios of their counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rnninspect.analysis.result import Row
from rnninspect.language import ENGLISH, translated
from rnninspect.lessons.fill import shape_text

WHY = {
    "LSTM": "**LSTM** has four blocks of the size of a SimpleRNN, so exactly 4 times the weights: "
    "three gates (input, forget, output) and the candidate that is written into its memory, the "
    "cell state.",
    "GRU": "**GRU** has three such blocks: two gates (update, reset) and the candidate. It is a "
    "little more than 3 times a SimpleRNN, because with `reset_after=True`, Keras's default, the "
    "recurrent part of each block has a bias of its own; with `reset_after=False` it is exactly 3 "
    "times.",
}


TITLES = ("in", "out", "blocks", "formula", "numbers", "parameters", "ratio")
HEADING = "{layers} side by side"
GIVEN = "For {units} units, {features} features and {timesteps} timesteps."
NEXT = "Next: {commands}."


def side_by_side(
    layers: Sequence[tuple[str, Row]], values: Mapping[str, int], language: str = ENGLISH
) -> str:
    """Return a page with a column for each layer; ratios are those to the count of the first."""
    first = layers[0][1].parameters.value or 0
    cells: list[list[str]] = [
        [shape_text(row.input_shape) for _, row in layers],
        [shape_text(row.output_shape) for _, row in layers],
        [", ".join(_blocks(row)) or "1" for _, row in layers],
        ["0" if row.formula is None else row.formula.symbols for _, row in layers],
        ["0" if row.formula is None else row.formula.numbers for _, row in layers],
        [_count(row.parameters.value) for _, row in layers],
    ]
    if first:
        cells.append([_ratio(row.parameters.value, first) for _, row in layers])
    names = [name for name, _ in layers]
    heading = translated(HEADING, language).format(layers=", ".join(names))
    lines = [f"# {heading}", "", translated(GIVEN, language).format(**values), ""]
    lines += [f"| | {' | '.join(names)} |", f"| --- |{' --- |' * len(names)}"]
    lines += [
        f"| {translated(title, language)} | {' | '.join(row)} |"
        for title, row in zip(TITLES, cells, strict=False)
    ]
    lines += [
        line for name in names if name in WHY for line in ("", translated(WHY[name], language))
    ]
    commands = ", ".join(f"`rnninspect explain {name}`" for name in names)
    lines += ["", translated(NEXT, language).format(commands=commands), ""]
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
