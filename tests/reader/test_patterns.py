"""Patterns: whether they fit, and what they bind."""

from __future__ import annotations

import pytest

from tests.reader.follow import claims
from tests.reader.following import UNKNOWN_INPUT, misses


@pytest.mark.parametrize(
    ("subject", "pattern"),
    [
        ("5", "5"),
        ("5", "-5"),
        ("'a'", "'b' | 'a'"),
        ("None", "None"),
        ("0", "False"),
        ("(1, 2, 3)", "(a, *b)"),
        ("[1, 2, 3]", "[*a, 3]"),
        ("[1, 2]", "[a, b, c]"),
        ("'ab'", "[a, b]"),
        ("{'a': 1, 'b': 2}", "{'a': n, **rest}"),
        ("{'a': 1}", "{'b': n}"),
        ("[[1, 2], {'k': (3,)}]", "[[a, _], {'k': (b,)}]"),
        ("7", "int(n)"),
        ("True", "int()"),
        ("'s'", "int() | float()"),
        ("[1]", "str()"),
        ("(1, (2, 3))", "(1, (2, n) as pair)"),
        ("P(1, 2)", "P(a=1, b=n)"),
        ("P(1, 2)", "P(a=2)"),
        ("P(1, 2)", "Q()"),
        ("Q()", "P()"),
        ("E.A", "E.A"),
        ("E.A", "E.B"),
    ],
)
def test_a_pattern_fits_as_in_python(subject: str, pattern: str) -> None:
    text = f"""
        from enum import Enum
        class E(Enum):
            A = 1
            B = 2
        class P:
            def __init__(self, a=0, b=0):
                self.a, self.b = a, b
        class Q: pass
        match {subject}:
            case {pattern}:
                x = "fits"
            case _:
                x = "does not"
    """
    assert misses(text) == []


@pytest.mark.parametrize("pattern", ["7", "int(n)", "(a, b)", "{'a': n}", "7 | 8"])
def test_what_is_not_known_may_fit_or_not(pattern: str) -> None:
    text = f"from elsewhere import v\nmatch v:\n    case {pattern}:\n        x = 1\n"
    text += "    case _:\n        x = 2"
    assert sorted(way["x"] for way in claims(UNKNOWN_INPUT + text)) == [1, 2]
