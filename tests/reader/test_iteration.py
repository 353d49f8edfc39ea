"""Iteration, one item at a time, also over what changes meanwhile."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, known
from tests.reader.following import UNKNOWN_INPUT, misses


@pytest.mark.parametrize(
    "text",
    [
        "x = []\nfor n in [1, 2]: x.append(n)\nelse: x.append('end')",
        "x = [1]\nfor n in x:\n    if n < 4: x.append(n + 1)",
        "x = []\nfor k in {'a': 1, 'b': 2}: x.append(k)",
        "x = []\nfor k, v in {'a': 1, 'b': 2}.items(): x.append((v, k))",
        "x = [(i, a, b) for i, (a, b) in enumerate(zip('ab', [1, 2, 3]), 5)]",
        "it = iter([1, 2, 3])\nx = next(it), list(it), next(it, 'none')\nit = None",
        "it = iter('abcd')\nx = list(zip(it, it))\nit = None",
        "x = list(map(lambda a, b: a * b, [1, 2], [3, 4])), list(filter(None, [0, 1, '', 2]))",
        "x = list(reversed([1, 2, 3])), sorted([3, 1, 2], reverse=True)",
        "x = [c for c in 'abc'], list(b'ab'), list(range(5, 0, -2))",
        "class A:\n    def __iter__(self): return iter([1, 2])\nx = list(A())",
    ],
)
def test_items_come_as_in_python(text: str) -> None:
    assert misses(text) == []


def test_the_items_of_something_unknown_are_not_known() -> None:
    found = known("import sys\nx = [a for a in sys.argv]\ny = list(sys.argv)\nz = 1")
    assert (found["x"], found["y"], found["z"]) == (UNKNOWN, UNKNOWN, 1)


def test_the_order_of_a_set_is_not_known() -> None:
    found = known("x = [n for n in {'a', 'b'}]\ny = [n for n in {'a'}]\nz = len({'a', 'b'})")
    assert (found["x"], found["y"], found["z"]) == (UNKNOWN, ["a"], 2)


def test_of_an_item_of_unknown_position_what_all_have_is_known() -> None:
    found = known(UNKNOWN_INPUT + "x = [3, 3, 3][unknown % 2]\ny = [3, 4][unknown % 2]")
    assert found["x"] in (3, UNKNOWN)
    assert found["y"] is UNKNOWN
