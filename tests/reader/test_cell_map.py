"""Maps of cells: forks share what neither wrote."""

from __future__ import annotations

import pytest

from rnninspect.reader.cell_map import CellMap
from rnninspect.reader.cells import ListCell
from rnninspect.reader.values import ListRef


def test_a_fork_does_not_see_later_writes() -> None:
    ref, first, second = ListRef(), ListCell((1,)), ListCell((2,))
    cells = CellMap()
    cells[ref] = first
    fork = cells.forked()
    cells[ref] = second
    assert (cells[ref], fork[ref]) == (second, first)


def test_what_was_taken_out_is_gone_in_that_fork_only() -> None:
    ref = ListRef()
    cells = CellMap()
    cells[ref] = ListCell()
    fork = cells.forked()
    fork.remove(ref)
    assert ref not in fork
    assert fork.get(ref) is None
    assert ref in cells
    with pytest.raises(KeyError):
        fork[ref]


def test_pairs_are_the_differences() -> None:
    refs = [ListRef() for _ in range(50)]
    cells = CellMap()
    for number, ref in enumerate(refs):
        cells[ref] = ListCell((number,))
    fork = cells.forked()
    fork[refs[7]] = ListCell(("changed",))
    fork.remove(refs[9])
    met = {ref: (first, second) for ref, first, second in cells.pairs(fork)}
    assert met == {
        refs[7]: (ListCell((7,)), ListCell(("changed",))),
        refs[9]: (ListCell((9,)), None),
    }


def test_many_forks_keep_few_layers() -> None:
    cells, refs = CellMap(), []
    for number in range(200):
        refs.append(ListRef())
        cells[refs[-1]] = ListCell((number,))
        cells = cells.forked()
    assert [cells[ref] for ref in refs] == [ListCell((number,)) for number in range(200)]
    assert len(cells.layers) <= 9  # each is at most half as large as the next
    assert dict(cells.items()).keys() == set(refs)
    assert len(list(cells.values())) == 200
