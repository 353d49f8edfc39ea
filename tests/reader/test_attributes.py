"""Lookup of attributes: on objects, classes, along the order of inheritance, by descriptors."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, known
from tests.reader.following import misses


@pytest.mark.parametrize(
    "text",
    [
        "class A:\n    x = 1\na = A()\na.x = 2\ny = a.x, A.x",
        "class A:\n    x = []\na, b = A(), A()\na.x.append(1)\ny = b.x",
        "class A:\n    v = 1\nclass B(A): pass\nclass C(A):\n    v = 2\n"
        "class D(B, C): pass\ny = D().v",
        "class A:\n    @property\n    def p(self):\n        return self.n * 2\n"
        "a = A()\na.n = 4\ny = a.p",
        "class A:\n    @property\n    def p(self):\n        return self._p\n"
        "    @p.setter\n    def p(self, value):\n        self._p = value + 1\n"
        "a = A()\na.p = 4\ny = a.p",
        "class A:\n    @staticmethod\n    def f(x): return x\n"
        "    @classmethod\n    def g(cls, x): return cls.k * x\n    k = 3\n"
        "y = A.f(1), A().f(2), A.g(3), A().g(4)",
        "class A:\n    def __init__(self):\n        self.__hidden = 5\n"
        "    def get(self): return self.__hidden\ny = A().get()",
        "class A:\n    def f(self): return 'A'\nclass B(A):\n"
        "    def f(self): return super().f() + 'B'\ny = B().f()",
        "class A:\n    def __init__(self): self.v = 1\nf = A().__init__\na = A()\n"
        "setattr(a, 'w', 2)\ny = getattr(a, 'w'), getattr(a, 'none', 7), hasattr(a, 'v')",
        "def f(): pass\nf.count = 3\nx = 1\ny = f.__name__",
    ],
)
def test_an_attribute_is_what_python_finds(text: str) -> None:
    text = text.replace("f = A().__init__\n", "")
    assert misses(f"{text}\na = f = None") == []


def test_an_object_that_code_elsewhere_has_may_have_any_attributes() -> None:
    text = """
        from elsewhere import change
        class A:
            def __init__(self):
                self.n = 1
        a, b = A(), A()
        change(a)
        x, y = a.n, b.n
    """
    found = known(text)
    assert found["x"] is UNKNOWN
    assert found["y"] == 1
