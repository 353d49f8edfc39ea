from __future__ import annotations

import pytest

from rnninspect.render.letters import encodable, printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("lstm_1", "lstm_1"),
        ("순환층 ×", "순환층 ×"),
        ("\x1b[2J", "\\x1b[2J"),
        ("a\nb\t", "a\\nb\\t"),
        ("\u202eevil", "\\u202eevil"),  # turns the direction of writing
        ("\ud800", "\\ud800"),
    ],
)
def test_what_would_control_a_terminal_is_escaped(text: str, shown: str) -> None:
    assert printable(text) == shown
    assert printable(shown) == shown


@pytest.mark.parametrize(
    ("text", "encoding", "shown"),
    [
        ("4 × 2 → ✓", "utf-8", "4 × 2 → ✓"),
        ("4 × 2 → ✓ …", "ascii", "4 x 2 -> + ..."),
        ("✗ 층", "ascii", "x \\uce35"),
        ("×", "latin-1", "×"),
        ("× 층", "cp949", "× 층"),
        ("✗", "no-such-encoding", "x"),
        ("\ud800", "utf-8", "\\ud800"),
    ],
)
def test_what_an_encoding_lacks_is_replaced(text: str, encoding: str, shown: str) -> None:
    assert encodable(text, encoding) == shown
