"""NumPy: arrays that are made."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, contradictions, known

PROGRAMS = [
    """
    import numpy as np
    a = np.zeros((3, 4))
    b = np.ones(5)
    c = np.full((2, 2), 7)
    d = np.empty((0, 3))
    e = np.zeros_like(a)
    """,
    """
    import numpy as np
    a = np.arange(5)
    b = np.arange(2, 9, 3)
    c = np.arange(0, 1, 0.1)
    d = np.linspace(0, 1)
    e = np.linspace(0, 1, 7)
    """,
    """
    import numpy as np
    a = np.array([[1, 2, 3]])
    b = np.array([])
    c = np.array([[], []])
    d = np.array(["a", "bc"])
    e = np.array([1.5])
    """,
    """
    import numpy as np
    a = np.eye(3)
    b = np.eye(2, 5)
    c, d = np.meshgrid([1, 2], [1, 2, 3])
    e = np.identity(4)
    """,
    """
    import numpy as np
    a = np.arange(4)
    n = int(a[2])
    a[2] = 9
    b = a[2]
    c = a.max()
    """,
    """
    import numpy as np
    a = np.arange(4)
    b = a[1:]
    b[0] = 7
    c = a[1]
    """,
    """
    import numpy as np
    a = np.arange(4)
    def f(x):
        x += 1
    f(a)
    c = a[1]
    """,
    """
    import numpy as np
    a = np.asarray([[1, 2]], dtype="float32")
    b = np.array([None, 1])
    c = np.array((1, 2), ndmin=2)
    """,
]


@pytest.mark.parametrize("text", PROGRAMS)
def test_agrees_with_an_execution(text: str) -> None:
    assert list(contradictions(text)) == []


def test_numbers_are_known_until_an_array_is_changed() -> None:
    text = """
        import numpy as np
        a = np.arange(4)
        n = a[2]
        a[2] = 9
        b = a[2]
    """
    found = known(text)
    assert found["n"] == 2
    assert found["b"] is UNKNOWN


def test_a_list_that_a_loop_fills_has_rows_of_one_shape() -> None:
    text = """
        import numpy as np
        data = np.load('x.npy')
        X = []
        for i in range(60, len(data)):
            X.append(np.zeros((60, 2)))
        X = np.array(X)
    """
    found = known(text)
    assert found["data"] == ("array", None)
    assert found["X"] == ("array", (None, 60, 2))


def test_rows_of_lists() -> None:
    text = """
        import numpy as np
        a = np.array([[1, 2] for line in open('f')])
        b = np.array([len(line) for line in open('f')])
    """
    found = known(text)
    assert found["a"] == ("array", (None, 2))
    assert found["b"] == ("array", (None,))


def test_objects_may_be_arrays_themselves() -> None:
    text = """
        import numpy as np
        a = np.array([[1], [2]], dtype=object)
        b = np.array(x)
    """
    found = known(text)
    assert found["a"] == ("array", None)
    assert found["b"] == ("array", None)
