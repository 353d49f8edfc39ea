"""Arguments by position or by name, and iterators that watch what they go over."""

from __future__ import annotations

from rnninspect.reader.library.calling import argument
from tests.reader.follow import UNKNOWN, contradictions, known


def test_an_argument_by_position_or_name() -> None:
    assert argument([1], {}, 0, "x") == 1
    assert argument([], {"x": 2}, 0, "x") == 2
    assert argument([], {}, 0, "x", 3) == 3


def test_taking_from_a_shared_iterator_leaves_the_other_unknown() -> None:
    text = "from itertools import chain\ni = iter([1, 2])\nc = chain(i)\na = next(i)\nb = list(c)"
    assert known(text)["b"] is UNKNOWN


def test_what_is_taken_up_from_an_unknown_generator_may_change_things() -> None:
    text = """
        from itertools import chain
        x = []
        def g():
            x.append(1)
            yield 2
        c = list(chain(g()))
        a = x
    """
    assert list(contradictions(text)) == []
