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
    "MaxPooling2D": Case(lambda L: L.MaxPooling2D(), (8, 9, 3), 0, (B, 4, 4, 3)),
    "MaxPooling3D": Case(lambda L: L.MaxPooling3D(), (4, 5, 6, 3), 0, (B, 2, 2, 3, 3)),
    "AveragePooling2D": Case(
        lambda L: L.AveragePooling2D(
            pool_size=(2, 3), strides=1, padding="same", data_format="channels_first"
        ),
        (3, 8, 9),
        0,
        (B, 3, 8, 9),
    ),
    "AveragePooling3D": Case(
        lambda L: L.AveragePooling3D(pool_size=2), (4, 5, 6, 3), 0, (B, 2, 2, 3, 3)
    ),
    "GlobalMaxPooling2D": Case(lambda L: L.GlobalMaxPooling2D(), (8, 9, 3), 0, (B, 3)),
    "GlobalMaxPooling3D": Case(
        lambda L: L.GlobalMaxPooling3D(keepdims=True), (8, 9, 2, 3), 0, (B, 1, 1, 1, 3)
    ),
    "GlobalAveragePooling2D": Case(
        lambda L: L.GlobalAveragePooling2D(keepdims=True, data_format="channels_first"),
        (3, 8, 9),
        0,
        (B, 3, 1, 1),
    ),
    "GlobalAveragePooling3D": Case(lambda L: L.GlobalAveragePooling3D(), (8, 9, 2, 3), 0, (B, 3)),
    "AdaptiveMaxPooling1D": Case(
        lambda L: L.AdaptiveMaxPooling1D(output_size=4), (9, 3), 0, (B, 4, 3)
    ),
    "AdaptiveMaxPooling2D": Case(
        lambda L: L.AdaptiveMaxPooling2D(output_size=(4, 2)), (8, 9, 3), 0, (B, 4, 2, 3)
    ),
    "AdaptiveMaxPooling3D": Case(
        lambda L: L.AdaptiveMaxPooling3D(output_size=2), (8, 9, 4, 3), 0, (B, 2, 2, 2, 3)
    ),
    "AdaptiveAveragePooling1D": Case(
        lambda L: L.AdaptiveAveragePooling1D(output_size=4, data_format="channels_first"),
        (3, 9),
        0,
        (B, 3, 4),
    ),
    "AdaptiveAveragePooling2D": Case(
        lambda L: L.AdaptiveAveragePooling2D(output_size=4), (8, 9, 3), 0, (B, 4, 4, 3)
    ),
    "AdaptiveAveragePooling3D": Case(
        lambda L: L.AdaptiveAveragePooling3D(output_size=2), (8, 9, 4, 3), 0, (B, 2, 2, 2, 3)
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_counts_and_shapes_are_those_worked_out_by_hand(name: str) -> None:
    check_by_hand(CASES[name])


@pytest.mark.keras
@pytest.mark.parametrize("name", CASES)
def test_keras_comes_to_the_same(name: str, keras: Any) -> None:
    check_with_keras(CASES[name], keras)
