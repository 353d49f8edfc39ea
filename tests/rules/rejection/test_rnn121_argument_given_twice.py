from __future__ import annotations

import pytest

from tests.rules.subjects import error_in, errors_in


@pytest.mark.parametrize(
    ("call", "keras_error"),
    [
        (
            "LSTM(8, units=4)",
            "TypeError: LSTM.__init__() got multiple values for argument 'units'",
        ),
        (
            "LSTM(units=4, **{'units': 8})",
            "TypeError: keras.src.layers.rnn.lstm.LSTM() got multiple values for keyword argument "
            "'units'",
        ),
        ("LSTM(4, dropout=0, dropout=0)", "SyntaxError: keyword argument repeated: dropout"),
    ],
)
def test_a_value_is_given_twice(call: str, keras_error: str) -> None:
    error = error_in(f"layer = {call}\n")
    assert (error.code, error.keras_error) == ("RNN121", keras_error)


@pytest.mark.parametrize("call", ["LSTM(4, **{'dropout': 0.5})", "f(units=4, **{'units': 8})"])
def test_each_value_is_given_once(call: str) -> None:
    assert errors_in(f"layer = {call}\n") == ()
