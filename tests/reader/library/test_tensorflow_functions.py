"""TensorFlow's functions on arrays."""

from __future__ import annotations

from tests.reader.follow import UNKNOWN, known


def test_arrays_are_made() -> None:
    text = """
        import tensorflow as tf
        a = tf.zeros((2, 3))
        b = tf.random.normal([4, 5])
        c = tf.constant([[1, 2]])
        d = tf.range(3)
        e = tf.concat([a, a], axis=0)
        f = tf.reduce_sum(b, axis=1)
        g = tf.eye(2, 3)
        h = tf.fill([2, 2], 0)
    """
    found = known(text)
    assert found["a"] == ("array", (2, 3))
    assert found["b"] == ("array", (4, 5))
    assert found["c"] == ("array", (1, 2))
    assert found["d"] == ("array", (3,))
    assert found["e"] == ("array", (4, 3))
    assert found["f"] == ("array", (4,))
    assert found["g"] == ("array", (2, 3))
    assert found["h"] == ("array", (2, 2))


def test_elements_that_a_generator_makes_are_not_known() -> None:
    text = """
        import tensorflow as tf
        d = tf.data.Dataset.from_generator(f)
        for a in d:
            pass
    """
    found = known(text)
    assert found["a"] is UNKNOWN
