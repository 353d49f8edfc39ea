from __future__ import annotations

from typing import Any

import pytest

from rnninspect.fixing.fix import Reading, read_text
from rnninspect.keras_runtime.builder import Builder
from rnninspect.keras_runtime.protocol import Failed, Problem
from rnninspect.linting.verification import Verification, verify
from rnninspect.sources.keras_summary import KerasSummary
from tests.linting.conftest import BROKEN, RIGHT

BUILT = KerasSummary("keras", "m", ())
FAILED = Failed(Problem.REJECTED, "ValueError: no", engine="keras")


class Answering:
    """Stands for Keras in a child process: says the same of every model."""

    def __init__(self, reply: KerasSummary | Failed) -> None:
        self.reply = reply

    def ask(self, request: object) -> KerasSummary | Failed:
        return self.reply


def verified(text: str, reply: KerasSummary | Failed) -> tuple[Reading, Verification, Any]:
    reading = read_text(text.encode(), "p.py")
    shown, verification = verify(reading.program, reading.errors, Answering(reply))  # type: ignore[arg-type]
    return reading, verification, shown


def test_an_error_that_keras_raises_there_is_confirmed_in_its_words() -> None:
    _, verification, (error,) = verified(BROKEN, FAILED._replace(node=1))
    assert verification == Verification("keras", confirmed=1)
    assert (error.verified, error.keras_error) == (True, "ValueError: no")


def test_an_error_that_keras_does_not_raise_is_a_contradiction() -> None:
    _, verification, (error,) = verified(BROKEN, BUILT)
    assert error.verified is False
    assert verification.contradictions == ("p.py:3: we say RNN101, Keras builds it",)


def test_an_error_of_keras_where_we_find_none_is_a_contradiction() -> None:
    _, verification, shown = verified(RIGHT, FAILED)
    assert shown == ()
    assert verification.contradictions == (
        "p.py:3: we find nothing wrong, Keras raises ValueError: no",
    )


def test_a_model_that_is_not_known_is_not_asked_about() -> None:
    text = RIGHT.replace("LSTM(8", "LSTM(unknown()")
    _, verification, _ = verified(text, BUILT)
    assert verification == Verification(not_asked=1)


@pytest.mark.keras
def test_real_keras_confirms_the_error_and_builds_the_model() -> None:
    reading = read_text(f"{RIGHT}{BROKEN}".encode(), "p.py")
    with Builder() as builder:
        (error,), verification = verify(reading.program, reading.errors, builder)
    assert error.verified is True
    assert (verification.confirmed, verification.built) == (1, 1)
    assert verification.contradictions == ()
