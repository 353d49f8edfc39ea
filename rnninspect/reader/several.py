"""Objects that stand for several: what a loop of unknown length makes in each iteration.

The interpreter follows such a loop for one iteration that stands for all. What is made in it is
another object each time: its contents are what they all have in common, and it has no identity.
"""

from __future__ import annotations

from typing import Any

from rnninspect.reader.cells import DictCell, ListCell, SetCell
from rnninspect.reader.store import State
from rnninspect.reader.values import (
    DictRef,
    Function,
    InstanceRef,
    IteratorRef,
    ListRef,
    ObjectRef,
    SetRef,
    Unresolved,
    Value,
    summarized,
)

MAX_DEPTH = 5


def standing_for_several(begun: State, state: State, value: Value, reason: str) -> Value:
    """Return a value of one iteration as that of all; ``begun`` is the state before the loop."""
    return _summary(begun, state, value, reason, MAX_DEPTH)


def _summary(begun: State, state: State, value: Value, reason: str, depth: int) -> Value:
    if type(value) is tuple:
        parts = tuple(_summary(begun, state, part, reason, depth) for part in value)
        return value if all(map(_is, parts, value)) else parts
    if isinstance(value, Unresolved):
        return summarized(value)
    if isinstance(value, ListRef | DictRef | SetRef):
        if value in begun.cells:
            return value
        cell = state.get(value)
        if depth and not cell.is_open and not value.is_several:
            value.is_several = True
            state.cells[value] = _contents(begun, state, cell, reason, depth - 1)
        elif not depth:
            state.escape(value, reason)
        return value
    made_here = (
        isinstance(value, InstanceRef | IteratorRef | ObjectRef) and value not in begun.cells
    )
    if made_here or isinstance(value, Function):
        state.escape(value, reason)
        return Unresolved(reason, is_summary=True)
    return summarized(value)


def _contents(begun: State, state: State, cell: Any, reason: str, depth: int) -> Any:
    def summary(value: Value) -> Value:
        return _summary(begun, state, value, reason, depth)

    if isinstance(cell, ListCell):
        return ListCell(
            tuple(map(summary, cell.items)), summary(cell.element), cell.at_least, cell.exact
        )
    if isinstance(cell, DictCell):
        items = {key: summary(value) for key, value in cell.items.items()}
        return DictCell(items, summary(cell.rest), cell.exact)
    assert isinstance(cell, SetCell)
    return SetCell(cell.items, summary(cell.element), cell.exact)


def _is(one: object, two: object) -> bool:
    return one is two
