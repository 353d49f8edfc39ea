"""Every kind of expression has the value that CPython computes."""

from __future__ import annotations

import ast

import pytest

from rnninspect.reader.expressions import EVALUATE
from tests.reader.follow import UNKNOWN, known
from tests.reader.following import UNKNOWN_INPUT, misses, possible


@pytest.mark.parametrize(
    "text",
    [
        "x = 1, 2.5, 'a', b'b', True, None, 1j",
        "x = [1, *[2, 3]], (*'ab', 1), {**{'a': 1}, 'b': 2}, {1, *[2]}",
        "n, w = 3.14159, 8\nx = f'{n:.2f}|{w!r:>{w}}|{\"s\"}'",
        "x = -5, +5, ~5, not 5",
        "x = [0, 1, 2, 3][1:], 'abc'[::-1], (1, 2)[-1], {'a': [1]}['a'][0]",
        "f = lambda a, b=2: a + b\nx = f(1)\nf = None",
        "x = (y := 3) + y",
        "x = 'a' if 0 else 'b'",
        "x = 7 // 2, -7 % 3, 2 ** -1, 1 / 4, 6 & 3, 6 | 1, 6 ^ 2, 1 << 4",
        "x = 'ab' * 2, [1] + [2], (1,) * 3, 'x' + 'y', '%s-%d' % ('a', 3)",
    ],
)
def test_a_value_is_that_of_python(text: str) -> None:
    assert misses(text) == []


def test_no_expression_of_python_is_left_out() -> None:
    kinds = {kind for kind in ast.expr.__subclasses__() if kind.__module__ == "ast"}
    assert kinds - set(EVALUATE) - {*_REPLACED} <= {ast.Slice, ast.FormattedValue, ast.Starred}
    assert len(kinds) > 20


_REPLACED = [
    getattr(ast, name)
    for name in ("Num", "Str", "Bytes", "NameConstant", "Ellipsis", "ExtSlice", "Index")
    if hasattr(ast, name)
]


def test_an_unknown_choice_has_two_values() -> None:
    assert possible(UNKNOWN_INPUT + "x = 1 if unknown == 5 else 2") == [1, 2]


def test_what_is_computed_from_the_unknown_is_not_known() -> None:
    found = known(UNKNOWN_INPUT + "x = unknown + 1\ny = [unknown, 2][1]\nz = f'{unknown}'")
    assert (found["x"], found["y"], found["z"]) == (UNKNOWN, 2, UNKNOWN)


def test_locals_and_globals_may_change_every_name() -> None:
    found = known("x = 1\nglobals()['x'] = 2\ny = x")
    assert found["y"] in (2, UNKNOWN)
