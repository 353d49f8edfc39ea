"""Cells: what is still known of contents that are not exact."""

from __future__ import annotations

from rnninspect.reader.cells import DictCell, ListCell, Names, SetCell
from rnninspect.reader.values import Unresolved


def test_elements_of_an_inexact_list_stand_for_several_values() -> None:
    element = Unresolved("a number", int)
    cell = ListCell.of_unknown_length(element, at_least=2)
    assert (cell.exact, cell.at_least, cell.is_open) == (False, 2, False)
    assert cell.element.is_summary
    assert cell.element.kind is int
    assert not element.is_summary


def test_an_opened_cell_is_certain_of_nothing() -> None:
    cells: list[ListCell | DictCell | SetCell] = [
        ListCell.opened("why"),
        DictCell.opened("why"),
        SetCell.opened("why"),
    ]
    assert [(cell.is_open, cell.exact) for cell in cells] == [(True, False)] * 3
    assert all(not cell.items for cell in cells)


def test_copied_names_are_written_by_their_own_state() -> None:
    mine, other = object(), object()
    names = Names({"a": 1}, mine, watched=frozenset("a"), has_more="more")
    copy = names.copied(other)
    copy.values["a"] = 2
    assert names.values == {"a": 1}
    assert (copy.owner, copy.watched, copy.has_more) == (other, names.watched, "more")
