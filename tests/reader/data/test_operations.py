"""Operators on arrays."""

from __future__ import annotations

import pytest

from tests.reader.follow import contradictions, known

PROGRAMS = [
    """
    import numpy as np
    X = np.random.rand(100, 20, 3)
    g = np.array([[1, 2], [3, 4]])
    a = X + 1
    b = X * np.ones(3)
    c = g @ g
    d = X > 0.5
    e = -X
    f = [1, 2] + g
    h = g // 2
    k = ~d
    """,
    """
    import numpy as np
    X = np.random.rand(100, 20, 3)
    g = np.array([[1, 2], [3, 4]])
    a = np.arange(4) * 2 + 1
    b = a[3]
    c = (a % 3)[1]
    d = X - X.mean(axis=0)
    e = X / X.max(axis=1, keepdims=True)
    """,
    """
    import numpy as np
    X = np.random.rand(100, 20, 3)
    g = np.array([[1, 2], [3, 4]])
    a = np.arange(3)
    a += 1
    b = a[0]
    c = (X == 0).sum(axis=0)
    d = a == [1, 2, 3]
    """,
]


@pytest.mark.parametrize("text", PROGRAMS)
def test_agrees_with_an_execution(text: str) -> None:
    assert list(contradictions(text)) == []


def test_what_does_not_fit_is_not_known() -> None:
    text = """
        import numpy as np
        X = np.random.rand(100, 20, 3)
        g = np.array([[1, 2], [3, 4]])
        a = X + np.zeros(4)
        b = X * y
    """
    found = known(text)
    assert found["a"] == ("array", None)
    assert found["b"] == ("array", None)


def test_arithmetic_on_tables() -> None:
    text = """
        import pandas as pd
        d = pd.read_csv("x", usecols=["a", "b"])
        a = d / 2
        b = a + d
    """
    found = known(text)
    assert found["a"] == ("table", (None, 2))
    assert found["b"] == ("table", (None, None))
