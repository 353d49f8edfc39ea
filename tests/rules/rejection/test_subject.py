from __future__ import annotations

from rnninspect.ir.shape import Shape
from rnninspect.rules.rejection.subject import reads_sequences, recurrence_of
from rnninspect.rules.rule import RuleSettings
from tests.rules.subjects import error_in, errors_in, rejection_in_stack


def test_a_rejection_has_its_input_and_the_way_it_came() -> None:
    rejection = rejection_in_stack("Input((20, 6)), LSTM(5), Dropout(0.1), LSTM(3)")
    assert rejection.input_shape == Shape.of(None, 5)
    assert rejection.lacks_axes and not rejection.has_too_many_axes
    assert [step.node.layer for step in rejection.upstream] == ["dropout", "lstm"]
    dropout, lstm = rejection.upstream
    assert lstm.drops_axes and lstm.changes_rank and not lstm.keeps_sequences
    assert not dropout.changes_rank and dropout.keeps_sequences
    assert recurrence_of(lstm.operation) is lstm.operation
    assert recurrence_of(dropout.operation) is None
    assert reads_sequences(rejection.operation) and not reads_sequences(dropout.operation)


def test_the_way_leads_through_the_layers_of_a_model() -> None:
    error = error_in(
        "inner = Sequential([Input((20, 6)), GRU(5)])\n"
        "model = Sequential([Input((20, 6)), inner, LSTM(3)])\n"
    )
    assert (error.code, error.flow[1:4]) == ("RNN101", ("gru", "(None, 5)", "lstm"))


def test_what_follows_from_a_rejection_is_not_another_one() -> None:
    assert len(errors_in("m = Sequential([Input((20, 6)), LSTM(5), LSTM(3), LSTM(2)])\n")) == 1


def test_the_flow_goes_from_the_input_to_the_rejected_layer() -> None:
    error = error_in("m = Sequential([Input((20, 6)), LSTM(5), LSTM(3)])\n")
    assert error.flow == ("(None, 20, 6)", "lstm", "(None, 5)", "lstm_1")


def test_the_iteration_of_a_loop_is_told() -> None:
    error = error_in(
        "m = Sequential()\nm.add(Input((9, 2)))\nfor units in (8, 4, 2):\n    m.add(LSTM(units))\n"
    )
    assert (error.place.line, error.place.round) == (6, 2)
    assert error.to_dict()["round"] == 2


def test_keras_is_quoted_in_the_words_of_the_settings() -> None:
    (error,) = errors_in(
        "m = Sequential([Input((20, 6)), LSTM(5), LSTM(3)])\n", RuleSettings(keras_major=2)
    )
    assert '"lstm_1"' in error.keras_error
