"""fill: the numbers of a lesson, put in by the declarations that ``summary`` uses.

A lesson is Markdown with ``{{...}}``: ``{{units}}`` a number by its name, ``{{= 4 * units}}`` an
arithmetic, and ``{{params: LSTM(units) on (timesteps, features)}}`` something of a layer, where the
part after the colon is left out for the layer that the lesson is about.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from rnninspect.analysis.analyse import Row
from rnninspect.analysis.counting import count
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
    """What the names in a lesson stand for, and the row it is about, if it is about a layer."""

    values: Mapping[str, int]
    it: Row | None = None
    language: str = ENGLISH


def fill(text: str, numbers: Numbers) -> str:
    """The lesson with its numbers. Raises ValueError for a place that means nothing."""
    return _PLACE.sub(lambda found: _filled(found[1] or "", found[2], numbers), text)


def _filled(sign: str, words: str, numbers: Numbers) -> str:
    if sign:
        return number_text(worked_out(words, numbers.values))
    kind, _, expression = (one.strip() for one in words.partition(":"))
    if kind in numbers.values:
        return number_text(numbers.values[kind])
    if kind in TABLES:
        table = TABLES[kind](*(one.split() for one in expression.split("over")))
        return in_language(table, numbers.language)
    if kind not in KINDS:
        raise ValueError(f"a lesson has no {kind!r}")
    row = row_of(expression, numbers.values) if expression else numbers.it
    if row is None:
        raise ValueError(f"the lesson is about no layer, but asks for its {kind}")
    return in_language(KINDS[kind](row), numbers.language)


def worked_out(expression: str, values: Mapping[str, int]) -> float:
    """A sum of numbers and names; nothing else means anything. Raises ValueError."""

    def value(node: ast.expr) -> float:
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
            return node.value
        if isinstance(node, ast.Name) and node.id in values:
            return values[node.id]
        if isinstance(node, ast.BinOp) and type(node.op) in _SIGNS:
            return _SIGNS[type(node.op)](value(node.left), value(node.right))
        raise ValueError(f"a lesson cannot work out {ast.unparse(node)}")

    return value(ast.parse(expression, mode="eval").body)


def number_text(value: float) -> str:
    """A number as a person writes it: ``1,472``, ``0.35``, ``3.3e-05``."""
    if isinstance(value, int) or (float(value).is_integer() and abs(value) < 1e6):
        return f"{int(value):,}"
    return f"{value:,.2f}" if 0.01 <= abs(value) < 1e6 else f"{value:.1e}"


def shape_text(structure: Structure) -> str:
    """Shapes as Keras writes them, one after the other."""
    return ", ".join(str(one) for one in flatten(structure) if isinstance(one, Shape))


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
    """The count one weight after the other, then the gates, then all of it."""
    if not row.weights or row.formula is None:
        return NOTHING
    lines = []
    copies = {len(owned.weight.per) for owned in row.weights}
    gated = copies.pop() if len(copies) == 1 else 0
    for owned in row.weights:
        one = owned.weight.one_copy if gated else owned.weight.count
        formula = one.formula
        sums = [formula.symbols, formula.numbers, _count(one.value)]
        lines.append(f"{owned.path}: " + " = ".join(dict.fromkeys(sums)))
    if gated:
        one_gate = count_of_one(row)
        lines.append(f"one gate: {one_gate}")
        lines.append(f"{gated} gates: {row.formula.symbols}")
    else:
        lines.append(f"together: {row.formula.symbols}")
    lines.append(f"        = {row.formula.numbers}")
    lines.append(f"        = {_count(row.parameters.value)}")
    return "```text\n" + "\n".join(lines) + "\n```"


def count_of_one(row: Row) -> str:
    """How many parameters one gate has, as a sum."""
    parts = [owned.weight.one_copy.value for owned in row.weights]
    known = [one for one in parts if one is not None]
    return f"{' + '.join(f'{one:,}' for one in known)} = {sum(known):,}"


def _gates(row: Row) -> str:
    per = row.weights[0].weight.per
    lines = [GATES, "| --- | ---: | --- |"]
    width = row.weights[0].weight.shape.require()[-1].value or 0
    one = count(w.weight for w in row.weights).value or 0
    for number, gate in enumerate(per):
        span = f"{number * width} … {(number + 1) * width - 1}"
        lines.append(f"| {gate} | {one // len(per):,} | {span} |")
    return "\n".join(lines)


def _count(value: int | None) -> str:
    return "?" if value is None else f"{value:,}"


def _powers(factors: Sequence[str], steps: Sequence[str]) -> str:
    """What is left of 1 after so many steps that each multiply by a factor."""
    lines = [f"| × | {' | '.join(steps)} |"]
    lines.append(f"| --- |{' ---: |' * len(steps)}")
    for factor in factors:
        cells = [number_text(float(factor) ** int(one)) for one in steps]
        lines.append(f"| {factor} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _costs(lengths: Sequence[str]) -> str:
    """Steps of a recurrence and pairs of an attention, by the length of the sequence."""
    lines = [COSTS]
    lines.append("| ---: | ---: | ---: |")
    lines += [f"| {n:,} | {n:,} | {n * n:,} |" for n in map(int, lengths)]
    return "\n".join(lines)


TABLES: Mapping[str, Callable[..., str]] = {"powers": _powers, "costs": _costs}
"""Tables that are worked out from the numbers after the colon."""
KINDS: Mapping[str, Callable[[Row], str]] = {
    "drawing": _drawing,
    "weights": _weights,
    "steps": _steps,
    "gates": _gates,
    "one gate": count_of_one,
    "params": lambda row: _count(row.parameters.value),
    "formula": lambda row: "0" if row.formula is None else row.formula.numbers,
    "symbols": lambda row: "0" if row.formula is None else row.formula.symbols,
    "input": lambda row: shape_text(row.input_shape),
    "output": lambda row: shape_text(row.output_shape),
    "name": lambda row: row.name,
}
"""What a lesson can show of a layer."""
