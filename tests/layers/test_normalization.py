"""Normalizations, by hand and by Keras."""

from __future__ import annotations

from typing import Any

import pytest

from rnninspect.ir.operation import Call
from rnninspect.ir.shape import Shape
from rnninspect.layers.normalization import BatchNormalization
from tests.layers.case import Case, check_by_hand, check_with_keras

B = None

CASES = {
    # gamma and beta train, the two moving averages do not
    "BatchNormalization": Case(
        lambda L: L.BatchNormalization(), (7, 3), 4 * 3, (B, 7, 3), trainable=6
    ),
    "BatchNormalization, first axis": Case(
        lambda L: L.BatchNormalization(axis=1), (7, 3), 4 * 7, (B, 7, 3), trainable=14
    ),
    "BatchNormalization, bare": Case(
        lambda L: L.BatchNormalization(center=False, scale=False), (3,), 6, (B, 3), trainable=0
    ),
    "LayerNormalization": Case(lambda L: L.LayerNormalization(), (7, 3), 2 * 3, (B, 7, 3)),
    "LayerNormalization over two axes": Case(
        lambda L: L.LayerNormalization(axis=(1, 2)), (7, 3), 2 * 21, (B, 7, 3)
    ),
    "LayerNormalization, no scale": Case(
        lambda L: L.LayerNormalization(scale=False), (7, 3), 3, (B, 7, 3)
    ),
    "LayerNormalization, bare": Case(
        lambda L: L.LayerNormalization(scale=False, center=False), (7, 3), 0, (B, 7, 3)
    ),
    "UnitNormalization": Case(lambda L: L.UnitNormalization(), (7, 3), 0, (B, 7, 3)),
    "RMSNormalization": Case(lambda L: L.RMSNormalization(), (7, 3), 3, (B, 7, 3)),
    "RMSNormalization over two axes": Case(
        lambda L: L.RMSNormalization(axis=(1, 2)), (7, 3), 21, (B, 7, 3)
    ),
    "GroupNormalization": Case(lambda L: L.GroupNormalization(groups=2), (7, 4), 8, (B, 7, 4)),
    "GroupNormalization, all channels": Case(
        lambda L: L.GroupNormalization(groups=-1, center=False), (7, 3), 3, (B, 7, 3)
    ),
    # the kernel 5·3 and bias 3 train, the vector u of 3 does not
    "SpectralNormalization": Case(
        lambda L: L.SpectralNormalization(layer=L.Dense(units=3)),
        (5,),
        18 + 3,
        (B, 3),
        trainable=18,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_counts_and_shapes_are_those_worked_out_by_hand(name: str) -> None:
    check_by_hand(CASES[name])


@pytest.mark.keras
@pytest.mark.parametrize("name", CASES)
def test_keras_comes_to_the_same(name: str, keras: Any) -> None:
    check_with_keras(CASES[name], keras)


def test_renormalization_keeps_three_more_averages() -> None:
    """gamma, beta, mean, variance and three for renorm: 7 × 3."""
    application = BatchNormalization(renorm=True).apply(Call.on(Shape.of(None, 3)))
    assert sum(w.count.value or 0 for w in application.weights) == 21


def test_an_axis_that_is_not_there_is_rejected() -> None:
    assert BatchNormalization(axis=4).apply(Call.on(Shape.of(None, 3))).rejected is not None
