from __future__ import annotations

from rnninspect.reader.text.parsing import Position
from rnninspect.reader.text.rewriting import Rewriting


def test_what_is_kept_has_its_old_columns_in_bytes() -> None:
    text = Rewriting("é>> x = 1\ny")
    text.keep(0, "x = 1")
    assert text.text == "x = 1\ny"
    assert text.start_of(Position(1, 0)) == Position(1, 5)  # é takes two bytes
    assert text.end_of(Position(1, 5)) == Position(1, 10)
    assert text.start_of(Position(2, 0)) == Position(2, 0)


def test_a_call_has_the_place_of_what_it_replaced_and_lines_stay() -> None:
    text = Rewriting("x = !ls \\\n  -l\ny")
    text.put(0, 4, "call('a long text')", 1)
    assert text.text == "x = call('a long text')\n\ny"
    assert text.start_of(Position(1, 9)) == Position(1, 4)
    assert text.end_of(Position(1, 18)) == Position(2, 4)
    assert text.end_of(Position(1, 1)) == Position(1, 1)


def test_an_emptied_line_moves_nothing() -> None:
    text = Rewriting("%%time\nx")
    text.keep(0, "")
    assert text.cut == [0, 0]
