"""Items: read, set and deleted, with keys that are known or not."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, claims, known
from tests.reader.following import UNKNOWN_INPUT, misses


@pytest.mark.parametrize(
    "text",
    [
        "a = [0, 1, 2, 3, 4]\nx = a[1], a[-1], a[1:3], a[::-2], a[:], a[-2:]",
        "a = 'abcde'\nx = a[1], a[-2:], a[::2]",
        "a = (1, 2, 3)\nx = a[0], a[1:], a[-1:]",
        "a = [0, 1, 2, 3]\na[0] = 'a'\na[1:3] = ['b']\na[-1] = 'c'\na[len(a):] = [9]",
        "a = [0, 1, 2, 3, 4]\na[::2] = 'abc'\ndel a[1], a[-2:]",
        "a = {'x': 1}\na['y'] = 2\na['x'] = 3\ndel a['y']\na[1, 2] = 4",
        "a = {1: 'a'}\na[True] = 'b'\na[1.0] = 'c'",
        "from collections import defaultdict\nd = defaultdict(list)\nd['a'].append(1)\n"
        "x = dict(d)\nd = None",
        "a = [[1, 2], [3]]\na[0][1] = a[1]\na[1].append(4)",
        "a = range(10)[2:8:3]\nx = list(a), a[-1]\na = None",
    ],
)
def test_items_are_those_of_python(text: str) -> None:
    assert misses(text) == []


def test_an_unknown_index_may_have_set_any_item() -> None:
    found = known(UNKNOWN_INPUT + "a = [1, 2, 3]\na[unknown % 3] = 4\nx = len(a)\ny = a[0]")
    assert (found["x"], found["y"]) == (3, UNKNOWN)


def test_an_unknown_key_may_have_replaced_any_value() -> None:
    found = known(UNKNOWN_INPUT + "a = {'x': 1}\na[sys.argv[0]] = 2\ny = a['x']\nz = bool(a)")
    assert (found["y"], found["z"]) == (UNKNOWN, True)


def test_the_same_unknown_key_has_the_same_value() -> None:
    ways = claims(
        UNKNOWN_INPUT + "a = sys.argv\nx = 0\nif a[0] == 'k':\n    x = 1 if a[0] == 'k' else 2"
    )
    assert 2 not in [way["x"] for way in ways]


def test_an_item_that_is_missing_raises() -> None:
    assert claims("x = {}['a']") in ([], [{"x": UNKNOWN}])
    ways = claims("x = 0\ntry:\n    x = [1][5]\nexcept IndexError:\n    y = 'caught'")
    assert any(way.get("y") == "caught" for way in ways)
