"""Methods of texts."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, contradictions, known

PROGRAMS = [
    """
    a = "A b".lower().split()
    b = ",".join(["x", "y"])
    c = "{} {x}".format(1, x=2)
    d = "a%s" % 3
    e = "ab".find("b")
    """,
    """
    a = "x.py".endswith(".py")
    b = "aXb".partition("X")
    c = "5".zfill(3)
    d = "ab".replace("a", "c")
    e = b"ab".decode()
    """,
]


@pytest.mark.parametrize("text", PROGRAMS)
def test_agrees_with_an_execution(text: str) -> None:
    assert list(contradictions(text)) == []


def test_the_kind_of_an_unknown_text_is_kept() -> None:
    text = """
        t = "a".replace("a", input())
        a = isinstance(t, str)
        b = t
    """
    found = known(text)
    assert found["a"] is True
    assert found["b"] is UNKNOWN
