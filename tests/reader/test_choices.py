"""``and``, ``or``, ``not`` and what may or may not be evaluated."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, claims
from tests.reader.following import UNKNOWN_INPUT, misses, possible


@pytest.mark.parametrize(
    "expression",
    [
        "1 and 2",
        "0 and 2",
        "0 or []",
        "'' or 'b' or 'c'",
        "not []",
        "not 1 or 2",
        "1 < 2 < 3",
        "1 < 2 > 3",
        "(0 or 5) and (None or 6)",
        "True if [0] else False",
    ],
)
def test_known_operands_decide(expression: str) -> None:
    assert misses(f"x = {expression}") == []


def test_the_second_operand_is_evaluated_only_if_it_is_reached() -> None:
    text = "seen = []\ndef f(v):\n    seen.append(v)\n    return v\n"
    assert misses(text + "x = f(0) and f(1)\ny = f(2) or f(3)") == []


def test_what_an_unknown_operand_may_have_skipped_is_not_certain() -> None:
    text = UNKNOWN_INPUT + "x, y = [], 2\nif unknown > 3 and x.append(1) is None:\n    pass"
    found = claims(text)
    assert all(way["y"] == 2 for way in found)
    assert any(way["x"] in ([], UNKNOWN) for way in found)
    assert any(way["x"] in ([1], UNKNOWN) for way in found)


def test_an_and_that_holds_tells_both_sides() -> None:
    text = "a, b = len(sys.argv[1:]), len(sys.argv)\nx = 0\nif a == 1 and b == 2:\n"
    text += "    if a == 1:\n        x += 1\n    if b != 2:\n        x += 10"
    assert 11 not in possible(UNKNOWN_INPUT + text)


def test_a_negated_or_tells_that_neither_holds() -> None:
    text = "x = 0\nif not (unknown == 1 or unknown == 2):\n    if unknown == 1:\n        x = 5"
    assert 5 not in possible(UNKNOWN_INPUT + text)
