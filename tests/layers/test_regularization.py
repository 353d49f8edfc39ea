"""Regularization layers hold nothing that counts, by hand and by Keras."""

from __future__ import annotations

from typing import Any

import pytest

from tests.layers.case import Case, check_by_hand, check_with_keras

B = None

CASES = {
    "Dropout": Case(lambda L: L.Dropout(rate=0.2), (7, 3), 0, (B, 7, 3)),
    "AlphaDropout": Case(lambda L: L.AlphaDropout(rate=0.2), (7, 3), 0, (B, 7, 3)),
    "GaussianDropout": Case(lambda L: L.GaussianDropout(rate=0.2), (7, 3), 0, (B, 7, 3)),
    "GaussianNoise": Case(lambda L: L.GaussianNoise(stddev=0.2), (7, 3), 0, (B, 7, 3)),
    "SpatialDropout1D": Case(lambda L: L.SpatialDropout1D(rate=0.2), (7, 3), 0, (B, 7, 3)),
    "SpatialDropout2D": Case(lambda L: L.SpatialDropout2D(rate=0.2), (7, 3, 2), 0, (B, 7, 3, 2)),
    "SpatialDropout3D": Case(
        lambda L: L.SpatialDropout3D(rate=0.2), (7, 3, 2, 1), 0, (B, 7, 3, 2, 1)
    ),
    "ActivityRegularization": Case(
        lambda L: L.ActivityRegularization(l1=0.1), (7, 3), 0, (B, 7, 3)
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_counts_and_shapes_are_those_worked_out_by_hand(name: str) -> None:
    check_by_hand(CASES[name])


@pytest.mark.keras
@pytest.mark.parametrize("name", CASES)
def test_keras_comes_to_the_same(name: str, keras: Any) -> None:
    check_with_keras(CASES[name], keras)
