from __future__ import annotations

import pytest

from tests.rules.subjects import error_in_stack


@pytest.mark.parametrize("layer", ["TimeDistributed(Dense(3))", "Conv1D(4, 3)", "MaxPooling1D(2)"])
def test_layers_that_work_along_timesteps_need_a_sequence(layer: str) -> None:
    error = error_in_stack(f"Input((9, 2)), GRU(4), {layer}")
    assert (error.code, error.help) == ("RNN106", "pass return_sequences=True to gru")
    assert error.change is not None
    assert (error.change.kind, error.change.value) == ("return_sequences", True)


def test_a_cause_that_is_not_recurrent_is_shown_without_a_change() -> None:
    error = error_in_stack("Input((9, 2)), Flatten(), Conv1D(4, 3)")
    assert error.code == "RNN106"
    assert error.cause is not None and error.cause.layer == "flatten"
    assert error.change is None


def test_a_recurrent_layer_is_another_rule() -> None:
    assert error_in_stack("Input((9, 2)), GRU(4), GRU(4)").code == "RNN101"
