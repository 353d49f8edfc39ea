from __future__ import annotations

import pytest

from rnninspect.fixing.fix import read_text, with_fixes
from rnninspect.fixing.text import patched
from tests.rules.subjects import HEAD, error_in


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (
            "Bidirectional(LSTM(8), return_sequences=True)",
            "Bidirectional(LSTM(8, return_sequences=True))",
        ),
        (
            "Bidirectional(LSTM(8), dropout=0.5, merge_mode='sum')",
            "Bidirectional(LSTM(8, dropout=0.5), merge_mode='sum')",
        ),
        (
            "TimeDistributed(layer=Dense(8), activation='relu')",
            "TimeDistributed(layer=Dense(8, activation='relu'))",
        ),
    ],
)
def test_the_argument_is_moved_inside(wrong: str, right: str) -> None:
    data = f"{HEAD}m = Sequential([Input((20, 6)), {wrong}])\n".encode()
    (error,) = with_fixes(read_text(data, "p.py"))
    assert error.code == "RNN126"
    assert error.fix is not None and error.fix.safe
    assert right in patched(data, "p.py", error.fix.edits).decode()


def test_what_neither_layer_knows_is_another_mistake() -> None:
    assert error_in("layer = Bidirectional(LSTM(8), colour='red')\n").code == "RNN120"


def test_an_inner_layer_that_is_made_elsewhere_has_no_fix() -> None:
    body = "inner = LSTM(8)\nlayer = Bidirectional(inner, return_sequences=True)\n"
    (error,) = with_fixes(read_text((HEAD + body).encode(), "p.py"))
    assert (error.code, error.fix) == ("RNN126", None)
