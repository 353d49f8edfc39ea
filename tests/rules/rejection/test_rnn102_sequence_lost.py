from __future__ import annotations

import pytest

from tests.rules.subjects import error_in_stack


@pytest.mark.parametrize(
    ("layer", "name"),
    [("Flatten()", "flatten"), ("GlobalMaxPooling1D()", "global_max_pooling1d")],
)
def test_the_layer_that_ended_the_sequence_is_the_cause(layer: str, name: str) -> None:
    error = error_in_stack(f"Input((20, 6)), {layer}, LSTM(32)")
    assert (error.code, error.message) == (
        "RNN102",
        f"`lstm` needs a sequence, but `{name}` ended it",
    )
    assert error.cause is not None and error.cause.layer == name
    assert error.change is not None
    assert (error.change.kind, error.change.place) == ("omit", error.cause.place)


def test_a_recurrent_layer_that_ended_it_is_another_rule() -> None:
    assert error_in_stack("Input((20, 6)), LSTM(8), LSTM(4)").code == "RNN101"
