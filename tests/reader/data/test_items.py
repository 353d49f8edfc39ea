"""Items of arrays."""

from __future__ import annotations

import pytest

from tests.reader.follow import contradictions, known

PROGRAMS = [
    """
    import numpy as np
    X = np.random.rand(100, 20, 3)
    g = np.array([[1, 2], [3, 4]])
    a = X[0]
    b = X[:, 1:5]
    c = X[..., None]
    d = X[:, -1, :]
    e = X[X[:, 0, 0] > 0.5]
    f = X[[1, 2, 3]]
    h = X[5:]
    """,
    """
    import numpy as np
    X = np.random.rand(100, 20, 3)
    g = np.array([[1, 2], [3, 4]])
    a = X[np.array([1, 2])]
    b = X[:, [0, 2]]
    c = X[np.newaxis]
    d = X[::2, ::-1]
    e = g[0, 1]
    f = X[np.arange(3), 0]
    """,
    """
    import numpy as np
    X = np.random.rand(100, 20, 3)
    g = np.array([[1, 2], [3, 4]])
    i = np.arange(6)
    a = i[2]
    b = i[-1]
    c = i[1:3]
    d = int(c[0])
    e = np.r_[i, i]
    f = np.c_[i, i]
    h = np.c_[g, g]
    """,
    """
    import numpy as np
    X = np.random.rand(100, 20, 3)
    g = np.array([[1, 2], [3, 4]])
    m = np.ones(100, dtype=bool)
    a = X[m]
    b = X[~m]
    c = X[m, 0]
    """,
]


@pytest.mark.parametrize("text", PROGRAMS)
def test_agrees_with_an_execution(text: str) -> None:
    assert list(contradictions(text)) == []


def test_a_slice_of_unknown_bounds_has_an_unknown_size() -> None:
    text = """
        import numpy as np
        n = int(input())
        a = np.zeros((9, 3))[:n]
        b = np.zeros((9, 3))[n]
    """
    found = known(text)
    assert found["a"] == ("array", (None, 3))
    assert found["b"] == ("array", (3,))


def test_rows_and_columns_of_a_table() -> None:
    text = """
        import pandas as pd
        d = pd.read_csv("x", usecols=["a", "b", "c"])
        a = d.iloc[:, 1:2]
        b = d.iloc[:, :-1].values
        c = d.loc[:, ["a", "b"]]
        e = d.iloc[:, 0].values
        f = d.iloc[3:]
    """
    found = known(text)
    assert found["a"] == ("table", (None, 1))
    assert found["b"] == ("array", (None, 2))
    assert found["c"] == ("table", (None, 2))
    assert found["e"] == ("array", (None,))
    assert found["f"] == ("table", (None, 3))
