"""itertools."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, contradictions, known

PROGRAMS = [
    """
    from itertools import chain, product
    a = list(chain([1], "ab"))
    b = list(chain.from_iterable([[1], [2]]))
    c = list(product([1, 2], "ab"))
    """,
    """
    from itertools import islice, repeat, zip_longest
    a = list(zip_longest([1], "ab", fillvalue=0))
    b = list(islice([1, 2, 3], 1, None))
    c = list(repeat(7, 2))
    """,
    """
    from itertools import accumulate, combinations, permutations
    a = list(combinations([1, 2, 3], 2))
    b = list(permutations("ab"))
    c = list(accumulate([1, 2, 3]))
    """,
    """
    from itertools import compress, pairwise, starmap
    a = list(pairwise([1, 2, 3]))
    b = list(compress("abc", [1, 0, 1]))
    c = list(starmap(pow, [(2, 3)]))
    """,
    """
    from itertools import chain
    x = [1]
    i = chain(x)
    x.append(2)
    a = list(i)
    """,
    """
    from itertools import chain
    i = iter([1, 2, 3])
    c = chain([0], i)
    n = next(i)
    a = list(c)
    """,
    """
    from itertools import tee
    x = [1, 2]
    s, t = tee(x)
    a = next(s)
    b = list(t)
    c = list(s)
    """,
    """
    from itertools import takewhile
    n = []
    i = takewhile(lambda v: n.append(v) is None, [1, 2])
    a = list(n)
    b = list(i)
    """,
    """
    from itertools import count
    for i, x in zip(count(5), "ab"):
        a = (i, x)
    """,
    """
    from itertools import cycle, filterfalse, islice, product
    a = list(product([0, 1], repeat=2))
    b = list(islice(cycle([1]), 2))
    c = list(filterfalse(None, [0, 1]))
    """,
]


@pytest.mark.parametrize("text", PROGRAMS)
def test_agrees_with_an_execution(text: str) -> None:
    assert list(contradictions(text)) == []


def test_an_iterator_over_a_list_that_was_changed_is_not_known() -> None:
    text = """
        from itertools import chain
        x = [1]
        i = chain(x)
        x.append(2)
        a = list(i)
    """
    found = known(text)
    assert found["a"] is UNKNOWN
