"""Functions of the program: scopes, closures, generators, recursion."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, known
from tests.reader.following import UNKNOWN_INPUT, misses, possible


@pytest.mark.parametrize(
    "text",
    [
        "def f(n, acc=[]):\n    acc.append(n)\n    return acc\nf(1)\nx = f(2)",
        "n = 1\ndef f():\n    return n\nn = 2\nx = f()",
        "def counter():\n    n = 0\n    def step():\n        nonlocal n\n        n += 1\n"
        "        return n\n    return step\na, b = counter(), counter()\na(), a()\nx = a(), b()\n"
        "a = b = None",
        "n = 0\ndef f():\n    global n\n    n += 5\nf()\nf()",
        "def f(n):\n    return 1 if n < 2 else n * f(n - 1)\nx = f(2)",
        "def g():\n    yield 1\n    yield from [2, 3]\nx = list(g())",
        "def g(n):\n    for i in range(n):\n        if i == 2:\n            return\n"
        "        yield i * i\nx = sum(g(9)), list(g(1))",
        "fs = []\nfor i in range(3):\n    fs.append(lambda: i)\nx = [f() for f in fs]\n"
        "fs = f = None",
        "fs = []\nfor i in range(3):\n    fs.append(lambda i=i: i)\nx = [f() for f in fs]\n"
        "fs = f = None",
        "def twice(f):\n    def inner(*a):\n        return f(f(*a))\n    return inner\n"
        "@twice\ndef add(n):\n    return n + 1\nx = add(1)",
        "def f(x):\n    x.append(1)\n    x = [9]\n    return x\ny = []\nz = f(y)",
        "def f():\n    for n in range(5):\n        if n == 3:\n            return n\nx = f()",
    ],
)
def test_a_function_does_what_python_does(text: str) -> None:
    assert misses(text) == []


def test_a_call_can_return_in_several_states() -> None:
    text = "def f(n):\n    if n == 7:\n        return 'a'\n    return 'b'\nx = f(unknown)"
    assert possible(UNKNOWN_INPUT + text) == ["a", "b"]


def test_recursion_without_an_end_is_given_up() -> None:
    found = known("def f(n, seen):\n    return f(n + 1, seen)\ny = [1]\nx = 1\nz = f(0, y)")
    assert found["x"] == 1
    assert found["z"] is UNKNOWN


def test_recursion_of_unknown_depth_may_do_anything_to_its_arguments() -> None:
    text = "def f(n, seen):\n    seen.append(n)\n    return f(n - 1, seen) if n else 0\n"
    found = possible(UNKNOWN_INPUT + text + "y = []\nx = f(unknown, y)\n", "y")
    assert UNKNOWN in found
