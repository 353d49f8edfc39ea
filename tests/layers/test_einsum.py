"""EinsumDense, by hand and by Keras."""

from __future__ import annotations

from typing import Any

import pytest

from rnninspect.ir.operation import Call
from rnninspect.ir.shape import Shape
from rnninspect.layers.einsum import EinsumDense
from tests.layers.case import Case, check_by_hand, check_with_keras

B = None

CASES = {
    "EinsumDense": Case(
        lambda L: L.EinsumDense(equation="ab,bc->ac", output_shape=64, bias_axes="c"),
        (32,),
        32 * 64 + 64,
        (B, 64),
    ),
    # b is 32 wide and is summed away; c and d are made: 32·4·8, a bias for each d
    "EinsumDense, two axes out": Case(
        lambda L: L.EinsumDense(equation="ab,bcd->acd", output_shape=(4, 8), bias_axes="d"),
        (32,),
        32 * 4 * 8 + 8,
        (B, 4, 8),
    ),
    "EinsumDense, any axes between": Case(
        lambda L: L.EinsumDense(equation="...x,xy->...y", output_shape=4),
        (7, 3),
        3 * 4,
        (B, 7, 4),
    ),
    "EinsumDense, any axes after": Case(
        lambda L: L.EinsumDense(equation="abc...,bd->acd...", output_shape=(7, 4), bias_axes="cd"),
        (3, 7, 5),
        3 * 4 + 7 * 4,
        (B, 7, 4, 5),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_counts_and_shapes_are_those_worked_out_by_hand(name: str) -> None:
    check_by_hand(CASES[name])


@pytest.mark.keras
@pytest.mark.parametrize("name", CASES)
def test_keras_comes_to_the_same(name: str, keras: Any) -> None:
    check_with_keras(CASES[name], keras)


@pytest.mark.parametrize(
    ("equation", "bias_axes"), [("ab,bc", None), ("ab,xc->ac", None), ("ab,bc->ac", "z")]
)
def test_an_equation_that_keras_rejects_is_rejected(equation: str, bias_axes: str | None) -> None:
    layer = EinsumDense(equation=equation, output_shape=4, bias_axes=bias_axes)
    assert layer.apply(Call.on(Shape.of(None, 3))).rejected is not None
