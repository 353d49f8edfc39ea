"""Objects of libraries."""

from __future__ import annotations

from tests.reader.follow import UNKNOWN, known


def test_numbers_of_a_generator_have_their_shape() -> None:
    text = """
        import numpy as np
        r = np.random.default_rng(0)
        a = r.normal(size=(3, 4))
        b = np.random.RandomState(1).rand(2)
    """
    found = known(text)
    assert found["a"] == ("array", (3, 4))
    assert found["b"] == ("array", (2,))


def test_an_object_of_an_unknown_library_may_keep_what_it_is_given() -> None:
    assert known("import queue\nx = [1]\nq = queue.Queue()\nq.put(x)\na = x")["a"] is UNKNOWN
