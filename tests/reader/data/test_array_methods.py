"""Methods of arrays."""

from __future__ import annotations

import pytest

from tests.reader.follow import contradictions, known

PROGRAMS = [
    """
    import numpy as np
    X = np.random.rand(100, 20, 3)
    g = np.array([[1, 2], [3, 4]])
    a = X.reshape(-1, 60)
    b = X.reshape((len(X), -1))
    c = X.flatten()
    d = X.ravel()
    e = X.transpose(0, 2, 1)
    f = X.astype("float32")
    """,
    """
    import numpy as np
    X = np.random.rand(100, 20, 3)
    g = np.array([[1, 2], [3, 4]])
    a = X.sum()
    b = X.max(axis=0, keepdims=True)
    c = g.argmax(axis=1)
    d = g.tolist()
    e = g.T.dot(g)
    f = X.swapaxes(0, 1)
    """,
    """
    import numpy as np
    X = np.random.rand(100, 20, 3)
    g = np.array([[1, 2], [3, 4]])
    a = X[:1].squeeze(0)
    b = g.repeat(2, axis=0)
    c = X.std(axis=(0, 1))
    d = g.nonzero()
    e = g.copy()
    f = X.round(2)
    h = g.argsort()
    """,
    """
    import numpy as np
    X = np.random.rand(100, 20, 3)
    g = np.array([[1, 2], [3, 4]])
    i = np.arange(4)
    a = i.tolist()
    b = int(i.max())
    i.sort()
    i.fill(3)
    c = i[0]
    d = i.astype(int)
    """,
    """
    import numpy as np
    X = np.random.rand(100, 20, 3)
    g = np.array([[1, 2], [3, 4]])
    a = X.reshape(X.shape[0], X.shape[1] * X.shape[2])
    b = X.reshape(X.shape[0], -1, 1)
    c = g.reshape(-1)
    """,
]


@pytest.mark.parametrize("text", PROGRAMS)
def test_agrees_with_an_execution(text: str) -> None:
    assert list(contradictions(text)) == []


def test_data_that_is_not_known_has_the_axes_it_is_given() -> None:
    text = """
        import numpy as np
        x = np.load('x.npy')
        a = x.reshape(-1, 28, 28, 1)
        b = x.reshape(-1)
        c = x.reshape((x.shape[0], 1, x.shape[1]))
    """
    found = known(text)
    assert found["a"] == ("array", (None, 28, 28, 1))
    assert found["b"] == ("array", (None,))
    assert found["c"] == ("array", (None, 1, None))


def test_rows_that_are_not_counted_stay_the_same() -> None:
    text = """
        import numpy as np
        x = np.load('x.npy').reshape(-1, 20, 3)
        a = x.reshape(x.shape[0], -1)
        b = x.reshape(len(x), 60)
    """
    found = known(text)
    assert found["a"] == ("array", (None, 60))
    assert found["b"] == ("array", (None, 60))
