"""row_of: an expression of Keras becomes the row that a summary would show for it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from rnninspect.analysis.analyse import Row, analyse
from rnninspect.reader.code import pieces_of
from rnninspect.sources.python.names import AT_HAND
from rnninspect.sources.python.read import read_program

LISTED = ("Attention", "AdditiveAttention", "Add", "Concatenate")
"""Layers that take their inputs as one list."""


def row_of(expression: str, numbers: Mapping[str, int]) -> Row:
    """The row of ``LSTM(units) on (timesteps, features)``; several inputs are joined by ``&``.

    ``numbers`` are the names in it. It is read as any program is, and never run.
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
    given = ", ".join(names)
    listed = len(names) > 1 and layer.strip().startswith(LISTED)
    lines += [
        f"y = {layer.strip()}({f'[{given}]' if listed else given})",
        f"model = Model([{given}], y)",
    ]
    text = "\n".join(lines)
    program = read_program(pieces_of(text.encode(), "lesson.py"), "lesson.py", at_hand=AT_HAND)
    if not program.models:
        raise ValueError(f"{expression}: {program.unknown or program.rejected}")
    return analyse(program.models[0]).layers[-1]
