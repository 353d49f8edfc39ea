"""Layers that rearrange, by hand and by Keras."""

from __future__ import annotations

from typing import Any

import pytest

from rnninspect.ir.operation import Call
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import pick
from rnninspect.layers.reshaping import Flatten, Reshape
from tests.layers.case import Build, Case, Ours, check_by_hand, check_with_keras

B = None

CASES = {
    "Flatten": Case(lambda L: L.Flatten(), (3, 4, 5), 0, (B, 60)),
    "Flatten, open axis": Case(lambda L: L.Flatten(), (None, 4), 0, (B, None)),
    "Reshape": Case(lambda L: L.Reshape(target_shape=(6, 2)), (3, 4), 0, (B, 6, 2)),
    "Reshape, whatever is left": Case(
        lambda L: L.Reshape(target_shape=(-1, 2)), (3, 4), 0, (B, 6, 2)
    ),
    "Reshape, open axis": Case(
        lambda L: L.Reshape(target_shape=(-1, 2)), (None, 4), 0, (B, None, 2)
    ),
    "Permute": Case(lambda L: L.Permute(dims=(2, 1)), (3, 4), 0, (B, 4, 3)),
    "RepeatVector": Case(lambda L: L.RepeatVector(n=5), (3,), 0, (B, 5, 3)),
    "Cropping1D": Case(lambda L: L.Cropping1D(cropping=(1, 2)), (9, 3), 0, (B, 6, 3)),
    "Cropping1D, one number": Case(lambda L: L.Cropping1D(cropping=2), (9, 3), 0, (B, 5, 3)),
    "Cropping1D, open length": Case(lambda L: L.Cropping1D(), (None, 3), 0, (B, None, 3)),
    "ZeroPadding1D": Case(lambda L: L.ZeroPadding1D(padding=(1, 2)), (9, 3), 0, (B, 12, 3)),
    "ZeroPadding1D, channels first": Case(
        lambda L: L.ZeroPadding1D(padding=2, data_format="channels_first"), (9, 3), 0, (B, 9, 7)
    ),
    "UpSampling1D": Case(lambda L: L.UpSampling1D(size=3), (9, 2), 0, (B, 27, 2)),
    "UpSampling1D, open length": Case(lambda L: L.UpSampling1D(), (None, 2), 0, (B, None, 2)),
    "Cropping2D": Case(
        lambda L: L.Cropping2D(cropping=((1, 2), (0, 3))), (9, 8, 3), 0, (B, 6, 5, 3)
    ),
    "Cropping2D, two numbers, channels first": Case(
        lambda L: L.Cropping2D(cropping=(1, 2), data_format="channels_first"),
        (3, 9, None),
        0,
        (B, 3, 7, None),
    ),
    "Cropping3D": Case(lambda L: L.Cropping3D(), (9, 8, 7, 3), 0, (B, 7, 6, 5, 3)),
    "ZeroPadding2D": Case(lambda L: L.ZeroPadding2D(), (9, 8, 3), 0, (B, 11, 10, 3)),
    "ZeroPadding2D, four numbers": Case(
        lambda L: L.ZeroPadding2D(padding=((1, 2), (3, 4))), (9, None, 3), 0, (B, 12, None, 3)
    ),
    "ZeroPadding3D": Case(
        lambda L: L.ZeroPadding3D(padding=2, data_format="channels_first"),
        (3, 9, 8, 7),
        0,
        (B, 3, 13, 12, 11),
    ),
    "UpSampling2D": Case(
        lambda L: L.UpSampling2D(size=(2, 3), interpolation="bilinear"),
        (9, 8, 3),
        0,
        (B, 18, 24, 3),
    ),
    "UpSampling3D": Case(
        lambda L: L.UpSampling3D(size=2), (9, 8, None, 3), 0, (B, 18, 16, None, 3)
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_counts_and_shapes_are_those_worked_out_by_hand(name: str) -> None:
    check_by_hand(CASES[name])


@pytest.mark.keras
@pytest.mark.parametrize("name", CASES)
def test_keras_comes_to_the_same(name: str, keras: Any) -> None:
    check_with_keras(CASES[name], keras)


REJECTED: dict[str, tuple[Build, Any]] = {
    "Reshape to another size": (lambda L: L.Reshape(target_shape=(5, 2)), (3, 4)),
    "Reshape with two open axes": (lambda L: L.Reshape(target_shape=(-1, -1)), (3, 4)),
    "Reshape to a part": (lambda L: L.Reshape(target_shape=(-1, 5)), (3, 4)),
    "Permute of other axes": (lambda L: L.Permute(dims=(1, 3)), (3, 4)),
    "Permute of too few axes": (lambda L: L.Permute(dims=(1,)), (3, 4)),
    "Cropping1D of all": (lambda L: L.Cropping1D(cropping=2), (4, 3)),
    "RepeatVector of a sequence": (lambda L: L.RepeatVector(n=2), (4, 3)),
}


@pytest.mark.parametrize("name", REJECTED)
def test_what_keras_rejects_is_rejected(name: str) -> None:
    build, inputs = REJECTED[name]
    assert build(Ours()).apply(Call.on(Shape.of(None, *inputs))).rejected is not None


@pytest.mark.keras
@pytest.mark.parametrize("name", REJECTED)
def test_keras_rejects_it(name: str, keras: Any) -> None:
    build, inputs = REJECTED[name]
    with pytest.raises((ValueError, TypeError)):
        build(keras.layers)(keras.Input(inputs))


def test_a_shape_of_unknown_rank_stays_unknown() -> None:
    for layer in (Flatten(), Reshape(target_shape=(2, 3))):
        application = layer.apply(Call.on(Shape.unknown("nobody knows")))
        assert pick(application.output, 0).dims is None
        assert application.rejected is None
