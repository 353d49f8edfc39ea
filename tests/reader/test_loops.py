"""Loops: known rounds one by one, unknown ones until nothing changes any more."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, claims, contradictions
from tests.reader.following import UNKNOWN_INPUT, misses, possible


def after(text: str) -> list[dict[str, object]]:
    assert list(contradictions(UNKNOWN_INPUT + text)) == []
    return claims(UNKNOWN_INPUT + text)


@pytest.mark.parametrize(
    "text",
    [
        "x = 0\nfor n in range(5):\n    x += n",
        "x, n = [], 5\nwhile n:\n    n -= 2\n    if n < 0: break\n    x.append(n)\n"
        "else:\n    x = 'end'",
        "x = []\nfor a in range(3):\n    for b in range(3):\n        if b > a: break\n"
        "        x.append((a, b))",
        "x = 0\nfor n in range(9):\n    if n % 2: continue\n    x += n\nelse:\n    x += 100",
        "x = 0\nwhile True:\n    x += 1\n    if x == 7: break",
        "for n in []:\n    pass\nx = 1",
        "def f():\n    while True:\n        return 3\nx = f()",
    ],
)
def test_known_rounds_are_followed(text: str) -> None:
    assert misses(text) == []


def test_after_unknown_rounds_only_what_no_round_changes_is_known() -> None:
    ways = after(
        "x, y, z = 0, 5, []\nfor n in range(unknown):\n    x += 1\n    z.append(y)\n    w = 3"
    )
    assert all(way["y"] == 5 for way in ways)
    assert any(way["x"] is UNKNOWN for way in ways)
    assert any(way["z"] is UNKNOWN for way in ways)
    assert all(way.get("w", 3) == 3 for way in ways)


def test_a_change_that_needs_several_rounds_is_found() -> None:
    ways = after(
        "a, b, c, d = 1, 1, 1, 1\nfor n in range(unknown):\n"
        "    d = c\n    c = b\n    b = a\n    a = 2"
    )
    assert any(way["d"] in (2, UNKNOWN) for way in ways)


def test_what_each_round_makes_anew_is_as_the_round_says() -> None:
    ways = after("x = 2\nfor n in range(unknown):\n    x = [1, 2]\n    x.append(3)")
    assert any(way["x"] in ([1, 2, 3], UNKNOWN) for way in ways)
    assert not any(way["x"] == [1, 2] for way in ways)


def test_a_loop_of_unknown_rounds_may_break_at_any() -> None:
    found = possible(
        UNKNOWN_INPUT
        + "x = 0\nfor n in sys.path:\n    x = 1\n    if n == '?': break\nelse:\n    x = 2"
    )
    assert 2 in found
    assert UNKNOWN in found or 1 in found


def test_the_condition_of_a_while_is_false_after_it() -> None:
    ways = after(
        "done = False\nwhile not done:\n    done = len(sys.path) > unknown or True\nx = done"
    )
    assert all(way["x"] in (True, UNKNOWN) for way in ways)


def test_a_return_out_of_an_unknown_loop_is_one_of_the_outcomes() -> None:
    text = "def f(items):\n    for n in items:\n        return 'in'\n    return 'after'\n"
    text += "x = f(sys.path)"
    assert possible(UNKNOWN_INPUT + text) == ["after", "in"]


def test_a_loop_with_many_rounds_ends() -> None:
    ways = after("x = y = 0\nfor n in range(10 ** 9 if unknown > 10 ** 6 else 3):\n    x += 1")
    assert all(way["y"] == 0 for way in ways)
