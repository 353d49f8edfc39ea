"""Methods of lists and tuples."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, contradictions, known

PROGRAMS = [
    """
    x = [3, 1]
    x.append(2)
    x.extend("ab")
    x.insert(0, 9)
    a = x.pop()
    x.remove(1)
    x.reverse()
    b = x.index(3)
    c = x.count(9)
    d = x.copy()
    x.clear()
    """,
    """
    x = [3, 1, 2]
    x.sort(key=lambda v: -v)
    a = x
    b = (1, 2, 1).count(1)
    c = (5, 6).index(6)
    """,
]


@pytest.mark.parametrize("text", PROGRAMS)
def test_agrees_with_an_execution(text: str) -> None:
    assert list(contradictions(text)) == []


def test_an_unknown_position_weakens_a_list() -> None:
    text = """
        x = [1, 2]
        x.insert(int(input()), 3)
        a = x
        b = bool(x)
    """
    found = known(text)
    assert found["a"] is UNKNOWN
    assert found["b"] is True
