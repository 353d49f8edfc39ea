"""``if``, ``assert`` and ``match``: unknown conditions are followed both ways."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, claims
from tests.reader.following import UNKNOWN_INPUT, misses, possible


def ways(text: str, name: str = "x") -> list[object]:
    return possible(UNKNOWN_INPUT + text, name)


def test_a_known_condition_has_one_side() -> None:
    assert misses("x = 1\nif x > 0 and not x == 2:\n    y = 'a'\nelse:\n    y = 'b'") == []


def test_an_unknown_condition_has_two() -> None:
    assert ways("x = 1 if unknown > 5 else 2") == [1, 2]
    assert ways("if unknown > 5:\n    x = 1\nelif unknown > 2:\n    x = 2\nelse:\n    x = 3") == [
        1,
        2,
        3,
    ]


def test_the_same_condition_goes_the_same_way_again() -> None:
    text = "x = []\nif unknown:\n    x.append(1)\nif unknown:\n    x.append(2)"
    assert ways(text) == [[1, 2], []]
    text = "x = []\nif unknown:\n    x.append(1)\nif not unknown:\n    x.append(2)"
    assert ways(text) == [[1], [2]]


def test_one_value_excludes_the_others() -> None:
    text = "x = []\nif unknown == 1:\n    x.append(1)\nif unknown == 2:\n    x.append(2)"
    assert ways(text) == [[1], [2], []]


def test_ways_that_end_the_same_are_one() -> None:
    assert ways("if unknown:\n    x = 1\nelse:\n    x = 1") == [1]


def test_too_many_ways_are_joined() -> None:
    tests = "".join(f"if unknown == {n}:\n    x.append({n})\n" for n in range(40))
    found = claims(UNKNOWN_INPUT + "x = []\n" + tests)
    assert len(found) <= 8
    assert any(way["x"] is UNKNOWN for way in found)
    several = "".join(f"if sys.argv[{n}]:\n    x += {2**n}\n" for n in range(6))
    found = claims(UNKNOWN_INPUT + "y = 1\nx = 0\n" + several)
    assert len(found) <= 8
    assert all(way["y"] == 1 for way in found)


def test_what_leaves_has_no_part_in_what_follows() -> None:
    text = "def f(n):\n    if n:\n        raise ValueError\n    return 1\n"
    assert ways(text + "try:\n    x = f(unknown)\nexcept ValueError:\n    x = 2") == [1, 2]
    (way,) = claims(UNKNOWN_INPUT + "x = 1\nif unknown < 9:\n    x = 2\n    sys.exit()")
    assert way["x"] == 1


def test_an_assertion_is_true_from_there_on() -> None:
    (way,) = claims(UNKNOWN_INPUT + "assert unknown == 7\nx = 5 if unknown == 7 else 6")
    assert way["x"] == 5


@pytest.mark.parametrize(
    "subject", ["3", "'ab'", "(1, 2)", "[1, 2, 3]", "{'k': 1, 'm': 2}", "None", "True", "[]"]
)
def test_a_case_is_chosen_as_python_does(subject: str) -> None:
    text = f"""
        match {subject}:
            case True | None:
                x = "single"
            case int() as n if n > 2:
                x = n
            case str(text):
                x = text
            case [first, *rest] if len(rest) > 1:
                x = rest
            case (a, b):
                x = a + b
            case {{"k": value, **more}}:
                x = value, more
            case _:
                x = "other"
    """
    assert misses(text) == []


def test_an_unknown_subject_may_meet_every_case() -> None:
    text = "match unknown:\n    case 1:\n        x = 'a'\n    case 2 | 3:\n        x = 'b'\n"
    assert ways(text + "    case _:\n        x = 'c'") == ["a", "b", "c"]
