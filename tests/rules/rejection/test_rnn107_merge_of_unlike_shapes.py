from __future__ import annotations

import pytest

from tests.rules.subjects import error_in

BRANCHES = "x = Input((20, 6))\na = LSTM(8, return_sequences=True)(x)\nb = LSTM(8)(x)\n"


@pytest.mark.parametrize(
    "merge", ["Concatenate()([a, b])", "Dot(1)([a, b])", "ops.concatenate([a, b])"]
)
def test_the_shapes_that_cannot_be_joined_are_named(merge: str) -> None:
    error = error_in(f"{BRANCHES}y = {merge}\nmodel = Model(x, y)\n")
    assert error.code == "RNN107"
    assert "(None, 20, 8) and (None, 8)" in error.message


def test_a_layer_that_does_not_merge_is_another_rule() -> None:
    assert error_in("model = Sequential([Input((20, 6)), Reshape((7, 7))])\n").code == "RNN109"
