from __future__ import annotations

from tests.rules.subjects import error_in

X = "x = Input((20, 6))\n"


def test_a_list_of_output_and_states_is_not_one_tensor() -> None:
    error = error_in(f"{X}y = LSTM(8, return_state=True)(x)\nmodel = Model(x, Dense(1)(y))\n")
    assert error.code == "RNN108"
    assert error.message == "`dense` takes one tensor, but `lstm` returns its states too"
    assert error.cause is not None and error.cause.place.line == 4


def test_states_that_are_not_returned_cannot_be_unpacked() -> None:
    error = error_in(f"{X}y, h, c = GRU(8, return_state=True)(x)\n")
    assert error.code == "RNN108"
    assert error.message == "`gru` does not return as many values as are unpacked here"


def test_the_states_of_a_layer_of_another_width_do_not_fit() -> None:
    error = error_in(
        f"import numpy as np\n{X}y = GRU(4)(x, initial_state=GRU(8)(x))\nmodel = Model(x, y)\n"
        "model.compile(loss='mse')\nmodel.fit(np.zeros((8, 20, 6)), np.zeros((8, 4)))\n"
    )
    assert error.code == "RNN108"
    assert error.message.startswith("the initial states do not fit")
