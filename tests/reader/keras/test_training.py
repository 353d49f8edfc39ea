"""Data that a program feeds to a model."""

from __future__ import annotations

import pytest

from rnninspect.ir.shape import Shape
from rnninspect.reader.keras.training import shape_of_batch
from tests.reader.following import program_of
from tests.reader.keras.reading import lines, rejections

MODEL = "m = Sequential([Input((5, 3)), LSTM(4), Dense(1)])\n"


@pytest.mark.parametrize(
    ("call", "is_rejected"),
    [
        ("m.fit(np.zeros((8, 5, 3)), np.zeros((8, 1)))", False),
        ("m.fit(np.zeros((8, 5)), np.zeros((8, 1)))", True),
        ("m.fit(x=np.zeros((8,)), y=np.zeros((8, 1)))", True),
        ("m.predict(np.zeros((1, 5, 3)))", False),
        ("m.predict(np.zeros((5, 3)))", True),
        ("m.evaluate(np.zeros((8, 5, 3, 2)))", True),
        ("m.evaluate(np.zeros((8, 5, 3, 1)))", False),
        ("m.fit(unknown, np.zeros((8, 1)))", False),
    ],
)
def test_data_must_fit_the_input(call: str, is_rejected: bool) -> None:
    assert len(rejections(MODEL + call)) == is_rejected


def test_data_give_a_model_its_input() -> None:
    text = "m = Sequential([LSTM(4), Dense(1)])\nm.fit(np.zeros((8, 5, 3)), np.zeros((8, 1)))"
    assert lines(text) == [("lstm", (None, 4), 128), ("dense", (None, 1), 5)]


def test_data_that_fit_exactly_are_remembered() -> None:
    assert program_of(MODEL + "m.fit(np.zeros((8, 5, 3)))").fed
    assert not program_of(MODEL + "m.fit(unknown)").fed


def test_initial_states_must_have_the_width_of_the_layer() -> None:
    text = """
        x = Input((5, 3))
        *_, h, c = LSTM(6, return_state=True)(x)
        m = Model(x, LSTM(4)(x, initial_state=[h, c]))
    """
    assert rejections(text) == []
    fed = rejections(text.rstrip() + "\n        m.fit(np.zeros((8, 5, 3)), np.zeros((8, 4)))")
    assert len(fed) == 1


def test_the_batch_of_data_is_of_any_size() -> None:
    assert shape_of_batch(Shape.of(8, 5, 3)).sizes == (None, 5, 3)
    assert shape_of_batch(Shape.unknown("why")).dims is None
