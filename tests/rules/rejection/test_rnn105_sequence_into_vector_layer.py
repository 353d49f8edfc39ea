from __future__ import annotations

from tests.rules.subjects import error_in_stack


def test_the_recurrent_layer_before_is_the_cause() -> None:
    error = error_in_stack("Input((9, 2)), LSTM(4, return_sequences=True), RepeatVector(3)")
    assert error.code == "RNN105"
    assert error.help == "leave return_sequences=True out of lstm"
    assert error.cause is not None and error.cause.layer == "lstm"
    assert error.change is not None
    assert (error.change.kind, error.change.value) == ("return_sequences", False)


def test_an_input_that_is_a_sequence_has_no_cause() -> None:
    error = error_in_stack("Input((9, 2)), RepeatVector(3)")
    assert (error.code, error.cause, error.change) == ("RNN105", None, None)
    assert error.help == "pass one vector to repeat_vector"
