"""Tables: columns and rows."""

from __future__ import annotations

from tests.reader.follow import UNKNOWN, known


def test_columns_that_are_picked() -> None:
    text = """
        import pandas as pd
        d = pd.read_csv("x", usecols=["a", "b", "c"])
        a = d[["a", "b"]]
        b = d["a"]
        c = d[d["a"] > 0]
        e = d[:5]
        f = d[["a"]].values
    """
    found = known(text)
    assert found["a"] == ("table", (None, 2))
    assert found["b"] == ("array", (None,))
    assert found["c"] == ("table", (None, 3))
    assert found["e"] == ("table", (None, 3))
    assert found["f"] == ("array", (None, 1))


def test_a_column_that_is_set_is_there_already_or_not() -> None:
    text = """
        import pandas as pd
        d = pd.DataFrame({"a": [1], "b": [2]})
        d["a"] = 3
        a = d.shape[1]
        d["z"] = 3
        b = d.shape[1]
        del d["z"]
        c = d.shape[1]
    """
    found = known(text)
    assert found["a"] == 2
    assert found["b"] == 3
    assert found["c"] is UNKNOWN


def test_a_column_of_a_table_that_is_not_known() -> None:
    text = """
        import pandas as pd
        d = pd.read_csv("x", usecols=["a", "b", "c"])
        d["z"] = 1
        a = d.shape[1]
        b = d.shape[0]
    """
    found = known(text)
    assert found["a"] is UNKNOWN
    assert found["b"] is UNKNOWN
