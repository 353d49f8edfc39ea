from __future__ import annotations

from tests.rules.subjects import error_in_stack


def test_a_counted_batch_is_an_axis_too_many() -> None:
    error = error_in_stack("Input((100, 20, 6)), LSTM(32)")
    assert error.code == "RNN104"
    assert error.message == (
        "`lstm` takes 3 axes, the batch among them, but its input is (None, 100, 20, 6)"
    )
    assert error.change is not None
    assert (error.change.kind, error.change.value) == ("shape", "batch")


def test_an_axis_that_a_layer_added_is_another_rule() -> None:
    assert error_in_stack("Input((20, 6)), Reshape((4, 5, 6)), LSTM(3)").code == "RNN109"
