"""NumPy by the table of operations."""

from __future__ import annotations

import pytest

from tests.reader.follow import contradictions, known

PROGRAMS = [
    """
    import numpy as np
    X = np.random.rand(100, 20, 3)
    g = np.array([[1, 2], [3, 4]])
    a = X.mean(axis=1)
    b = np.concatenate([X, X], axis=-1)
    c = np.sum(X, axis=(0, 1))
    d = np.exp(g)
    e = np.maximum(X, 0)
    """,
    """
    import numpy as np
    X = np.random.rand(100, 20, 3)
    g = np.array([[1, 2], [3, 4]])
    a = np.vstack([g, g])
    b = np.hstack([g, g])
    c = np.stack([g, g], axis=-1)
    d = np.split(X, 4)
    e = np.array_split(X, 3)
    """,
    """
    import numpy as np
    X = np.random.rand(100, 20, 3)
    g = np.array([[1, 2], [3, 4]])
    a = np.expand_dims(X, 0)
    b = np.transpose(X, (0, 2, 1))
    c = np.squeeze(X[:, :1], 1)
    d = np.reshape(X, (-1, 60))
    """,
    """
    import numpy as np
    X = np.random.rand(100, 20, 3)
    g = np.array([[1, 2], [3, 4]])
    a = np.tile(g, (2, 3))
    b = np.repeat(g, 2, axis=1)
    c = np.pad(g, ((1, 1), (0, 2)))
    d = np.take(X, [0, 1], axis=1)
    """,
    """
    import numpy as np
    X = np.random.rand(100, 20, 3)
    g = np.array([[1, 2], [3, 4]])
    a = np.argmax(X, axis=-1)
    b = np.dot(g, g)
    c = np.matmul(X, np.ones((3, 5)))
    d = np.isnan(X)
    e = X[d[:, 0, 0]]
    """,
    """
    import numpy as np
    X = np.random.rand(100, 20, 3)
    g = np.array([[1, 2], [3, 4]])
    a = np.prod(X.shape[1:])
    b = np.max([3, 9])
    c = np.cumsum(g, axis=0)
    d = np.argsort(g)
    e = np.log(2.0)
    """,
    """
    import numpy as np
    X = np.random.rand(100, 20, 3)
    g = np.array([[1, 2], [3, 4]])
    a = np.moveaxis(X, 0, -1)
    b = np.swapaxes(X, 0, 1)
    c = np.clip(X, 0, 1)
    d = np.where(X > 0.5, 1, 0)
    """,
]


@pytest.mark.parametrize("text", PROGRAMS)
def test_agrees_with_an_execution(text: str) -> None:
    assert list(contradictions(text)) == []


def test_arrays_of_a_list_of_unknown_length_are_put_together() -> None:
    text = """
        import numpy as np
        rows = [np.zeros((1, 5)) for x in open('f')]
        a = np.concatenate(rows)
        b = np.vstack(rows)
        c = np.stack(rows)
        d = np.concatenate(rows, axis=1)
    """
    found = known(text)
    assert found["a"] == ("array", (None, 5))
    assert found["b"] == ("array", (None, 5))
    assert found["c"] == ("array", (None, 1, 5))
    assert found["d"] == ("array", (1, None))


def test_an_array_that_grows_in_a_loop_keeps_its_width() -> None:
    text = """
        import numpy as np
        r = np.zeros((1, 5))
        for line in open('f'):
            r = np.vstack([r, np.zeros((1, 5))])
    """
    found = known(text)
    assert found["r"] == ("array", (None, 5))
