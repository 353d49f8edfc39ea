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
    weights = [_distance(kept[n], kept[n + 1]) for n in range(len(kept) - 1)]
    while len(kept) > most:
        # The first states are those of the preferred branches: later ones are joined first.
        first = min(range(len(weights)), key=lambda n: (weights[n], -n))
        kept[first : first + 2] = [join_states(kept[first], kept[first + 1])]
        del weights[first]
        for number in (first - 1, first):
            if 0 <= number < len(weights):
                weights[number] = _distance(kept[number], kept[number + 1])
    return kept


MAX_DISTANCE = 60
"""Distances above this are not told from each other."""


def _distance(first: State, second: State) -> int:
    """Return how much the join of two states loses."""
    weight = 0
    for _, _, one, two in differences(first, second):
        weight += weight_of(one) + weight_of(two)
        if weight >= MAX_DISTANCE:
            break
    return weight


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
