"""Comprehensions: known items one by one, unknown ones by what they have in common."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, known
from tests.reader.following import UNKNOWN_INPUT, misses


@pytest.mark.parametrize(
    "text",
    [
        "x = [n * 2 for n in range(4) if n % 2]",
        "x = {n: m for n, m in zip('ab', [1, 2])}",
        "x = {len(w) for w in ['a', 'bb', 'cc']}",
        "x = [(a, b) for a in range(3) for b in range(a)]",
        "x = [[a for a in range(n)] for n in range(3)]",
        "n = 5\nx = [n for n in range(2)]",
        "x = [f() for f in [lambda i=i: i for i in range(3)]]",
        "fs = [lambda: i for i in range(3)]\nx = [f() for f in fs]\nfs = None",
        "x = sum(n for n in range(4)), list(n + 1 for n in [1, 2])",
        "x = [(last := n) for n in range(3)]\ny = last",
        "class A:\n    k = 3\n    v = [n for n in range(k)]\nx = A.v",
    ],
)
def test_items_are_those_of_python(text: str) -> None:
    assert misses(text) == []


def test_of_unknown_items_the_kind_is_known() -> None:
    text = "a = [2 for n in range(unknown)]\nx = a[0] if a else 2\ny = isinstance(a, list)"
    found = known(UNKNOWN_INPUT + text)
    assert found["a"] is UNKNOWN
    assert (found["x"], found["y"]) == (2, True)


def test_an_unknown_filter_leaves_the_number_of_items_open() -> None:
    found = known(UNKNOWN_INPUT + "x = [n for n in range(3) if n < unknown]\ny = len(x)")
    assert (found["x"], found["y"]) == (UNKNOWN, UNKNOWN)


def test_a_generator_that_is_kept_sees_later_changes() -> None:
    found = known("x = [1]\ng = (n for n in x)\nx.append(2)\ny = list(g)\nz = 1")
    assert found["y"] in (UNKNOWN, [1, 2])
    assert found["z"] == 1
