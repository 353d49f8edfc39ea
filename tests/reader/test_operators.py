"""Operators on constants, containers and objects of the program."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, claims, known
from tests.reader.following import UNKNOWN_INPUT, misses


@pytest.mark.parametrize(
    "expression",
    [
        "7 / 2, 7 // -2, -7 % 3, 2 ** 10, 2 ** 0.5",
        "1 << 5, 0b110 >> 1, 6 & 3, 6 | 1, 6 ^ 3",
        "'a' + 'b', 'ab' * 3, 3 * 'ab', b'a' + b'b'",
        "[1] + [2, 3], [0] * 3, (1,) + (2,), 2 * (1, 2)",
        "{1, 2} | {3}, {1, 2} & {2}, {1, 2} - {2}, {1, 2} ^ {2, 3}, {'a': 1} | {'b': 2}",
        "True + True, 1.5 * 2, -(-3), +True, ~7",
    ],
)
def test_a_result_is_that_of_python(expression: str) -> None:
    assert misses(f"x = ({expression})") == []


def test_methods_of_the_program_are_called_also_from_the_right() -> None:
    text = """
        class A:
            def __add__(self, other): return ("add", other)
            def __radd__(self, other): return ("radd", other)
            def __iadd__(self, other): return ("iadd", other)
        x = A() + 1, 1 + A()
        a = A()
        a += 2
    """
    assert misses(text) == []


@pytest.mark.parametrize(
    "expression", ["2 ** 10 ** 9", "'a' * 10 ** 12", "[0] * 10 ** 9", "1 << 10 ** 9"]
)
def test_a_result_that_would_fill_the_memory_is_not_computed(expression: str) -> None:
    assert known(f"x = {expression}")["x"] is UNKNOWN


def test_an_operation_that_fails_is_not_known() -> None:
    ways = claims("try:\n    x = 1 // 0\nexcept ZeroDivisionError:\n    x = 'caught'")
    assert any(way["x"] == "caught" for way in ways)


def test_of_unknown_numbers_the_kind_is_known() -> None:
    found = known(UNKNOWN_INPUT + "x = isinstance(unknown * 2 + 1, str)\ny = unknown * 2")
    assert (found["x"], found["y"]) == (False, UNKNOWN)


def test_a_list_with_something_unknown_keeps_its_length() -> None:
    assert known(UNKNOWN_INPUT + "x = len([unknown] * 3 + [1])")["x"] == 4
