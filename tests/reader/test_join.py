"""What two states have in common."""

from __future__ import annotations

import pytest

from rnninspect.ir.dims import Dim
from rnninspect.ir.shape import Shape
from rnninspect.reader.cells import DictCell, ListCell, SetCell
from rnninspect.reader.interpreter import Interpreter
from rnninspect.reader.join import Joiner, differ, join_states, same, state_after_any_write
from rnninspect.reader.record import Record
from rnninspect.reader.store import WriteLog
from rnninspect.reader.values import Array, ListRef, ScopeRef, Tensor, Unresolved


def state_with(**values: object) -> tuple[ScopeRef, object]:
    reader = Interpreter(Record())
    scope = ScopeRef(path="p.py")
    reader.state.new_names(scope, dict(values))
    return scope, reader.state


@pytest.mark.parametrize("value", [1, "a", (1, "b"), None, 2.5, range(3)])
def test_equal_values_stay(value: object) -> None:
    assert Joiner().values(value, value) == value


@pytest.mark.parametrize(("first", "second"), [(1, True), (1, 1.0), (0.0, -0.0), ("a", b"a")])
def test_values_that_are_only_equal_are_not_the_same(first: object, second: object) -> None:
    assert not same(first, second)
    assert isinstance(Joiner().values(first, second), Unresolved)


def test_of_unlike_values_the_kind_stays() -> None:
    joined = Joiner().values(1, 2)
    assert isinstance(joined, Unresolved)
    assert (joined.kind, joined.is_summary) == (int, True)
    assert Joiner().values(1, "a").kind is None


def test_tuples_are_joined_item_by_item() -> None:
    first, second = Joiner().values((1, 2), (1, 3))
    assert first == 1
    assert isinstance(second, Unresolved)


def test_shapes_keep_their_rank_and_equal_sizes() -> None:
    joined = Joiner().values(Array(Shape.of(3, 4)), Array(Shape.of(5, 4)))
    assert joined.shape.sizes == (None, 4)
    assert joined.shape[0].is_unknown
    other = Joiner().values(Tensor(Shape.of(None, 4)), Tensor(Shape.of(None, 4, 2)))
    assert other.shape.dims is None


def test_a_list_of_another_length_keeps_what_its_elements_share() -> None:
    cell = Joiner().cells(ListCell((1, 2)), ListCell((1, 2, 3)))
    assert isinstance(cell, ListCell)
    assert (cell.exact, cell.at_least, cell.element.kind) == (False, 2, int)
    same_length = Joiner().cells(ListCell((1, 2)), ListCell((1, 3)))
    assert isinstance(same_length, ListCell)
    assert same_length.exact
    assert same_length.items[0] == 1


def test_dicts_keep_the_keys_of_both() -> None:
    cell = Joiner().cells(DictCell({"a": 1, "b": 2}), DictCell({"a": 1}))
    assert isinstance(cell, DictCell)
    assert (dict(cell.items), cell.exact) == ({"a": 1}, False)


def test_what_is_open_on_one_side_stays_open() -> None:
    for exact, opened in (
        (ListCell((1,)), ListCell.opened("why")),
        (DictCell({"a": 1}), DictCell.opened("why")),
        (SetCell(frozenset({1})), SetCell.opened("why")),
    ):
        assert Joiner().cells(exact, opened) is opened


def test_the_values_that_are_lost_are_told() -> None:
    first, second = ListRef(), ListRef()
    joiner = Joiner()
    joiner.values(first, second)
    assert joiner.lost == [first, second]


def test_states_are_joined_name_by_name() -> None:
    reader = Interpreter(Record())
    scope = ScopeRef(path="p.py")
    reader.state.new_names(scope, {"a": 1, "b": 2})
    first, second = reader.state.forked(), reader.state.forked()
    assert not differ(first, second)
    second.set_name(scope, "b", 3)
    first.decided["asked"] = True
    assert differ(first, second)
    joined = join_states(first, second)
    values = joined.names(scope).values
    assert values["a"] == 1
    assert isinstance(values["b"], Unresolved)
    assert joined.decided == {}


def test_a_lost_alias_is_opened() -> None:
    reader = Interpreter(Record())
    scope, one, two = ScopeRef(path="p.py"), ListRef(), ListRef()
    reader.state.new_names(scope, {"one": one, "two": two})
    reader.state.put(one, ListCell((1,)))
    reader.state.put(two, ListCell((2,)))
    first, second = reader.state.forked(), reader.state.forked()
    first.set_name(scope, "either", one)
    second.set_name(scope, "either", two)
    joined = join_states(first, second)
    assert joined.get(one).is_open
    assert joined.get(two).is_open


def test_a_state_after_any_write_has_every_value_of_the_log() -> None:
    reader = Interpreter(Record())
    scope = ScopeRef(path="p.py")
    reader.state.new_names(scope, {"a": 1, "b": 2})
    base, log = reader.state.forked(), WriteLog()
    reader.logs.append(log)
    reader.state.set_name(scope, "a", 5)
    reader.state.set_name(scope, "a", 1)
    values = state_after_any_write(base, log, "why").names(scope).values
    assert isinstance(values["a"], Unresolved)
    assert values["b"] == 2


def test_unknown_sizes_are_not_one_number_after_a_join() -> None:
    size = Dim.unknown("a size")
    joined = Joiner().values(Array(Shape((size, Dim.of(2)))), Array(Shape((size, Dim.of(3)))))
    assert joined.shape[0] is size
    assert joined.shape[1].is_unknown
