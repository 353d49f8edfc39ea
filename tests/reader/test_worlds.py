"""States side by side: equal ones become one, and the most alike are joined first."""

from __future__ import annotations

from rnninspect.ir.shape import Shape
from rnninspect.reader.interpreter import Interpreter
from rnninspect.reader.record import Record
from rnninspect.reader.store import State
from rnninspect.reader.values import ListRef, ScopeRef, Tensor, Unresolved
from rnninspect.reader.worlds import limited, limited_outcomes, weight_of

SCOPE = ScopeRef(path="p.py")


def states(*values: object) -> list[State]:
    start = Interpreter(Record()).state
    start.new_names(SCOPE, {})
    made = []
    for value in values:
        state = start.forked()
        state.set_name(SCOPE, "x", value)
        made.append(state)
    return made


def value_of(state: State) -> object:
    return state.names(SCOPE).values["x"]


def test_equal_states_become_one() -> None:
    assert [value_of(state) for state in limited(states(1, 2, 1, 1), 8)] == [1, 2]


def test_there_are_at_most_as_many_as_allowed() -> None:
    kept = limited(states(*range(20)), 8)
    assert 0 < len(kept) <= 8
    assert any(isinstance(value_of(state), Unresolved) for state in kept)


def test_the_first_way_is_kept_longest() -> None:
    assert value_of(limited(states(*range(20)), 4)[0]) == 0


def test_what_is_lost_is_weighed() -> None:
    assert weight_of(Unresolved("why")) < weight_of(1) < weight_of(Tensor(Shape.of(1)))
    assert weight_of(Tensor(Shape.of(1))) < weight_of(ListRef())


def test_outcomes_with_the_same_value_and_state_are_one() -> None:
    first, second, third = states(1, 1, 2)
    kept = limited_outcomes([(first, "a"), (second, "a"), (third, "a")], 4)
    assert [(value_of(state), value) for state, value in kept] == [(1, "a"), (2, "a")]


def test_too_many_outcomes_are_joined_from_the_end() -> None:
    outcomes = list(zip(states(1, 2, 3), "abc", strict=True))
    (first, one), (second, rest) = limited_outcomes(list(outcomes), 2)
    assert (value_of(first), one) == (1, "a")
    assert isinstance(value_of(second), Unresolved)
    assert isinstance(rest, Unresolved)
    assert rest.kind is str
