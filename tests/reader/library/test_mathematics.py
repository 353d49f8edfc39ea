"""math and statistics."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, contradictions, known

PROGRAMS = [
    """
    import math
    a = math.ceil(2.1)
    b = math.sqrt(16)
    c = math.pi
    d = math.gcd(12, 8)
    e = math.log2(8)
    f = math.inf
    """,
    """
    import math
    a = math.prod([2, 3])
    b = math.fsum([0.5, 0.5])
    c = math.factorial(5)
    d = math.floor(-0.5)
    """,
    """
    import statistics
    a = statistics.mean([1, 2, 3])
    b = statistics.median([1, 5, 2])
    """,
]


@pytest.mark.parametrize("text", PROGRAMS)
def test_agrees_with_an_execution(text: str) -> None:
    assert list(contradictions(text)) == []


def test_the_kind_of_an_unknown_number_is_kept() -> None:
    text = """
        import math
        n = math.ceil(len(open("f").read()) / 32)
        a = isinstance(n, int)
        b = math.sqrt(-1)
    """
    found = known(text)
    assert found["n"] is UNKNOWN
    assert found["a"] is True
    assert found["b"] is UNKNOWN
