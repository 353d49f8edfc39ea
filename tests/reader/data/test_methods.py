"""Methods of each kind of data."""

from __future__ import annotations

from tests.reader.follow import known


def test_methods_go_by_kind() -> None:
    text = """
        import numpy as np
        import pandas as pd
        import tensorflow as tf
        a = np.zeros((2, 3)).sum(axis=0)
        b = pd.read_csv("x", usecols=["a"]).copy()
        for c in tf.data.Dataset.from_tensor_slices(np.zeros((9, 4))).batch(3):
            pass
        e = np.ones(3).__add__(1)
    """
    found = known(text)
    assert found["a"] == ("array", (3,))
    assert found["b"] == ("table", (None, 1))
    assert found["c"] == ("array", (None, 4))
    assert found["e"] == ("array", (3,))
