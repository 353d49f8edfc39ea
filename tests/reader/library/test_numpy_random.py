"""numpy.random."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, contradictions, known

PROGRAMS = [
    """
    import numpy as np
    a = np.random.rand(3, 4)
    b = np.random.randn(5)
    c = np.random.random((2, 3))
    d = np.random.randint(0, 9, (4,))
    e = np.random.rand()
    """,
    """
    import numpy as np
    a = np.random.normal(0, 1, (3, 2))
    b = np.random.normal(size=5)
    c = np.random.uniform(-1, 1, size=(2,))
    d = np.random.normal(np.zeros(3))
    """,
    """
    import numpy as np
    a = np.random.choice(5, 3)
    b = np.random.permutation(10)
    c = np.random.choice([1, 2], size=(2, 2))
    d = np.random.multivariate_normal([0, 0], np.eye(2), 7)
    """,
    """
    import numpy as np
    x = [1, 2, 3]
    np.random.shuffle(x)
    a = len(x)
    b = x
    np.random.seed(0)
    c = np.random.binomial(1, 0.5, 4)
    """,
]


@pytest.mark.parametrize("text", PROGRAMS)
def test_agrees_with_an_execution(text: str) -> None:
    assert list(contradictions(text)) == []


def test_a_shuffled_array_loses_its_numbers() -> None:
    text = """
        import numpy as np
        a = np.arange(3)
        np.random.shuffle(a)
        b = a[0]
        c = np.random.randint(5)
        d = isinstance(c, int)
    """
    found = known(text)
    assert found["b"] is UNKNOWN
    assert found["c"] is UNKNOWN
    assert found["d"] is True
