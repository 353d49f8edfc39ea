"""Pipelines of elements."""

from __future__ import annotations

from tests.reader.follow import UNKNOWN, known


def test_batches() -> None:
    text = """
        import numpy as np
        import tensorflow as tf
        x, y = np.zeros((100, 20, 3)), np.zeros(100)
        d = tf.data.Dataset.from_tensor_slices((x, y))
        for a, b in d.shuffle(9).batch(32).prefetch(1):
            pass
        for c, e in d.batch(32, drop_remainder=True):
            pass
        for f, h in d:
            pass
    """
    found = known(text)
    assert found["a"] == ("array", (None, 20, 3))
    assert found["b"] == ("array", (None,))
    assert found["c"] == ("array", (32, 20, 3))
    assert found["f"] == ("array", (20, 3))


def test_a_function_of_the_program_changes_elements() -> None:
    text = """
        import numpy as np
        import tensorflow as tf
        x, y = np.zeros((100, 20, 3)), np.zeros(100)
        d = tf.data.Dataset.from_tensor_slices((x, y))
        def f(p, q):
            return p[:, :2], q
        for a, b in d.batch(4).map(f):
            pass
        for c in d.map(lambda p, q: p[:5]):
            pass
        for e, g in d.map(unknown_function):
            pass
    """
    found = known(text)
    assert found["a"] == ("array", (None, 2, 3))
    assert found["c"] == ("array", (5, 3))
    assert found["e"] is UNKNOWN


def test_windows() -> None:
    text = """
        import numpy as np
        import tensorflow as tf
        x, y = np.zeros((100, 20, 3)), np.zeros(100)
        d = tf.data.Dataset.from_tensor_slices((x, y))
        w = tf.data.Dataset.from_tensor_slices(np.zeros(50)).window(5, shift=1, drop_remainder=True)
        for a in w.flat_map(lambda v: v.batch(5, drop_remainder=True)).batch(8):
            pass
    """
    found = known(text)
    assert found["a"] == ("array", (None, 5))


def test_pairs_and_dicts() -> None:
    text = """
        import numpy as np
        import tensorflow as tf
        x, y = np.zeros((100, 20, 3)), np.zeros(100)
        d = tf.data.Dataset.from_tensor_slices((x, y))
        z = tf.data.Dataset.zip((d, tf.data.Dataset.range(5)))
        for (a, b), c in z:
            pass
        for e in tf.data.Dataset.from_tensor_slices({"x": x}).map(lambda p: p["x"]):
            pass
    """
    found = known(text)
    assert found["a"] == ("array", (20, 3))
    assert found["e"] == ("array", (20, 3))
