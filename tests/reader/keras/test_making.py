"""Layers as their constructors are written."""

from __future__ import annotations

from typing import Any

import pytest

from rnninspect.analysis.analyse import analyse
from tests.reader.following import program_of
from tests.reader.keras.reading import built, lines

NAMES = [
    "m = Sequential([Input((5, 3)), LSTM(4, return_sequences=True), LSTM(2), Dense(1), Dense(1)])",
    "LSTM(3)\nLSTM(3)\nm = Sequential([Input((5, 3)), LSTM(4)])",
    "LSTM(3)\nkeras.backend.clear_session()\nm = Sequential([Input((5, 3)), LSTM(4)])",
    "m = Sequential([Input((5, 3)), LSTM(4, name='lstm_7', return_sequences=True), LSTM(2)])",
    "m = Sequential([Input((5, 3)), Bidirectional(LSTM(4)), RepeatVector(2), "
    "TimeDistributed(Dense(1)), GlobalMaxPooling1D()])",
    "m = Sequential([Input((5, 3)), Conv1D(4, 2), BatchNormalization(), MaxPooling1D(2), LSTM(1)])",
]


@pytest.mark.keras
@pytest.mark.parametrize("text", NAMES)
def test_names_are_those_that_keras_gives(text: str, keras: Any) -> None:
    assert lines(text) == built(text, keras)


def test_names_are_counted_by_class() -> None:
    assert [name for name, *_ in lines(NAMES[0])] == ["lstm", "lstm_1", "dense", "dense_1"]
    assert [name for name, *_ in lines(NAMES[2])] == ["lstm"]


@pytest.mark.parametrize(
    ("layer", "shape"),
    [
        ("LSTM(4, True and 'tanh')", (None, 4)),
        ("LSTM(units=4)", (None, 4)),
        ("LSTM(**{'units': 4, 'return_sequences': True})", (None, 5, 4)),
        ("Conv1D(filters=6, kernel_size=2, padding='same')", (None, 5, 6)),
        ("Bidirectional(LSTM(4), merge_mode='sum')", (None, 4)),
        ("RNN([LSTMCell(4), LSTMCell(2)])", (None, 2)),
        ("Lambda(lambda t: t[:, 0])", (None, 3)),
        ("Lambda(lambda t, n: t[:, :n], arguments={'n': 2})", (None, 2, 3)),
        ("keras.layers.Activation('relu')", (None, 5, 3)),
    ],
)
def test_a_layer_is_made_of_its_arguments(layer: str, shape: tuple[int | None, ...]) -> None:
    assert lines(f"m = Sequential([Input((5, 3)), {layer}])")[-1][1] == shape


@pytest.mark.parametrize(
    ("call", "shape"),
    [
        ("Input((5, 3))", (None, 5, 3)),
        ("Input(shape=(None, 3), batch_size=8)", (8, None, 3)),
        ("Input(batch_shape=(2, 5, 3))", (2, 5, 3)),
        ("Input([5, 3], name='x')", (None, 5, 3)),
    ],
)
def test_an_input_has_its_shape(call: str, shape: tuple[int | None, ...]) -> None:
    (model,) = program_of(f"x = {call}\nm = Model(x, Dense(2)(x))").models
    (found,) = model.input_shapes.values()
    assert getattr(found, "sizes", None) == shape


@pytest.mark.parametrize(
    "layer", ["LSTM(unknown)", "Elsewhere(4)", "LSTM(4, **options)", "Dense(int(input()))"]
)
def test_what_is_not_known_of_a_layer_is_not_counted(layer: str) -> None:
    text = "from elsewhere import unknown, Elsewhere, options\n"
    found = program_of(f"{text}m = Sequential([Input((5, 3)), {layer}])")
    counts = [analyse(model).layers[-1].parameters.value for model in found.models]
    assert counts in ([], [None])


@pytest.mark.parametrize(
    ("first", "shape"),
    [
        ("TimeDistributedDense(5, input_dim=4)", (None, None, 4)),
        ("Convolution1D(5, 3, input_dim=4)", (None, None, 4)),
        ("Dense(5, input_dim=4)", (None, 4)),
    ],
)
def test_input_dim_of_keras_1_states_the_features_of_a_sequence(
    first: str, shape: tuple[int | None, ...]
) -> None:
    (model,) = program_of(f"from keras.layers import *\nm = Sequential([{first}])").models
    (found,) = model.input_shapes.values()
    assert getattr(found, "sizes", None) == shape
