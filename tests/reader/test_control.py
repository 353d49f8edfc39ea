"""Ends of blocks are put together."""

from __future__ import annotations

from rnninspect.reader.control import Flow
from rnninspect.reader.interpreter import Interpreter
from rnninspect.reader.record import Record


def test_all_ends_are_taken_or_only_those_that_leave() -> None:
    state = Interpreter(Record()).state
    inner = Flow([state])
    inner.breaks.append(state)
    inner.continues.append(state)
    inner.returns.append((state, 5))
    exits, everything = Flow(), Flow()
    exits.take_exits(inner)
    everything.take(inner)
    assert exits.next == []
    assert everything.next == [state]
    for flow in (exits, everything):
        assert (flow.breaks, flow.continues, flow.returns) == ([state], [state], [(state, 5)])
