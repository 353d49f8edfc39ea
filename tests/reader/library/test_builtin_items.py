"""Builtins that go over items."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, contradictions, known

PROGRAMS = [
    """
    a = list(range(3))
    b = tuple("ab")
    c = set([1, 1])
    d = frozenset([1])
    e = dict(zip("ab", (1, 2)))
    """,
    """
    a = list(enumerate("ab", 1))
    b = list(map(int, ["1", "2"]))
    c = list(filter(None, [0, 1]))
    """,
    """
    a = list(reversed([1, 2]))
    b = sorted({"b": 1, "a": 2})
    c = sorted("ba", reverse=True)
    """,
    """
    a = sorted([3, 1], key=lambda x: -x)
    b = min([3, 1])
    c = max(1, 5, key=lambda x: -x)
    """,
    """
    a = max([], default=4)
    b = sum([1, 2], 10)
    c = any([0, 1])
    d = all([])
    e = sum([[1], [2]], [])
    """,
    """
    a = list(zip([1, 2], "ab", strict=True))
    b = dict.fromkeys("ab", 0)
    c = max({1, 5})
    d = sum({1, 2})
    """,
    """
    i = iter([1, 2])
    a = next(i)
    b = next(i)
    c = next(i, 9)
    """,
    """
    x = [1, 2]
    y = reversed(x)
    x[0] = 5
    a = list(y)
    """,
    """
    x = [1]
    z = zip(x, [4, 5])
    x.append(2)
    a = list(z)
    """,
]


@pytest.mark.parametrize("text", PROGRAMS)
def test_agrees_with_an_execution(text: str) -> None:
    assert list(contradictions(text)) == []


def test_the_longest_of_unknown_texts_is_a_number() -> None:
    text = """
        n = max(len(x) for x in open("f"))
        b = isinstance(n, int)
    """
    found = known(text)
    assert found["n"] is UNKNOWN
    assert found["b"] is True


def test_items_of_a_list_of_unknown_length_are_not_one_unknown() -> None:
    text = """
        n = int(input())
        xs = [int(input()) for _ in range(n)]
        a = xs[0] == xs[1]
        r = list(range(n))
        b = r[0] == r[1]
    """
    found = known(text)
    assert found["a"] is UNKNOWN
    assert found["b"] is UNKNOWN


def test_a_list_among_many_that_is_changed_leaves_none_certain() -> None:
    text = """
        n = int(input())
        xs = [[] for _ in range(n)]
        xs[0].append(1)
        a = len(xs[1])
    """
    found = known(text)
    assert found["a"] is UNKNOWN
