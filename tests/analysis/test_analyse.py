"""Rows and totals of a model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rnninspect.analysis.analyse import analyse
from rnninspect.analysis.result import Analysis, Row
from rnninspect.analysis.stored import Shelf
from rnninspect.ir.inputs import with_batch
from rnninspect.ir.structures import pick, sizes_of
from rnninspect.sources.config import read_config
from rnninspect.sources.read import read


def analysis_of(samples: Path, name: str) -> Analysis:
    return analyse(read(str(samples / f"{name}.keras")).models[0])


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        # (6 + 16 + 1) × 16, (16 + 32 + 1) × 32, 32 + 1
        ("simple_rnn_stack", [368, 1568, 33]),
        # four of each
        ("lstm_stack", [4 * 368, 4 * 1568, 33]),
        # three of each, with a second bias: 3 × (6 + 16 + 2) × 16, 3 × (16 + 32 + 2) × 32
        ("gru_stack", [1152, 4800, 33]),
        # 500 × 16, the mask, 2 × 4 × (16 + 12 + 1) × 12, dropout, 24 × 9 + 9
        ("bidirectional_tagger", [8000, 0, 2784, 0, 225]),
        # 4 × (8 + 24 + 1) × 24, 4 × (10 + 24 + 1) × 24, 24 × 10 + 10
        ("encoder_decoder", [3168, 3360, 250]),
    ],
)
def test_the_samples_counts_are_those_worked_out_by_hand(
    name: str, counts: list[int], samples: Path
) -> None:
    analysis = analysis_of(samples, name)
    assert [row.parameters.value for row in analysis.layers] == counts
    assert analysis.total == (sum(counts), False)
    assert analysis.bytes.value == 4 * sum(counts)
    assert analysis.is_complete


def test_a_layer_that_is_not_known_is_counted_from_the_stored_weights(samples: Path) -> None:
    models = read(str(samples / "custom_layer.keras"))
    without = analyse(models.models[0])
    assert without.layers[1].parameters.value is None
    assert without.total == (1152 + 17, True)
    assert models.stored is not None
    row = (analysis := analyse(models.models[0], Shelf.of(models.stored()))).layers[1]
    assert (row.parameters.value, row.counted_from_file) == (16, True)
    assert pick(row.output_shape, 0).dims is None
    assert analysis.total == (1152 + 16 + 17, True)
    assert analysis.bytes.value == 4 * 1185


def test_with_a_batch_the_open_first_axis_is_that_size(samples: Path) -> None:
    model = read(str(samples / "bidirectional_tagger.keras")).models[0]
    rows = analyse(with_batch(model, 32)).layers
    assert sizes_of(rows[-1].output_shape) == [32, None, 9]
    assert sizes_of(analyse(model).layers[-1].output_shape) == [None, None, 9]


def walk(rows: tuple[Row, ...]) -> Any:
    for row in rows:
        yield row
        yield from walk(row.children)


def describe_trainable(keras: Any, model: Any) -> Analysis:
    analysis = analyse(read_config(json.loads(model.to_json()), "m"))
    same = keras.models.model_from_json(model.to_json())
    count = sum(w.shape.num_elements() for w in same.trainable_weights)
    assert analysis.trainable.value == count
    assert analysis.trainable.value + analysis.non_trainable.value == same.count_params()
    return analysis


@pytest.mark.keras
def test_frozen_layers_and_models(keras: Any) -> None:
    layers = keras.layers
    x = keras.Input((20, 6))
    inner = keras.Sequential([layers.Dense(3), layers.BatchNormalization()], name="inner")
    y = layers.Bidirectional(layers.LSTM(5, return_sequences=True), trainable=False)(x)
    z = layers.TimeDistributed(inner, trainable=False)(y)
    model = keras.Model(x, layers.GRU(2)(z))
    analysis = describe_trainable(keras, model)
    assert [row.trainable_params for row in analysis.layers][:2] == [0, 0]
    assert analysis.layers[0].non_trainable_params == analysis.layers[0].parameters.value
    model.trainable = False
    assert describe_trainable(keras, model).trainable.value == 0


@pytest.mark.keras
def test_a_layer_shared_by_two_models_is_counted_once(keras: Any) -> None:
    layers = keras.layers
    shared = layers.Dense(3, name="shared")
    one = keras.Sequential([keras.Input((20, 6)), shared], name="one")
    x = keras.Input((20, 6))
    model = keras.Model(x, layers.Add()([one(x), shared(x)]))
    analysis = analyse(read_config(json.loads(model.to_json()), "m"))
    same = keras.models.model_from_json(model.to_json())
    assert analysis.total.value == same.count_params()
