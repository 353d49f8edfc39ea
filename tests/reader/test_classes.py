"""Classes of the program: construction, inheritance, enumerations, data classes, named tuples."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, known
from tests.reader.following import misses


@pytest.mark.parametrize(
    "text",
    [
        "class A:\n    def __init__(self, n, *more, k=1): self.v = n, more, k\n"
        "x = A(1, 2, 3, k=4).v",
        "class A:\n    def __init__(self): self.v = ['A']\n"
        "class B(A):\n    def __init__(self):\n        super().__init__()\n"
        "        self.v.append('B')\nx = B().v",
        "class A:\n    def __init__(self, v): self.v = v\nclass B(A):\n    pass\nx = B(3).v",
        "class A:\n    def f(self): return 'A'\n"
        "class B(A):\n    def f(self): return 'B' + super().f()\n"
        "class C(A):\n    def f(self): return 'C' + super().f()\n"
        "class D(B, C):\n    def f(self): return 'D' + super().f()\nx = D().f()",
        "n = 1\nclass A:\n    n = n + 1\n    m = [n * 2]\nx = A.n, A.m, n",
        "class A:\n    count = 0\n    def __init__(self): A.count += 1\n"
        "for _ in range(3): A()\nx = A.count",
        "from dataclasses import dataclass, field\n@dataclass\nclass P:\n    a: int\n"
        "    b: int = 2\n    c: list = field(default_factory=list)\n"
        "p, q = P(1), P(3, b=4)\np.c.append(5)\nx = p.a, p.b, p.c, q.a, q.b, q.c\np = q = None",
        "from enum import Enum\nclass E(Enum):\n    A = 1\n    B = 'b'\n"
        "x = E.A.value, E.B.name, E('b') is E.B, E['A'] is E.A, [e.name for e in E]",
        "from collections import namedtuple\nP = namedtuple('P', 'a b')\np = P(1, b=2)\n"
        "a, b = p\nx = p.a, p[1], len(p), a, b\np = None",
        "from typing import NamedTuple\nclass P(NamedTuple):\n    a: int\n    b: int = 7\n"
        "x = P(1).b, P(1, 2).b, tuple(P(3))",
        "class A:\n    def __len__(self): return 3\n    def __getitem__(self, k): return k * 2\n"
        "    def __contains__(self, k): return k == 5\n    def __add__(self, o): return 'sum'\n"
        "a = A()\nx = len(a), a[4], 5 in a, a + 1\na = None",
        "class A:\n    def __enter__(self): return 4\n    def __exit__(self, *a): pass\n"
        "with A() as n:\n    x = n",
        "class A:\n    def __eq__(self, other): return True\n    def __bool__(self): return False\n"
        "x = A() == 3, bool(A()), not A()",
        "class A: pass\nclass B(A): pass\nx = isinstance(B(), A), issubclass(B, A), "
        "isinstance(A(), B)",
    ],
)
def test_objects_are_what_python_makes(text: str) -> None:
    assert misses(text) == []


def test_a_class_of_an_unknown_metaclass_or_decorator_is_not_known() -> None:
    found = known("from elsewhere import register\n@register\nclass A:\n    v = 1\nx = A().v")
    assert found["x"] is UNKNOWN


def test_a_class_with_an_unknown_base_may_have_any_attribute() -> None:
    text = "from elsewhere import Base\nclass A(Base):\n    v = 1\na = A()\nx = a.w\ny = A.v"
    found = known(text)
    assert found["x"] is UNKNOWN
    assert found["y"] in (1, UNKNOWN)
