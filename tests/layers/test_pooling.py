"""Pooling over a sequence, by hand and by Keras."""

from __future__ import annotations

from typing import Any

import pytest

from tests.layers.case import Case, check_by_hand, check_with_keras

B = None

CASES = {
    "MaxPooling1D": Case(lambda L: L.MaxPooling1D(), (9, 3), 0, (B, 4, 3)),
    # (9 − 3) // 1 + 1
    "MaxPooling1D, stride 1": Case(
        lambda L: L.MaxPooling1D(pool_size=3, strides=1), (9, 3), 0, (B, 7, 3)
    ),
    "AveragePooling1D, same": Case(
        lambda L: L.AveragePooling1D(pool_size=2, padding="same"), (9, 3), 0, (B, 5, 3)
    ),
    "AveragePooling1D, channels first": Case(
        lambda L: L.AveragePooling1D(pool_size=2, data_format="channels_first"),
        (3, 9),
        0,
        (B, 3, 4),
    ),
    "MaxPooling1D, open length": Case(lambda L: L.MaxPooling1D(), (None, 3), 0, (B, None, 3)),
    "GlobalMaxPooling1D": Case(lambda L: L.GlobalMaxPooling1D(), (9, 3), 0, (B, 3)),
    "GlobalMaxPooling1D, keepdims": Case(
        lambda L: L.GlobalMaxPooling1D(keepdims=True), (9, 3), 0, (B, 1, 3)
    ),
    "GlobalAveragePooling1D": Case(lambda L: L.GlobalAveragePooling1D(), (9, 3), 0, (B, 3)),
    "GlobalAveragePooling1D, channels first": Case(
        lambda L: L.GlobalAveragePooling1D(data_format="channels_first", keepdims=True),
        (3, 9),
        0,
        (B, 3, 1),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_counts_and_shapes_are_those_worked_out_by_hand(name: str) -> None:
    check_by_hand(CASES[name])


@pytest.mark.keras
@pytest.mark.parametrize("name", CASES)
def test_keras_comes_to_the_same(name: str, keras: Any) -> None:
    check_with_keras(CASES[name], keras)
