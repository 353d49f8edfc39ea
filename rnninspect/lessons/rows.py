"""Rows of a summary for the Keras expressions in lessons."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from rnninspect.analysis.analyse import analyse
from rnninspect.analysis.result import Row
from rnninspect.reader.naming import AT_HAND
from rnninspect.reader.program import read_program
from rnninspect.reader.text.code import pieces_of

LISTED = ("Attention", "AdditiveAttention", "Add", "Concatenate")
"""Layers that take their inputs as one list."""


def row_of(expression: str, numbers: Mapping[str, int]) -> Row:
    """Return the row of ``LSTM(units) on (timesteps, features)``; ``&`` joins several inputs.

    ``numbers`` are the values of its names. It is read as any program, and never run. Raises
    ValueError if it is not a model that Keras would build.
    """
    return _row(expression, tuple(sorted(numbers.items())))


@cache
def _row(expression: str, numbers: tuple[tuple[str, int], ...]) -> Row:
    layer, _, shapes = expression.partition(" on ")
    names = [f"x{number}" for number, _ in enumerate(shapes.split("&"))]
    lines = [f"{name} = {value}" for name, value in numbers]
    lines += [
        f"{name} = Input({shape.strip()})"
        for name, shape in zip(names, shapes.split("&"), strict=True)
    ]
    inputs = ", ".join(names)
    listed = len(names) > 1 and layer.strip().startswith(LISTED)
    lines += [
        f"y = {layer.strip()}({f'[{inputs}]' if listed else inputs})",
        f"model = Model([{inputs}], y)",
    ]
    text = "\n".join(lines)
    program = read_program(pieces_of(text.encode(), "lesson.py"), "lesson.py", at_hand=AT_HAND)
    if program.rejected or not program.models:
        raise ValueError(f"{expression}: {program.unknown or program.rejected}")
    return analyse(program.models[0]).layers[-1]
