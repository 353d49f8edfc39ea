"""Methods of dicts."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, contradictions, known

PROGRAMS = [
    """
    d = {"a": 1}
    d.update(b=2)
    d.update([("c", 3)])
    a = d.get("z", 9)
    b = d.setdefault("q", [])
    b.append(1)
    c = d.pop("a")
    e = d.popitem()
    f = list(d.items())
    """,
    """
    d = {"a": 1}
    k = d.keys()
    d["b"] = 2
    a = list(k)
    b = dict.fromkeys("xy")
    c = d.copy()
    d.clear()
    e = list(k)
    """,
]


@pytest.mark.parametrize("text", PROGRAMS)
def test_agrees_with_an_execution(text: str) -> None:
    assert list(contradictions(text)) == []


def test_an_unknown_key_may_be_any() -> None:
    text = """
        d = {"a": 1}
        d[input()] = 2
        a = d["a"]
        b = len(d)
    """
    found = known(text)
    assert found["a"] is UNKNOWN
    assert found["b"] is UNKNOWN
