"""NumPy beyond the table of operations."""

from __future__ import annotations

import pytest

from tests.reader.follow import contradictions, known

PROGRAMS = [
    """
    import numpy as np
    X = np.random.rand(100, 20, 3)
    g = np.array([[1, 2], [3, 4]])
    a = np.append(g, [[5, 6]], axis=0)
    b = np.append(g, 1)
    c = np.delete(g, 0, axis=0)
    d = np.insert(g, 1, 5, axis=1)
    e = np.delete(g, [0])
    """,
    """
    import numpy as np
    X = np.random.rand(100, 20, 3)
    g = np.array([[1, 2], [3, 4]])
    a = np.unique(g)
    b, c = np.unique(g, return_counts=True)
    d = np.argwhere(g > 1)
    e = np.nonzero(g)
    f = np.where(g > 1)
    """,
    """
    import numpy as np
    X = np.random.rand(100, 20, 3)
    g = np.array([[1, 2], [3, 4]])
    a = np.dstack([g, g])
    b = np.column_stack([[1, 2], [3, 4]])
    c = np.atleast_2d([1, 2])
    d = np.roll(X, 1, axis=0)
    e = np.rot90(X)
    """,
    """
    import numpy as np
    X = np.random.rand(100, 20, 3)
    g = np.array([[1, 2], [3, 4]])
    a = np.diff(g, axis=0)
    b = np.diff([1, 2, 4], n=2)
    c = np.outer([1, 2], [1, 2, 3])
    d = np.percentile(X, 50, axis=0)
    e = np.average(X, axis=1)
    """,
    """
    import numpy as np
    X = np.random.rand(100, 20, 3)
    g = np.array([[1, 2], [3, 4]])
    a, b = np.histogram(g, bins=4)
    c = np.shape(X)
    d = np.ndim(X)
    e = np.size(X)
    f = np.ceil(2.5)
    h = np.flip(X, 0)
    """,
    """
    import numpy as np
    X = np.random.rand(100, 20, 3)
    g = np.array([[1, 2], [3, 4]])
    a = np.hsplit(X, 2)
    b = np.broadcast_to(1, (2, 3))
    c = np.bincount([0, 1, 1])
    d = np.interp([1, 2], [0, 3], [0, 6])
    e = np.sort(g)
    """,
]


@pytest.mark.parametrize("text", PROGRAMS)
def test_agrees_with_an_execution(text: str) -> None:
    assert list(contradictions(text)) == []


def test_arrays_that_do_not_fit_are_not_known() -> None:
    text = """
        import numpy as np
        X = np.random.rand(100, 20, 3)
        g = np.array([[1, 2], [3, 4]])
        a = np.append(X, g, axis=0)
    """
    found = known(text)
    assert found["a"] == ("array", None)
