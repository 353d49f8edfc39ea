"""Layers around layers, by hand and by Keras."""

from __future__ import annotations

from typing import Any

import pytest

from rnninspect.ir.operation import Call
from rnninspect.ir.shape import Shape
from rnninspect.layers.core import Dense
from rnninspect.layers.recurrent import LSTM
from rnninspect.layers.wrappers import Bidirectional, TimeDistributed
from tests.layers.case import Case, check_by_hand, check_with_keras

B = None

CASES = {
    # twice 4 · (6·5 + 5·5 + 5) = 240
    "Bidirectional": Case(lambda L: L.Bidirectional(layer=L.LSTM(units=5)), (20, 6), 480, (B, 10)),
    "Bidirectional, sequences": Case(
        lambda L: L.Bidirectional(layer=L.LSTM(units=5, return_sequences=True)),
        (None, 6),
        480,
        (B, None, 10),
    ),
    "Bidirectional, sum": Case(
        lambda L: L.Bidirectional(layer=L.LSTM(units=5), merge_mode="sum"), (20, 6), 480, (B, 5)
    ),
    "Bidirectional, ave": Case(
        lambda L: L.Bidirectional(layer=L.LSTM(units=5), merge_mode="ave"), (20, 6), 480, (B, 5)
    ),
    "Bidirectional, mul": Case(
        lambda L: L.Bidirectional(layer=L.LSTM(units=5), merge_mode="mul"), (20, 6), 480, (B, 5)
    ),
    "Bidirectional, not merged": Case(
        lambda L: L.Bidirectional(layer=L.LSTM(units=5), merge_mode=None),
        (20, 6),
        480,
        [(B, 5), (B, 5)],
    ),
    "Bidirectional, states": Case(
        lambda L: L.Bidirectional(layer=L.LSTM(units=5, return_state=True)),
        (20, 6),
        480,
        [(B, 10), (B, 5), (B, 5), (B, 5), (B, 5)],
    ),
    # forward 4 · (30 + 25 + 5), backward without bias 3 · (30 + 25)
    "Bidirectional, another layer back": Case(
        lambda L: L.Bidirectional(
            layer=L.LSTM(units=5),
            backward_layer=L.GRU(units=5, use_bias=False, go_backwards=True),
        ),
        (20, 6),
        240 + 165,
        (B, 10),
    ),
    "Bidirectional over RNN": Case(
        lambda L: L.Bidirectional(layer=L.RNN(cell=L.SimpleRNNCell(units=5))),
        (20, 6),
        2 * 60,
        (B, 10),
    ),
    "Bidirectional, frozen": Case(
        lambda L: L.Bidirectional(layer=L.LSTM(units=5), trainable=False),
        (20, 6),
        480,
        (B, 10),
        trainable=0,
    ),
    "TimeDistributed": Case(
        lambda L: L.TimeDistributed(layer=L.Dense(units=4)), (20, 6), 28, (B, 20, 4)
    ),
    "TimeDistributed convolution": Case(
        lambda L: L.TimeDistributed(layer=L.Conv1D(filters=4, kernel_size=3)),
        (5, 9, 2),
        28,
        (B, 5, 7, 4),
    ),
    "TimeDistributed flattening": Case(
        lambda L: L.TimeDistributed(layer=L.Flatten()), (5, 9, 2), 0, (B, 5, 18)
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_counts_and_shapes_are_those_worked_out_by_hand(name: str) -> None:
    check_by_hand(CASES[name])


@pytest.mark.keras
@pytest.mark.parametrize("name", CASES)
def test_keras_comes_to_the_same(name: str, keras: Any) -> None:
    check_with_keras(CASES[name], keras)


def test_a_merge_mode_that_keras_rejects_is_rejected() -> None:
    layer = Bidirectional(layer=LSTM(units=5), merge_mode="max")
    assert layer.apply(Call.on(Shape.of(None, 20, 6))).rejected is not None


def test_time_cannot_be_taken_from_a_vector() -> None:
    rejected = TimeDistributed(layer=Dense(units=4)).apply(Call.on(Shape.of(None, 6))).rejected
    assert rejected is not None and rejected.found_ndim == 2


def test_what_an_inner_layer_rejects_its_wrapper_rejects() -> None:
    assert Bidirectional(layer=LSTM(units=5)).apply(Call.on(Shape.of(None, 6))).rejected is not None
