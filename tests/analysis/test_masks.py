"""What becomes of a mask at each layer, beside what Keras does with it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from rnninspect.analysis.analyse import analyse
from rnninspect.sources.config import read_config

pytestmark = pytest.mark.keras


def fates(model: Any) -> dict[str, str]:
    analysis = analyse(read_config(json.loads(model.to_json()), "m"))
    return {row.name: row.mask for row in analysis.layers if "NotEqual" not in row.class_name}


def test_a_mask_is_made_carried_used_and_gone(keras: Any) -> None:
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((7,)),
            layers.Embedding(10, 4, mask_zero=True, name="made"),
            layers.Dropout(0.1, name="carried"),
            layers.LSTM(3, return_sequences=True, name="used"),
            layers.LSTM(3, name="last"),
            layers.Dense(2, name="after"),
        ]
    )
    assert fates(model) == {
        "made": "carried",
        "carried": "carried",
        "used": "used",
        "last": "used",
        "after": "none",
    }


def test_a_mask_is_dropped_where_a_layer_cannot_carry_it(keras: Any) -> None:
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((7, 4)),
            layers.Masking(name="made"),
            layers.Conv1D(3, 2, name="drops"),
            layers.GRU(3, name="unmasked"),
        ]
    )
    assert fates(model) == {"made": "carried", "drops": "dropped", "unmasked": "none"}


def test_without_a_mask_there_is_nothing_to_tell(keras: Any) -> None:
    model = keras.Sequential([keras.Input((7, 4)), keras.layers.GRU(3, name="plain")])
    assert fates(model) == {"plain": "none"}
