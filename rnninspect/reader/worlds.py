"""Worlds: several states side by side, and which of them are joined when there are too many."""

from __future__ import annotations

from rnninspect.reader.join import Joiner, differ, differences, join_states, same
from rnninspect.reader.store import State
from rnninspect.reader.values import Tensor, Unresolved, Value, is_constant


def limited(states: list[State], most: int) -> list[State]:
    """Return at most so many states that stand for all of them; equal ones become one."""
    kept: list[State] = []
    for state in states:
        for number, other in enumerate(kept):
            if not differ(other, state):
                kept[number] = join_states(other, state)
                break
        else:
            kept.append(state)
    if len(kept) > most:
        # Some room is made, so that this is not to be done again at the next statement.
        most = max(1, 3 * most // 4)
    while len(kept) > most:
        first, second = _closest(kept)
        joined = join_states(kept[first], kept[second])
        kept = [state for number, state in enumerate(kept) if number not in (first, second)]
        kept.insert(first, joined)
    return kept


def _closest(states: list[State]) -> tuple[int, int]:
    """Return the two states whose join loses the least."""
    if len(states) == 2:
        return 0, 1
    best, closest = 10**9, (len(states) - 2, len(states) - 1)
    # The first states are those of the preferred branches: later ones are joined first.
    for second in range(len(states) - 1, 0, -1):
        first = second - 1
        weight = 0
        for _, _, one, two in differences(states[first], states[second]):
            weight += weight_of(one) + weight_of(two)
            if weight >= best:
                break
        else:
            best, closest = weight, (first, second)
    return closest


def weight_of(value: Value) -> int:
    """Return how much it matters that a value is lost."""
    if isinstance(value, Unresolved):
        return 0
    if is_constant(value):
        return 1
    return 3 if isinstance(value, Tensor) else 4


def limited_outcomes(outcomes: list[tuple[State, Value]], most: int) -> list[tuple[State, Value]]:
    """Return a few states with their values that stand for all outcomes of a call."""
    kept: list[tuple[State, Value]] = []
    for state, value in outcomes:
        for number, (other, old) in enumerate(kept):
            if same(old, value) and not differ(other, state):
                kept[number] = (join_states(other, state), old)
                break
        else:
            kept.append((state, value))
    while len(kept) > most:
        (first, one), (second, two) = kept[-2:]
        joiner = Joiner()
        value = joiner.values(one, two)
        joined = join_states(first, second)
        if joiner.lost:
            joined.escape(tuple(joiner.lost), joiner.reason)
        kept[-2:] = [(joined, value)]
    return kept
