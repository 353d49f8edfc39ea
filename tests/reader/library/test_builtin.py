"""Conversions and sizes."""

from __future__ import annotations

import pytest

from tests.reader.follow import UNKNOWN, contradictions, known

PROGRAMS = [
    """
    a = int("7")
    b = round(2.5)
    c = abs(-3)
    d = divmod(7, 2)
    e = bool([])
    f = bool({1: 2})
    """,
    """
    a = len("abc")
    b = len({1, 2})
    c = len(range(5))
    d = len(())
    e = len({}.items())
    """,
    """
    a = list(map(str.upper, ["a", "b"]))
    b = str.join(",", ["x"])
    c = dict.fromkeys("ab", 1)
    d = int.from_bytes(b"\\x01\\x00", "big")
    """,
    """
    a = slice(1, 3)
    b = [1, 2, 3, 4][a]
    c = str(12) + repr("x")
    d = ord("a")
    e = chr(98)
    """,
    """
    class A:
        def __len__(self):
            return 3
        def __str__(self):
            return "s"
    a = len(A())
    b = str(A())
    """,
]


@pytest.mark.parametrize("text", PROGRAMS)
def test_agrees_with_an_execution(text: str) -> None:
    assert list(contradictions(text)) == []


def test_the_length_of_an_unknown_value_is_one_number() -> None:
    text = """
        import json
        x = json.load(open("f"))
        same = len(x) == len(x)
    """
    found = known(text)
    assert found["same"] is True


def test_what_is_typed_is_not_known() -> None:
    text = """
        a = input()
        b = int(a)
        c = isinstance(b, int)
    """
    found = known(text)
    assert found["a"] is UNKNOWN
    assert found["b"] is UNKNOWN
    assert found["c"] is True


def test_a_type_of_memory_is_not_followed() -> None:
    text = """
        a = [1]
        b = bytearray(a)
        c = 2
    """
    found = known(text)
    assert found["b"] is UNKNOWN
    assert found["c"] == 2
