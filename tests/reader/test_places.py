"""Places of nodes, in characters as people count them."""

from __future__ import annotations

import ast

from rnninspect.reader.context import Frame
from rnninspect.reader.places import place_of
from rnninspect.reader.values import ScopeRef

TEXT = 'x = "é한"; y = call(1)\n'


def test_columns_are_characters_not_bytes() -> None:
    node = ast.parse(TEXT).body[1]
    place = place_of({("p.py", None): TEXT.split("\n")}, Frame(ScopeRef(), "p.py", None), node)
    column = TEXT.index("y = ") + 1
    assert (place.line, place.column, place.end_column) == (1, column, column + len("y = call(1)"))


def test_a_place_has_its_cell_and_iteration() -> None:
    frame = Frame(ScopeRef(), "n.ipynb", 3, iterations=(2, 5))
    place = place_of({}, frame, ast.parse("a").body[0])
    assert (place.path, place.cell, place.round) == ("n.ipynb", 3, 5)


def test_without_a_node_it_is_the_first_line() -> None:
    place = place_of({}, Frame(ScopeRef(), "p.py", None), None)
    assert (place.line, place.column, place.end_line) == (1, 1, None)
