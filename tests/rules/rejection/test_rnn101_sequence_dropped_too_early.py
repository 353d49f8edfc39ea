from __future__ import annotations

import pytest

from rnninspect.diagnostics import Change, ChangeKind, Place
from tests.rules.subjects import error_in, error_in_stack


def test_the_cause_is_the_layer_that_dropped_the_sequence() -> None:
    error = error_in_stack("Input((20, 6)), SimpleRNN(16), LSTM(32)")
    assert (error.code, error.layer) == ("RNN101", "lstm")
    assert error.message == "`lstm` needs a sequence, but `simple_rnn` returns only its last step"
    assert error.help == "pass return_sequences=True to simple_rnn"
    assert error.cause is not None
    assert (error.cause.layer, error.cause.place.line, error.cause.place.column) == (
        "simple_rnn",
        3,
        37,
    )
    assert error.change == Change(ChangeKind.RETURN_SEQUENCES, True, error.cause.place)


def test_layers_between_are_named() -> None:
    error = error_in_stack("Input((20, 6)), GRU(8), Dropout(0.1), Dense(4), LSTM(3)")
    assert "`gru` returns only its last step (through `dropout`, `dense`)" in error.message


@pytest.mark.parametrize("layer", ["Bidirectional(LSTM(3))", "GRU(3)", "SimpleRNN(3)"])
def test_every_recurrent_layer_needs_a_sequence(layer: str) -> None:
    assert error_in_stack(f"Input((20, 6)), LSTM(8), {layer}").code == "RNN101"


def test_the_cause_is_where_the_layer_is_made() -> None:
    error = error_in("first = LSTM(8)\nmodel = Sequential([Input((20, 6)), first, LSTM(4)])\n")
    assert error.place.line == 4
    assert error.cause is not None
    assert (error.cause.place.line, error.cause.place) != (4, Place())
