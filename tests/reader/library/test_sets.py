"""Methods of sets."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, contradictions, known

PROGRAMS = [
    """
    s = {1, 2}
    s.add(3)
    s.discard(1)
    a = s.union([9])
    b = s & {2}
    c = s.issubset({2, 3, 4})
    s.update("a")
    d = s
    e = frozenset([1]).intersection([1, 2])
    """,
    """
    s = {5}
    a = s.pop()
    s.add(1)
    t = s.copy()
    t.clear()
    b = s
    s.symmetric_difference_update({1, 2})
    """,
]


@pytest.mark.parametrize("text", PROGRAMS)
def test_agrees_with_an_execution(text: str) -> None:
    assert list(contradictions(text)) == []


def test_an_unknown_element_leaves_a_set_unknown() -> None:
    text = """
        s = {1}
        s.add(input())
        a = len(s)
    """
    found = known(text)
    assert found["a"] is UNKNOWN
