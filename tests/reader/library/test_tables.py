"""pandas: tables that are read or made."""

from __future__ import annotations

from tests.reader.follow import UNKNOWN, known


def test_tables_that_are_read() -> None:
    text = """
        import pandas as pd
        a = pd.read_csv("x")
        b = pd.read_csv("x", usecols=["a", "b"])
        c = pd.read_csv("x", usecols=["a", "b"], index_col="a")
        d = pd.read_csv("x", chunksize=5)
        e = pd.read_excel("x")
        f = pd.read_excel("x", sheet_name=None)
    """
    found = known(text)
    assert found["a"] == ("table", (None, None))
    assert found["b"] == ("table", (None, 2))
    assert found["c"] == ("table", (None, 1))
    assert found["d"] is UNKNOWN
    assert found["e"] == ("table", (None, None))
    assert found["f"] is UNKNOWN


def test_tables_that_are_made() -> None:
    text = """
        import numpy as np
        import pandas as pd
        a = pd.DataFrame(np.zeros((4, 3)))
        b = pd.DataFrame([[1, 2], [3, 4]], columns=["a", "b"])
        c = pd.DataFrame({"a": [1], "b": [2]})
        d = pd.DataFrame([{"a": 1}])
        e = pd.DataFrame()
        e["a"] = [1, 2]
        f = pd.concat([c, c], axis=1)
        g = pd.concat([c, c])
        h = pd.get_dummies(c)
        i = pd.DataFrame([1, 2, 3])
    """
    found = known(text)
    assert found["a"] == ("table", (4, 3))
    assert found["b"] == ("table", (2, 2))
    assert found["c"] == ("table", (None, 2))
    assert found["d"] == ("table", (None, None))
    assert found["e"] == ("table", (None, 1))
    assert found["f"] == ("table", (None, 4))
    assert found["g"] == ("table", (None, 2))
    assert found["h"] == ("table", (None, None))
    assert found["i"] == ("table", (3, 1))
