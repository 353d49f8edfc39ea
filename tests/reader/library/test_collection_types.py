"""Kin of dicts, lists and tuples."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, contradictions, known

PROGRAMS = [
    """
    from collections import Counter
    c = Counter("hello")
    a = c.most_common(2)
    b = c["z"]
    c.update("lo")
    d = dict(c)
    c.subtract("h")
    e = c["h"]
    f = list(Counter(a=2).elements())
    """,
    """
    from collections import defaultdict
    d = defaultdict(list)
    d["a"].append(1)
    d["b"]
    a = sorted(d)
    b = d["a"]
    c = d.get("z")
    """,
    """
    from collections import OrderedDict
    o = OrderedDict(a=1, b=2)
    o.move_to_end("a")
    a = list(o)
    b = o.popitem(last=False)
    """,
    """
    from collections import deque
    d = deque([1, 2])
    d.appendleft(0)
    d.rotate(1)
    a = d.popleft()
    b = list(d)
    d.extendleft([7, 8])
    c = d[0]
    e = d == [8, 7]
    """,
    """
    from collections import deque
    d = deque([1, 2, 3], maxlen=2)
    d.append(4)
    a = list(d)
    b = len(d)
    """,
    """
    from collections import namedtuple
    P = namedtuple("P", ["x", "y"], defaults=[5])
    p = P(1)
    x, y = p
    a = p[1]
    b = len(p)
    c = p._replace(x=3).x
    d = p._asdict()
    e = list(p)
    """,
    """
    from typing import NamedTuple
    class P(NamedTuple):
        x: int
        y: int = 2
    p = P(1)
    a = p.x + p.y
    b = tuple(p)
    """,
]


@pytest.mark.parametrize("text", PROGRAMS)
def test_agrees_with_an_execution(text: str) -> None:
    assert list(contradictions(text)) == []


def test_a_deque_that_drops_items_is_not_known() -> None:
    text = """
        from collections import deque
        d = deque([1, 2], 5)
        a = d[0]
    """
    found = known(text)
    assert found["a"] is UNKNOWN


def test_equal_named_tuples_are_not_told_apart() -> None:
    text = """
        from collections import namedtuple
        P = namedtuple("P", "x")
        a = P(1) == P(1)
    """
    found = known(text)
    assert found["a"] is UNKNOWN
