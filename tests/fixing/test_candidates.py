from __future__ import annotations

import pytest

from rnninspect.diagnostics import Change, Place
from rnninspect.fixing.candidates import candidates
from rnninspect.fixing.text import patched
from rnninspect.sources.python.code import pieces_of


def tried(text: str, change: Change) -> list[str]:
    """Return the texts that are tried, in their order."""
    data = text.encode()
    pieces = pieces_of(data, "p.py")
    return [patched(data, "p.py", one.edits).decode() for one in candidates(pieces, "p.py", change)]


def place_of(text: str, call: str) -> Place:
    """Return where a call is that stands on one line."""
    before, _, _ = text.partition(call)
    line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
    return Place("p.py", line, column, end_line=line, end_column=column + len(call))


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("LSTM(4)\n", True, "LSTM(4, return_sequences=True)\n"),
        ("LSTM(4, return_sequences=False)\n", True, "LSTM(4, return_sequences=True)\n"),
        ("LSTM(4, return_sequences=True)\n", False, "LSTM(4, return_sequences=False)\n"),
    ],
)
def test_the_argument_of_the_layer_is_tried_first(before: str, value: bool, after: str) -> None:
    place = place_of(before, before.strip())
    assert tried(before, Change("return_sequences", value, place))[0] == after


def test_in_a_loop_the_iterations_are_told_apart() -> None:
    text = "for i in range(3):\n    m.add(LSTM(4))\n"
    texts = tried(text, Change("return_sequences", True, place_of(text, "LSTM(4)")))
    assert "for i in range(3):\n    m.add(LSTM(4, return_sequences=i < 2))\n" in texts
    assert "for i in range(3):\n    m.add(LSTM(4, return_sequences=True))\n" in texts


def test_a_place_where_no_layer_is_made_has_no_candidate() -> None:
    assert tried("x = 1\n", Change("return_sequences", True, Place("p.py", 1, 5))) == []
