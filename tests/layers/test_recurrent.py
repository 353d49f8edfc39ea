"""Recurrent layers, by hand and by Keras. features = 6, units = 16 unless said otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from rnninspect.ir.dims import Unknown
from rnninspect.ir.operation import Call
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import pick, sizes_of
from rnninspect.layers.recurrent import GRU, LSTM, RNN, LSTMCell, SimpleRNN
from tests.layers.case import Case, apply, check_by_hand, check_with_keras

SEQUENCE = (20, 6)
B = None

CASES = {
    # kernel 6·16 = 96, recurrent kernel 16·16 = 256, bias 16: 368, which is (6 + 16 + 1) × 16
    "SimpleRNN": Case(lambda L: L.SimpleRNN(units=16), SEQUENCE, 96 + 256 + 16, (B, 16)),
    "SimpleRNN, sequences": Case(
        lambda L: L.SimpleRNN(units=16, return_sequences=True), SEQUENCE, 368, (B, 20, 16)
    ),
    "SimpleRNN, no bias": Case(
        lambda L: L.SimpleRNN(units=16, use_bias=False), SEQUENCE, 96 + 256, (B, 16)
    ),
    "SimpleRNN, state": Case(
        lambda L: L.SimpleRNN(units=16, return_state=True), SEQUENCE, 368, [(B, 16), (B, 16)]
    ),
    # the notes' second layer: 16·32 = 512, 32·32 = 1,024, 32: 1,568
    "SimpleRNN on 16": Case(lambda L: L.SimpleRNN(units=32), (20, 16), 512 + 1024 + 32, (B, 32)),
    "SimpleRNN, open length": Case(
        lambda L: L.SimpleRNN(units=16, return_sequences=True, go_backwards=True, unroll=False),
        (None, 6),
        368,
        (B, None, 16),
    ),
    # four gates of 368
    "LSTM": Case(lambda L: L.LSTM(units=16), SEQUENCE, 4 * 368, (B, 16)),
    "LSTM, no bias": Case(lambda L: L.LSTM(units=16, use_bias=False), SEQUENCE, 4 * 352, (B, 16)),
    "LSTM, state": Case(
        lambda L: L.LSTM(units=16, return_sequences=True, return_state=True),
        SEQUENCE,
        1472,
        [(B, 20, 16), (B, 16), (B, 16)],
    ),
    "LSTM, frozen": Case(
        lambda L: L.LSTM(units=16, trainable=False), SEQUENCE, 1472, (B, 16), trainable=0
    ),
    # three gates; reset_after has two biases a gate: 96 + 256 + 2·16 = 384
    "GRU": Case(lambda L: L.GRU(units=16), SEQUENCE, 3 * 384, (B, 16)),
    "GRU, reset_after=False": Case(
        lambda L: L.GRU(units=16, reset_after=False), SEQUENCE, 3 * 368, (B, 16)
    ),
    "GRU, no bias": Case(lambda L: L.GRU(units=16, use_bias=False), SEQUENCE, 3 * 352, (B, 16)),
    "GRU, state": Case(
        lambda L: L.GRU(units=16, return_state=True), SEQUENCE, 1152, [(B, 16), (B, 16)]
    ),
    "RNN over SimpleRNNCell": Case(
        lambda L: L.RNN(cell=L.SimpleRNNCell(units=16)), SEQUENCE, 368, (B, 16)
    ),
    "RNN over LSTMCell": Case(
        lambda L: L.RNN(cell=L.LSTMCell(units=16), return_sequences=True, return_state=True),
        SEQUENCE,
        1472,
        [(B, 20, 16), (B, 16), (B, 16)],
    ),
    # 3 · (6·5 + 5·5 + 5) = 180, then 4 · (5·7 + 7·7 + 7) = 364
    "RNN over two cells": Case(
        lambda L: L.RNN(
            cell=(L.GRUCell(units=5, reset_after=False), L.LSTMCell(units=7)), return_state=True
        ),
        SEQUENCE,
        180 + 364,
        [(B, 7), (B, 5), [(B, 7), (B, 7)]],
    ),
    "RNN over StackedRNNCells": Case(
        lambda L: L.RNN(
            cell=L.StackedRNNCells(
                cells=(L.GRUCell(units=5, reset_after=False), L.LSTMCell(units=7))
            )
        ),
        SEQUENCE,
        544,
        (B, 7),
    ),
    # 4 · (3·2·4 + 3·4·4 + 4) = 4 · (24 + 48 + 4) = 304; length 9 − 3 + 1 = 7
    "ConvLSTM1D": Case(lambda L: L.ConvLSTM1D(filters=4, kernel_size=3), (5, 9, 2), 304, (B, 7, 4)),
    # 4 · (3·3·1·2 + 3·3·2·2 + 2) = 4 · (18 + 36 + 2) = 224; same padding keeps 8 × 8
    "ConvLSTM2D": Case(
        lambda L: L.ConvLSTM2D(filters=2, kernel_size=(3, 3), padding="same"),
        (None, 8, 8, 1),
        224,
        (B, 8, 8, 2),
    ),
    # stride 2 of 8 with window 3, valid: (8 − 3) // 2 + 1 = 3
    "ConvLSTM2D, strides, no bias, sequences": Case(
        lambda L: L.ConvLSTM2D(
            filters=2, kernel_size=3, strides=2, use_bias=False, return_sequences=True
        ),
        (4, 8, 8, 1),
        4 * (18 + 36),
        (B, 4, 3, 3, 2),
    ),
    # 4 · (2·2·2·1·3 + 2·2·2·3·3 + 3) = 4 · (24 + 72 + 3) = 396
    "ConvLSTM3D": Case(
        lambda L: L.ConvLSTM3D(filters=3, kernel_size=2), (2, 4, 4, 4, 1), 396, (B, 3, 3, 3, 3)
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_counts_and_shapes_are_those_worked_out_by_hand(name: str) -> None:
    check_by_hand(CASES[name])


@pytest.mark.keras
@pytest.mark.parametrize("name", CASES)
def test_keras_comes_to_the_same(name: str, keras: Any) -> None:
    check_with_keras(CASES[name], keras)


def test_gates_stand_in_the_order_of_keras_kernels() -> None:
    """Keras: i f c o for LSTM, z r h for GRU, side by side on the last axis."""
    lstm, gru = apply(CASES["LSTM"]), apply(CASES["GRU"])
    assert lstm.weights[0].per == ("input", "forget", "cell", "output")
    assert lstm.weights[0].stored_shape == (6, 64)
    assert lstm.weights[0].one_copy.value == 96
    assert gru.weights[0].per == ("update", "reset", "candidate")
    assert gru.weights[2].stored_shape == (2, 48)


def test_a_recurrent_layer_rejects_a_vector_as_keras_does() -> None:
    """The mistake of the study notes: the layer before gave its last step only."""
    rejected = LSTM(units=4, name="lstm").apply(Call.on(Shape.of(None, 16))).rejected
    assert rejected is not None
    assert rejected.message == (
        "Input 0 with name 'None' of layer 'lstm' is incompatible with the layer: "
        "expected ndim=3, found ndim=2. Full shape received: (None, 16)"
    )
    assert (rejected.expected_ndim, rejected.found_ndim) == (3, 2)


@pytest.mark.keras
def test_keras_says_the_same_of_a_vector(keras: Any) -> None:
    with pytest.raises(ValueError) as caught:
        keras.layers.LSTM(4, name="lstm")(keras.Input((16,)))
    rejected = LSTM(units=4, name="lstm").apply(Call.on(Shape.of(None, 16))).rejected
    assert rejected is not None and str(caught.value) == rejected.message


def test_units_that_are_not_known_leave_the_rest_known() -> None:
    units: Any = Unknown("units is an argument")
    made = SimpleRNN(units=units, return_sequences=True)
    application = made.apply(Call.on(Shape.of(None, 20, 6)))
    assert sizes_of(application.output) == [None, 20, None]
    assert application.rejected is None
    assert application.weights[0].count.value is None
    assert pick(application.output, 0)[2].reason == "units is an argument"


def test_whether_sequences_are_returned_may_be_unknown() -> None:
    unknown: Any = Unknown()
    application = GRU(units=4, return_sequences=unknown).apply(Call.on(Shape.of(None, 20, 6)))
    assert pick(application.output, 0).dims is None
    assert application.rejected is None


def test_states_of_a_cell_that_is_not_known_are_unknown() -> None:
    made = RNN(cell=LSTM(units=3), return_sequences=True)
    application = made.apply(Call.on(Shape.of(None, 20, 6)))
    assert application.unknown
    assert pick(application.output, 0).dims is None


def test_a_cell_gives_its_output_and_its_states() -> None:
    output = LSTMCell(units=3).apply(Call.on(Shape.of(None, 6))).output
    assert sizes_of(output) == [[None, 3], [[None, 3], [None, 3]]]


def test_time_may_come_before_the_batch_as_in_keras_2() -> None:
    """tf.keras 2: ``time_major=True`` takes (timesteps, batch, features)."""
    x = Call.on(Shape.of(20, None, 6))
    last = LSTM(units=4, time_major=True, return_state=True).apply(x).output
    assert sizes_of(last) == [[None, 4]] * 3
    steps = LSTM(units=4, time_major=True, return_sequences=True).apply(x).output
    assert sizes_of(steps) == [20, None, 4]
