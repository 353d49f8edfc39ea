"""Calls: of functions, classes, methods, partial functions, and of what is not followed."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, known
from tests.reader.following import misses


@pytest.mark.parametrize(
    "text",
    [
        "def f(a, b=2, *c, d, e=5, **g): return a, b, c, d, e, g\n"
        "x = f(1, d=4), f(1, 3, 6, 7, d=0, h=9), f(*[1, 2, 3], **{'d': 1})",
        "def f(a, /, b, *, c): return a - b * c\nx = f(1, 2, c=3)",
        "from functools import partial\ndef f(a, b, c): return a, b, c\n"
        "g = partial(f, 1, c=3)\nx = g(2), partial(g, c=4)(5)\ng = None",
        "class A:\n    def __call__(self, n): return n + 1\nx = A()(4)",
        "class A:\n    def __init__(self, n): self.n = n\n    def m(self, k): return self.n * k\n"
        "m = A(3).m\nx = m(4)\nm = None",
        "x = [].append(1)\ny = [3, 1].index(1), 'a-b'.split('-'), {1: 2}.get(5, 6)",
        "x = [1, 2].__getitem__(1), (1, 2).__contains__(2)",
        "f = lambda *a, k=1: (len(a), k)\nx = f(1, 2), f(k=3)\nf = None",
    ],
)
def test_a_call_results_in_what_python_returns(text: str) -> None:
    assert misses(text) == []


def test_a_function_that_is_not_followed_can_change_what_it_is_given() -> None:
    text = """
        from elsewhere import change
        a, b, inner = [1], [1], [2]
        c = {"k": inner}
        change(a, c)
    """
    found = known(text)
    assert found["a"] is UNKNOWN
    assert found["c"] is UNKNOWN
    assert found["inner"] is UNKNOWN
    assert found["b"] == [1]


def test_a_library_cannot_change_what_is_immutable() -> None:
    found = known("import json\na = (1, 'x')\njson.dumps(a)\nprint(a)")
    assert found["a"] == (1, "x")


def test_what_a_callback_assigns_is_not_known() -> None:
    text = """
        from elsewhere import register
        total, kept = 0, 1
        def work():
            global total
            total = kept
        register(work)
        total = 5
    """
    found = known(text)
    assert found["total"] is UNKNOWN
    assert found["kept"] == 1
