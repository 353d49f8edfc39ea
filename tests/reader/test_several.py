from __future__ import annotations

from rnninspect.reader.cells import DictCell, ListCell
from rnninspect.reader.several import standing_for_several
from rnninspect.reader.store import State
from rnninspect.reader.values import DictRef, ListRef, Unresolved
from tests.reader.follow import claims


def state() -> State:
    return State([], lambda *_: None)


def test_what_was_there_before_stays_one() -> None:
    begun = state()
    shared = ListRef()
    begun.put(shared, ListCell((1,)))
    after = begun.forked()
    assert standing_for_several(begun, after, shared, "a loop") is shared
    assert not shared.is_several


def test_what_the_loop_makes_keeps_its_contents_and_loses_its_identity() -> None:
    begun = state()
    after = begun.forked()
    inner, outer = ListRef(), DictRef()
    after.put(inner, ListCell((1, 2)))
    after.put(outer, DictCell({"k": inner}))
    assert standing_for_several(begun, after, (outer, 3), "a loop") == (outer, 3)
    assert outer.is_several
    assert inner.is_several
    assert after.get(inner).items == (1, 2)


def test_a_change_of_one_of_several_is_a_change_of_any() -> None:
    begun = state()
    after = begun.forked()
    made = ListRef()
    after.put(made, ListCell((1,)))
    standing_for_several(begun, after, made, "a loop")
    after.put(made, ListCell((1, 2)))
    assert after.get(made).is_open


def test_an_unknown_part_is_another_in_each_iteration() -> None:
    part = Unresolved("a number", int)
    summary = standing_for_several(state(), state(), part, "a loop")
    assert summary is not part
    assert summary.is_summary


def test_lists_of_a_comprehension_of_unknown_length_are_not_one() -> None:
    text = "import sys\nx = [[0] for _ in range(len(sys.argv))]\nx[0].append(1)\ny = len(x[-1])\n"
    assert all(world["y"] not in (1, 2) for world in claims(text))
