"""Comparisons, truth, and how a condition was decided before."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, claims, known
from tests.reader.following import UNKNOWN_INPUT, misses, possible


@pytest.mark.parametrize(
    "expression",
    [
        "1 == 1.0, 1 == True, '1' == 1",
        "[1, [2]] == [1, [2]], [1] == (1,), {'a': 1} == {'a': 1}, {1} == {1}",
        "(1, 2) < (1, 3), (1, 2) >= (1, 2, 3), 'a' < 'b'",
        "None is None, [1] is None, {} is not None, [] is []",
        "1 in [1], 'b' in 'abc', 3 not in (1, 2), 'k' in {'k': 1}, 4 in range(0, 9, 2)",
        "bool([]), bool([0]), bool(''), bool(0.0), bool({}), bool(()), bool(range(0))",
        "float('nan') == float('nan'), 0.1 + 0.2 == 0.3",
    ],
)
def test_known_values_are_compared(expression: str) -> None:
    assert misses(f"x = ({expression})") == []


def test_comparisons_that_raise_are_not_known() -> None:
    text = "try:\n    x = 1 < 'a'\nexcept TypeError:\n    x = 'raised'"
    assert "raised" in possible(text)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("unknown == 7", "unknown == 7"),
        ("unknown == 7", "not unknown != 7"),
        ("unknown == 7", "unknown != 8"),
        ("unknown == 7 and ready", "unknown == 7"),
        ("not (unknown == 7 or ready)", "not ready"),
        ("unknown == 7", "7 == unknown"),
    ],
)
def test_a_condition_that_holds_makes_another_hold(first: str, second: str) -> None:
    text = f"ready = len(sys.path)\nx = 0\nif {first}:\n    x = 1 if {second} else 2"
    assert 2 not in [way["x"] for way in claims(UNKNOWN_INPUT + text)]


@pytest.mark.parametrize(
    "between", ["unknown = len(sys.path)", "unknown += 1", "from elsewhere import unknown"]
)
def test_another_value_is_another_condition(between: str) -> None:
    text = f"x = 0\nif unknown == 7:\n    {between}\n    x = 1 if unknown == 7 else 2"
    assert {way["x"] for way in claims(UNKNOWN_INPUT + text)} >= {0, 1, 2}


def test_an_object_that_may_change_is_asked_again() -> None:
    text = """
        from elsewhere import change, check
        class A:
            def __init__(self, flag): self.flag = flag
        a = A(check())
        x = 0
        if a.flag:
            change(a)
            x = 1 if a.flag else 2
    """
    assert {way["x"] for way in claims(text)} >= {1, 2}


def test_unknown_values_of_unlike_kinds_are_not_equal() -> None:
    found = known("import os\na = os.getcwd()\nx = a == 5\ny = a is None\nz = a == 'b'")
    assert (found["x"], found["y"], found["z"]) == (False, False, UNKNOWN)
