"""Layers that join tensors, by hand and by Keras."""

from __future__ import annotations

from typing import Any

import pytest

from rnninspect.ir.operation import Call
from rnninspect.ir.shape import Shape
from tests.layers.case import Build, Case, Ours, check_by_hand, check_with_keras

B = None

CASES = {
    "Add": Case(lambda L: L.Add(), [(7, 3), (7, 3)], 0, (B, 7, 3)),
    "Add, broadcast": Case(lambda L: L.Add(), [(7, 3), (1, 3)], 0, (B, 7, 3)),
    "Add, fewer axes": Case(lambda L: L.Add(), [(7, 3), (3,)], 0, (B, 7, 3)),
    "Add, open length": Case(lambda L: L.Add(), [(None, 3), (7, 3)], 0, (B, None, 3)),
    "Subtract": Case(lambda L: L.Subtract(), [(7, 3), (7, 3)], 0, (B, 7, 3)),
    "Multiply of three": Case(lambda L: L.Multiply(), [(7, 3), (7, 1), (7, 3)], 0, (B, 7, 3)),
    "Average": Case(lambda L: L.Average(), [(3,), (3,)], 0, (B, 3)),
    "Maximum": Case(lambda L: L.Maximum(), [(3,), (3,)], 0, (B, 3)),
    "Minimum": Case(lambda L: L.Minimum(), [(3,), (3,)], 0, (B, 3)),
    "Concatenate": Case(lambda L: L.Concatenate(), [(7, 3), (7, 4)], 0, (B, 7, 7)),
    "Concatenate in time": Case(lambda L: L.Concatenate(axis=1), [(7, 3), (2, 3)], 0, (B, 9, 3)),
    "Dot": Case(lambda L: L.Dot(axes=1), [(3,), (3,)], 0, (B, 1)),
    "Dot of sequences": Case(lambda L: L.Dot(axes=(2, 2)), [(7, 3), (5, 3)], 0, (B, 7, 5)),
}


@pytest.mark.parametrize("name", CASES)
def test_counts_and_shapes_are_those_worked_out_by_hand(name: str) -> None:
    check_by_hand(CASES[name])


@pytest.mark.keras
@pytest.mark.parametrize("name", CASES)
def test_keras_comes_to_the_same(name: str, keras: Any) -> None:
    check_with_keras(CASES[name], keras)


REJECTED: dict[str, tuple[Build, Any]] = {
    "Add of other sizes": (lambda L: L.Add(), [(7, 3), (7, 4)]),
    "Concatenate of other lengths": (lambda L: L.Concatenate(), [(7, 3), (6, 3)]),
    "Concatenate of other ranks": (lambda L: L.Concatenate(), [(7, 3), (3,)]),
    "Dot of other widths": (lambda L: L.Dot(axes=(2, 2)), [(7, 3), (5, 4)]),
    "Subtract of three": (lambda L: L.Subtract(), [(3,), (3,), (3,)]),
}


@pytest.mark.parametrize("name", REJECTED)
def test_what_keras_rejects_is_rejected(name: str) -> None:
    build, inputs = REJECTED[name]
    shapes = [Shape.of(None, *size) for size in inputs]
    assert build(Ours()).apply(Call.on(shapes)).rejected is not None


@pytest.mark.keras
@pytest.mark.parametrize("name", REJECTED)
def test_keras_rejects_it(name: str, keras: Any) -> None:
    build, inputs = REJECTED[name]
    with pytest.raises(ValueError):
        build(keras.layers)([keras.Input(size) for size in inputs])


def test_one_tensor_that_is_not_known_leaves_the_result_unknown() -> None:
    shapes = [Shape.of(None, 3), Shape.unknown("nobody knows")]
    application = Ours().Add().apply(Call.on(shapes))
    assert application.output.dims is None
    assert application.rejected is None
