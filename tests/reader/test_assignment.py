"""Binding, unpacking, augmenting and deleting, as CPython does it."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, known
from tests.reader.following import misses


@pytest.mark.parametrize(
    "text",
    [
        "a = b = [1]\nb.append(2)",
        "a, (b, *c), d = 1, (2, 3, 4), 5",
        "*a, b = 'xyz'",
        "[a, b] = {1: 2, 3: 4}",
        "a, b = 1, 2\na, b = b, a",
        "x = [0, 1, 2]\ni = 0\ni, x[i] = 1, 9",
        "x = [1]\ny = x\nx += [2]",
        "x = [1]\ny = x\nx = x + [2]",
        "x = {'a': 1}\nx['a'] += 4\nx['b'] = x['a'] * 2",
        "x = [1, 2, 3]\ndel x[0], x[1:]",
        "x, y = 1, 2\ndel x\nx = y",
        "a = 3\na **= 2\na //= 2\na <<= 3",
        "x: int = 4\ny = x",
        "(n := 3)\nm = [n := n + 1, n]",
    ],
)
def test_names_hold_what_they_are_bound_to(text: str) -> None:
    assert misses(text) == []


def test_the_attribute_of_an_object_is_augmented_in_place() -> None:
    text = """
        class A:
            n = 1
        a = A()
        a.n += 4
        x = a.n, A.n
        del a.n
        y = a.n
    """
    assert misses(text) == []


def test_what_an_unknown_value_is_unpacked_into_is_not_known() -> None:
    found = known("import sys\na, b = sys.argv\n*c, d = sys.argv")
    assert [found[name] for name in "abcd"] == [UNKNOWN] * 4
