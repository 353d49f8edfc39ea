"""Layers that change pictures, by hand and by Keras."""

from __future__ import annotations

from dataclasses import MISSING
from typing import Any

import pytest

from rnninspect.ir.operation import Call
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import sizes_of
from rnninspect.layers import registry
from tests.layers.case import Case, check_by_hand, check_with_keras

B = None

CASES = {
    "CenterCrop": Case(lambda L: L.CenterCrop(height=4, width=5), (8, 9, 3), 0, (B, 4, 5, 3)),
    "Resizing, channels first": Case(
        lambda L: L.Resizing(height=4, width=5, data_format="channels_first"),
        (3, 8, 9),
        0,
        (B, 3, 4, 5),
    ),
    "RandomCrop": Case(lambda L: L.RandomCrop(height=4, width=5), (8, 9, 3), 0, (B, 4, 5, 3)),
}


@pytest.mark.parametrize("name", CASES)
def test_counts_and_shapes_are_those_worked_out_by_hand(name: str) -> None:
    check_by_hand(CASES[name])


@pytest.mark.keras
@pytest.mark.parametrize("name", CASES)
def test_keras_comes_to_the_same(name: str, keras: Any) -> None:
    check_with_keras(CASES[name], keras)


@pytest.mark.keras
@pytest.mark.parametrize("name", registry.FAMILIES["augmentation"].split())
def test_every_augmentation_is_as_in_keras(name: str, keras: Any) -> None:
    required: dict[str, dict[str, Any]] = {
        "MaxNumBoundingBoxes": {"max_number": 3},
        "CenterCrop": {"height": 4, "width": 5},
        "RandomCrop": {"height": 4, "width": 5},
        "Resizing": {"height": 4, "width": 5},
        "RandomTranslation": {"height_factor": 0.1, "width_factor": 0.1},
        "RandomZoom": {"height_factor": 0.1},
    }
    declaration = registry.find(name)
    assert declaration is not None
    arguments: dict[str, Any] = required.get(name, {})
    if any(one.name == "factor" and one.default is MISSING for one in declaration.declared()):
        arguments = {"factor": 1}
    layer = getattr(keras.layers, name)(**arguments)
    ours = declaration(**arguments).apply(Call.on(Shape.of(None, 8, 9, 3)))
    assert sizes_of(ours.output) == list(layer.compute_output_shape((None, 8, 9, 3)))
    layer.build((None, 8, 9, 3))
    assert layer.count_params() == sum(w.count.value or 0 for w in ours.weights) == 0
