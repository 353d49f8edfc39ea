from __future__ import annotations

from tests.rules.subjects import error_in_stack


def test_an_input_of_timesteps_alone_has_no_features() -> None:
    error = error_in_stack("Input((20,)), LSTM(32)")
    assert error.code == "RNN103"
    assert error.message == "`lstm` needs timesteps and features, but its input is (None, 20)"
    assert (error.expected_ndim, error.found_ndim, error.input_shape) == (3, 2, [None, 20])
    assert error.cause is None
    assert error.change is not None
    assert (error.change.kind, error.change.value) == ("shape", "feature")
    assert error.change.place == error.place


def test_a_layer_that_changed_the_rank_is_another_rule() -> None:
    assert error_in_stack("Input((20, 6)), Flatten(), LSTM(32)").code == "RNN102"
