from __future__ import annotations

from rnninspect.fixing.fix import read_text
from rnninspect.ir.model import Model
from rnninspect.rules.models import check_analysed, check_layer_calls
from rnninspect.rules.rule import RuleSettings
from tests.rules.subjects import HEAD


def model_of(layers: str) -> Model:
    program = read_text(f"{HEAD}model = Sequential([{layers}])\n".encode(), "p.py").program
    (model,) = program.models or program.rejected
    return model


RIGHT = "Input((20, 6)), LSTM(8, return_sequences=True), LSTM(4)"
BROKEN = "Input((20, 6)), LSTM(8), LSTM(4)"


def test_each_rejected_layer_call_is_a_diagnostic() -> None:
    assert [error.code for error in check_layer_calls(model_of(BROKEN))] == ["RNN101"]
    assert list(check_layer_calls(model_of(RIGHT))) == []


def test_the_words_of_keras_are_those_of_the_settings() -> None:
    (error,) = check_layer_calls(model_of(BROKEN), RuleSettings(keras_major=2))
    assert error.keras_error.startswith('ValueError: Input 0 of layer "lstm_1" is incompatible')


def test_a_model_is_analysed_for_the_rules_that_run() -> None:
    assert list(check_analysed(model_of(RIGHT))) == []
    # 4 × (6 + 8 + 1) × 8 + 4 × (8 + 4 + 1) × 4 = 480 + 208 = 688, of 4 bytes each
    both = RuleSettings(max_params=687, max_bytes=2751)
    assert [one.code for one in check_analysed(model_of(RIGHT), both)] == ["RNN501", "RNN502"]
    assert list(check_analysed(model_of(RIGHT), RuleSettings(688, 2752))) == []
