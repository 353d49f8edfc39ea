"""Layers used on tensors: their history, and what Keras rejects."""

from __future__ import annotations

import pytest

from tests.reader.following import program_of
from tests.reader.keras.reading import lines, rejections


def test_a_rejection_has_the_uses_that_lead_to_it() -> None:
    text = "x = Input((5, 3))\ny = LSTM(4)(x)\nz = Dropout(0.1)(y)\nw = LSTM(2)(z)"
    (model,) = program_of(text).rejected
    assert [node.layer for node in model.nodes] == ["lstm", "dropout", "lstm_1"]


def test_what_follows_from_a_rejection_is_not_another_one() -> None:
    text = "y = LSTM(4)(LSTM(4)(Input((5, 3))))\nz = LSTM(2)(y)\nw = Conv1D(2, 2)(z)"
    assert rejections(text) == [(1, "lstm")]


def test_a_layer_keeps_the_shape_of_its_first_use() -> None:
    text = "d = Dense(4)\na = d(Input((5, 6)))\nb = d(Input((5, 7)))"
    assert rejections(text) == [(3, "dense")]


@pytest.mark.parametrize("caught", ["except ValueError", "except Exception as e", "except"])
def test_a_rejection_that_the_program_expects_is_none(caught: str) -> None:
    text = f"try:\n    LSTM(4)(Input((5,)))\n{caught}:\n    pass"
    assert rejections(text) == []
    assert (
        rejections("import pytest\nwith pytest.raises(ValueError):\n    LSTM(4)(Input((5,)))") == []
    )


def test_a_use_is_where_the_layer_is_made_in_the_same_statement() -> None:
    text = (
        "x = Input((5, 3))\ny = LSTM(2)(\n    LSTM(4)(x)\n)\nlayer = LSTM(2)\nz = layer(LSTM(4)(x))"
    )
    assert rejections(text) == [(2, "lstm"), (6, "lstm")]


def test_a_model_is_a_layer_of_another() -> None:
    """The inner model counts 4 · (3·4 + 4·4 + 4) = 128 parameters."""
    text = (
        "x = Input((5, 3))\ninner = Model(x, LSTM(4)(x))\ny = Input((5, 3))\nm = Model(y, inner(y))"
    )
    assert lines(text) == [("functional", (None, 4), 128)]
