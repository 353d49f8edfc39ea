"""Types and attributes."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, contradictions, known

PROGRAMS = [
    """
    a = isinstance(3, (int, str))
    b = isinstance(True, int)
    c = isinstance([], list)
    d = isinstance(None, int)
    """,
    """
    from collections import namedtuple, deque
    P = namedtuple("P", "x")
    a = isinstance(P(1), tuple)
    b = isinstance(deque(), list)
    c = isinstance((1,), (list, (str, tuple)))
    """,
    """
    class A:
        x = 1
    a = getattr(A(), "x")
    b = getattr(A(), "y", 5)
    c = hasattr(A(), "x")
    d = hasattr(A(), "z")
    """,
    """
    class A: pass
    o = A()
    setattr(o, "x", 3)
    a = o.x
    d = vars(o)
    d["x"] = 4
    b = o.x
    delattr(o, "x")
    """,
    """
    class A:
        @property
        def x(self):
            return 2
        @staticmethod
        def f():
            return 3
    a = A().x
    b = A.f()
    c = callable(A)
    d = callable(3)
    """,
    """
    class A: pass
    class B(A): pass
    a = issubclass(B, A)
    b = issubclass(A, B)
    c = type(B()) is B
    d = type(3) is int
    """,
]


@pytest.mark.parametrize("text", PROGRAMS)
def test_agrees_with_an_execution(text: str) -> None:
    assert list(contradictions(text)) == []


def test_the_dict_of_an_object_that_nothing_else_holds_is_known() -> None:
    text = """
        from types import SimpleNamespace
        d = vars(SimpleNamespace(a=1))
        d["b"] = 2
    """
    found = known(text)
    assert found["d"] == {"a": 1, "b": 2}


def test_the_dict_of_an_object_that_is_held_is_not() -> None:
    text = """
        from types import SimpleNamespace
        o = SimpleNamespace(a=1)
        d = vars(o)
        o.a = 5
        x = d["a"]
    """
    found = known(text)
    assert found["x"] is UNKNOWN
