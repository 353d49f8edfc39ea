"""Attributes of arrays."""

from __future__ import annotations

import pytest

from tests.reader.follow import contradictions, known

PROGRAMS = [
    """
    import numpy as np
    X = np.random.rand(100, 20, 3)
    g = np.array([[1, 2], [3, 4]])
    a = X.shape
    b = X.ndim
    c = X.T
    d = X.size
    e = X.shape[1:] + (1,)
    f = X.reshape(X.shape + (1,))
    n, t, k = X.shape
    """,
]


@pytest.mark.parametrize("text", PROGRAMS)
def test_agrees_with_an_execution(text: str) -> None:
    assert list(contradictions(text)) == []


def test_attributes_of_a_table() -> None:
    text = """
        import pandas as pd
        d = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
        a = d.shape[1]
        b = d.values
        c = len(d.columns)
        e = d.T
        f = d.a
    """
    found = known(text)
    assert found["a"] == 2
    assert found["b"] == ("array", (None, 2))
    assert found["c"] == 2
    assert found["e"] == ("table", (2, None))
    assert found["f"] == ("array", (None,))


def test_the_columns_of_a_table_can_be_named_anew() -> None:
    text = """
        import pandas as pd
        d = pd.read_csv("x")
        d.columns = ["a", "b"]
        d["a"] = 1
        a = d.shape[1]
        d["c"] = 1
        b = d.shape[1]
    """
    found = known(text)
    assert found["a"] == 2
    assert found["b"] == 3
