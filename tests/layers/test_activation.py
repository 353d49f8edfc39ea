"""Activation layers, by hand and by Keras."""

from __future__ import annotations

from typing import Any

import pytest

from tests.layers.case import Case, check_by_hand, check_with_keras

B = None

CASES = {
    "Activation": Case(lambda L: L.Activation(activation="tanh"), (7, 3), 0, (B, 7, 3)),
    "ReLU": Case(lambda L: L.ReLU(max_value=6.0), (7, 3), 0, (B, 7, 3)),
    "LeakyReLU": Case(lambda L: L.LeakyReLU(negative_slope=0.1), (7, 3), 0, (B, 7, 3)),
    "ELU": Case(lambda L: L.ELU(alpha=0.5), (7, 3), 0, (B, 7, 3)),
    "Softmax": Case(lambda L: L.Softmax(axis=1), (7, 3), 0, (B, 7, 3)),
    # one slope for each of 7·3 places, or one for each feature where time is shared
    "PReLU": Case(lambda L: L.PReLU(), (7, 3), 21, (B, 7, 3)),
    "PReLU, shared in time": Case(lambda L: L.PReLU(shared_axes=(1,)), (7, 3), 3, (B, 7, 3)),
}


@pytest.mark.parametrize("name", CASES)
def test_counts_and_shapes_are_those_worked_out_by_hand(name: str) -> None:
    check_by_hand(CASES[name])


@pytest.mark.keras
@pytest.mark.parametrize("name", CASES)
def test_keras_comes_to_the_same(name: str, keras: Any) -> None:
    check_with_keras(CASES[name], keras)
