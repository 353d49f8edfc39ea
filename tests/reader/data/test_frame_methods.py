"""Methods of tables."""

from __future__ import annotations

from tests.reader.follow import UNKNOWN, known


def test_columns_that_are_dropped() -> None:
    text = """
        import pandas as pd
        d = pd.DataFrame({"a": [1], "b": [2], "c": [3]})
        a = d.drop("a", axis=1)
        b = d.drop(columns=["a", "b"])
        c = d.drop(0)
        d.drop("c", axis=1, inplace=True)
        e = d.shape[1]
    """
    found = known(text)
    assert found["a"] == ("table", (None, 2))
    assert found["b"] == ("table", (None, 1))
    assert found["c"] == ("table", (None, 3))
    assert found["e"] == 2


def test_rows_that_change() -> None:
    text = """
        import pandas as pd
        d = pd.read_csv("x", usecols=["a", "b", "c"])
        a = d.dropna()
        b = d.head(2)
        c = d.sample(frac=1)
        e = d.fillna(0)
        f = d.to_numpy()
    """
    found = known(text)
    assert found["a"] == ("table", (None, 3))
    assert found["b"] == ("table", (None, 3))
    assert found["c"] == ("table", (None, 3))
    assert found["e"] == ("table", (None, 3))
    assert found["f"] == ("array", (None, 3))


def test_columns_that_move() -> None:
    text = """
        import pandas as pd
        d = pd.read_csv("x", usecols=["a", "b", "c"])
        d.insert(0, "z", 1)
        a = d.shape[1]
        x = d.pop("z")
        b = d.shape[1]
        c = d.reset_index(drop=True)
        e = d.merge(d)
    """
    found = known(text)
    assert found["a"] == 4
    assert found["x"] == ("array", (None,))
    assert found["b"] is UNKNOWN
    assert found["c"] == ("table", (None, None))
    assert found["e"] == ("table", (None, None))


def test_what_is_changed_in_place_in_an_unknown_way() -> None:
    text = """
        import pandas as pd
        d = pd.read_csv("x", usecols=["a", "b", "c"])
        d.dropna(inplace=x)
        a = d.shape[1]
    """
    found = known(text)
    assert found["a"] is UNKNOWN
