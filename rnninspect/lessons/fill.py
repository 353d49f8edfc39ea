"""The numbers of a lesson, computed by the declarations that ``summary`` uses.

A lesson is Markdown with ``{{...}}``: ``{{units}}`` is a number by its name, ``{{= 4 * units}}`` an
expression, and ``{{params: LSTM(units) on (timesteps, features)}}`` a property of a layer; without
the part after the colon it is that of the layer that the lesson is about.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from rnninspect.analysis.counting import count
from rnninspect.analysis.result import Row
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure, flatten
from rnninspect.language import ENGLISH
from rnninspect.lessons.language import in_language
from rnninspect.lessons.rows import row_of

NO_WEIGHTS = "It holds no weights: 0 parameters."
NOTHING = "There is nothing to count: 0 parameters."
WEIGHTS = "| weight | shape | parameters |"
GATES = "| gate | parameters | columns of the kernel |"
COSTS = "| timesteps | recurrent: steps in a row | attention: pairs compared |"
_PLACE = re.compile(r"\{\{\s*(=)?\s*([^{}]*?)\s*\}\}")
_SIGNS: Mapping[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Pow: operator.pow,
}


class Numbers(NamedTuple):
    """The values of the names in a lesson, and the row of the layer it is about, if any."""

    values: Mapping[str, int]
    it: Row | None = None
    language: str = ENGLISH


def fill(text: str, numbers: Numbers) -> str:
    """Fill in the numbers of a lesson. Raises ValueError for an unknown name or expression."""
    return _PLACE.sub(lambda match: _filled(match[1] or "", match[2], numbers), text)


def _filled(sign: str, words: str, numbers: Numbers) -> str:
    if sign:
        return number_text(evaluate(words, numbers.values))
    kind, _, expression = (part.strip() for part in words.partition(":"))
    if kind in numbers.values:
        return number_text(numbers.values[kind])
    if kind in TABLES:
        table = TABLES[kind](*(part.split() for part in expression.split("over")))
        return in_language(table, numbers.language)
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is not a property that a lesson can show")
    row = row_of(expression, numbers.values) if expression else numbers.it
    if row is None:
        raise ValueError(f"the lesson is not about a layer, but shows its {kind}")
    return in_language(KINDS[kind](row), numbers.language)


def evaluate(expression: str, values: Mapping[str, int]) -> float:
    """Evaluate an expression of numbers and names. Raises ValueError for anything else."""

    def value(node: ast.expr) -> float:
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
            return node.value
        if isinstance(node, ast.Name) and node.id in values:
            return values[node.id]
        if isinstance(node, ast.BinOp) and type(node.op) in _SIGNS:
            return _SIGNS[type(node.op)](value(node.left), value(node.right))
        raise ValueError(f"a lesson cannot evaluate {ast.unparse(node)}")

    return value(ast.parse(expression, mode="eval").body)


def number_text(value: float) -> str:
    """Write a number as a person would: ``1,472``, ``0.35``, ``3.3e-05``."""
    if isinstance(value, int) or (float(value).is_integer() and abs(value) < 1e6):
        return f"{int(value):,}"
    return f"{value:,.2f}" if 0.01 <= abs(value) < 1e6 else f"{value:.1e}"


def shape_text(structure: Structure) -> str:
    """Write shapes as Keras does, separated by commas."""
    return ", ".join(str(shape) for shape in flatten(structure) if isinstance(shape, Shape))


def _drawing(row: Row) -> str:
    start, end = shape_text(row.input_shape), shape_text(row.output_shape)
    return f"```text\n{start}  ──▶  {row.class_name}  ──▶  {end}\n```"


def _weights(row: Row) -> str:
    if not row.weights:
        return NO_WEIGHTS
    lines = [WEIGHTS, "| --- | --- | ---: |"]
    for owned in row.weights:
        weight = owned.weight
        sizes = ", ".join(str(n) for n in weight.stored_shape)
        note = f" ({', '.join(weight.per)})" if weight.per else ""
        if len(weight.stored_shape) == 1:
            sizes += ","
        lines.append(f"| `{owned.path}`{note} | ({sizes}) | {_count(weight.count.value)} |")
    return "\n".join(lines)


def _steps(row: Row) -> str:
    """Return the count of each weight, then of one gate, then of all."""
    if not row.weights or row.formula is None:
        return NOTHING
    lines = []
    copies = {len(owned.weight.per) for owned in row.weights}
    gated = copies.pop() if len(copies) == 1 else 0
    for owned in row.weights:
        size = owned.weight.one_copy if gated else owned.weight.count
        sums = [size.formula.symbols, size.formula.numbers, _count(size.value)]
        lines.append(f"{owned.path}: " + " = ".join(dict.fromkeys(sums)))
    if gated:
        lines.append(f"one gate: {count_of_one_gate(row)}")
        lines.append(f"{gated} gates: {row.formula.symbols}")
    else:
        lines.append(f"together: {row.formula.symbols}")
    lines.append(f"        = {row.formula.numbers}")
    lines.append(f"        = {_count(row.parameters.value)}")
    return "```text\n" + "\n".join(lines) + "\n```"


def count_of_one_gate(row: Row) -> str:
    """Return the number of parameters of one gate as a sum: ``96 + 256 + 16 = 368``."""
    parts = [owned.weight.one_copy.value for owned in row.weights]
    counts = [part for part in parts if part is not None]
    return f"{' + '.join(f'{part:,}' for part in counts)} = {sum(counts):,}"


def _gates(row: Row) -> str:
    per = row.weights[0].weight.per
    lines = [GATES, "| --- | ---: | --- |"]
    width = row.weights[0].weight.shape.require()[-1].value or 0
    total = count(owned.weight for owned in row.weights).value or 0
    for number, gate in enumerate(per):
        span = f"{number * width} … {(number + 1) * width - 1}"
        lines.append(f"| {gate} | {total // len(per):,} | {span} |")
    return "\n".join(lines)


def _count(value: int | None) -> str:
    return "?" if value is None else f"{value:,}"


def _powers(factors: Sequence[str], steps: Sequence[str]) -> str:
    """Return a table of powers: a row for each factor, a column for each number of steps."""
    lines = [f"| × | {' | '.join(steps)} |"]
    lines.append(f"| --- |{' ---: |' * len(steps)}")
    for factor in factors:
        cells = [number_text(float(factor) ** int(step)) for step in steps]
        lines.append(f"| {factor} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _costs(lengths: Sequence[str]) -> str:
    """Return a table of the steps of a recurrence and the pairs of an attention by length."""
    lines = [COSTS]
    lines.append("| ---: | ---: | ---: |")
    lines += [f"| {n:,} | {n:,} | {n * n:,} |" for n in map(int, lengths)]
    return "\n".join(lines)


TABLES: Mapping[str, Callable[..., str]] = {"powers": _powers, "costs": _costs}
"""Tables that are computed from the numbers after the colon."""
KINDS: Mapping[str, Callable[[Row], str]] = {
    "drawing": _drawing,
    "weights": _weights,
    "steps": _steps,
    "gates": _gates,
    "one gate": count_of_one_gate,
    "params": lambda row: _count(row.parameters.value),
    "formula": lambda row: "0" if row.formula is None else row.formula.numbers,
    "symbols": lambda row: "0" if row.formula is None else row.formula.symbols,
    "input": lambda row: shape_text(row.input_shape),
    "output": lambda row: shape_text(row.output_shape),
    "name": lambda row: row.name,
}
"""What a lesson can show of a layer."""
