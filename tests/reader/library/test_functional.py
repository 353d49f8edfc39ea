"""functools, operator, contextlib, abc and typing."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, contradictions, known

PROGRAMS = [
    """
    import functools, operator
    a = functools.reduce(operator.add, [1, 2], 3)
    b = functools.partial(int, base=2)("11")
    """,
    """
    import operator
    a = operator.itemgetter(1)([5, 6])
    b = operator.itemgetter(0, 1)("ab")
    c = operator.contains([1], 1)
    """,
    """
    import operator
    class A:
        x = 4
        def f(self, n):
            return n + 1
    a = operator.attrgetter("x")(A())
    b = operator.methodcaller("f", 1)(A())
    """,
    """
    import functools
    def d(f):
        @functools.wraps(f)
        def g(*args):
            return f(*args) + 1
        return g
    @d
    def f(x):
        return x
    a = f(1)
    """,
    """
    import functools
    calls = []
    @functools.lru_cache(maxsize=None)
    def f(x):
        calls.append(x)
        return [x]
    f(1)
    f(1).append(2)
    a = f(1)
    b = len(calls)
    """,
    """
    import functools
    class A:
        n = 0
        @functools.cached_property
        def x(self):
            self.n += 1
            return self.n
    o = A()
    a = o.x
    b = o.x
    """,
    """
    import abc
    class A(abc.ABC):
        @abc.abstractmethod
        def f(self): ...
    class B(A):
        def f(self):
            return 1
    a = B().f()
    """,
    """
    import contextlib
    a = 1
    with contextlib.suppress(KeyError):
        {}["x"]
        a = 2
    b = a
    """,
    """
    from typing import cast, NamedTuple
    a = cast(int, "x")
    P = NamedTuple("P", [("x", int)])
    b = P(3).x
    """,
    """
    import operator
    a = operator.lt(1, 2)
    b = operator.not_(0)
    c = operator.truth([])
    d = operator.getitem([4], 0)
    """,
]


@pytest.mark.parametrize("text", PROGRAMS)
def test_agrees_with_an_execution(text: str) -> None:
    assert list(contradictions(text)) == []


def test_what_a_caching_decorator_makes_is_not_followed() -> None:
    text = """
        import functools
        @functools.lru_cache
        def f():
            return []
        a = f()
    """
    found = known(text)
    assert found["a"] is UNKNOWN
