from __future__ import annotations

import pytest

from rnninspect.rules.rule import RuleSettings
from tests.rules.subjects import error_in, errors_in


@pytest.mark.parametrize(
    ("call", "argument"),
    [
        ("LSTM()", "units"),
        ("LSTM(return_sequences=True)", "units"),
        ("Conv1D(4)", "kernel_size"),
        ("Embedding(5)", "output_dim"),
        ("RepeatVector()", "n"),
    ],
)
def test_an_argument_is_missing(call: str, argument: str) -> None:
    error = error_in(f"layer = {call}\n")
    assert (error.code, error.message) == (
        "RNN122",
        f"{call.partition('(')[0]} needs its argument `{argument}`",
    )
    assert error.keras_error.startswith("TypeError: ")


def test_keras_2_has_a_default_that_keras_3_lacks() -> None:
    body = "layer = AveragePooling2D()\n"
    assert errors_in(body) == ()
    (error,) = errors_in(body, RuleSettings(keras_major=3, is_keras_stated=True))
    assert error.code == "RNN122"


@pytest.mark.parametrize("call", ["LSTM(*sizes)", "LSTM(**options)", "LSTM(units)", "Flatten()"])
def test_nothing_is_known_to_be_missing(call: str) -> None:
    assert errors_in(f"layer = {call}\n") == ()
