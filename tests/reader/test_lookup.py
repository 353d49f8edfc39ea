"""Which value a name has: of the function, around it, of the module, builtin."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, known
from tests.reader.following import misses


@pytest.mark.parametrize(
    "text",
    [
        "n = 1\ndef f():\n    n = 2\n    def g(): return n\n    return g()\nx = f(), n",
        "n = 1\ndef f():\n    n = 2\n    class A:\n        m = n\n        def g(self): return n\n"
        "    return A.m, A().g()\nx = f()",
        "n = 1\nclass A:\n    n = 2\n    def f(self): return n\nx = A().f()",
        "def max(*a): return 'mine'\nx = max(1, 2)",
        "x = len([1]), abs(-2), True\nlen = None",
        "n = 1\ndef f():\n    global n\n    n = 2\n    def g():\n        n = 3\n        return n\n"
        "    return g()\nx = f()",
        "class A:\n    k = 1\n    def f(self): return self.k\nx = A().f()",
        "if False:\n    len = None\nx = len([1, 2])",
    ],
)
def test_a_name_is_looked_up_as_python_does(text: str) -> None:
    assert misses(text) == []


def test_a_name_that_nothing_binds_is_not_known() -> None:
    assert known("from elsewhere import *\nx = never_bound\ny = 1")["x"] is UNKNOWN


def test_an_unknown_star_import_may_bind_any_name_that_is_not_bound() -> None:
    found = known("from elsewhere import *\nx = n\nm = 2\ny = m")
    assert (found["x"], found["y"]) == (UNKNOWN, 2)
