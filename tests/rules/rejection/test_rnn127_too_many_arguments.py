from __future__ import annotations

import pytest

from tests.rules.subjects import error_in, errors_in


def test_there_are_more_values_than_arguments() -> None:
    error = error_in("layer = Flatten('channels_last', 20)\n")
    assert (error.code, error.message) == (
        "RNN127",
        "Flatten gets more arguments by position than it takes",
    )
    assert error.keras_error == (
        "TypeError: Flatten.__init__() takes from 1 to 2 positional arguments but 3 were given"
    )


@pytest.mark.parametrize("call", ["Dense(3, 'relu')", "Dropout(*rates)", "LSTM(3, 'tanh')"])
def test_there_is_an_argument_for_every_value(call: str) -> None:
    assert errors_in(f"layer = {call}\n") == ()
