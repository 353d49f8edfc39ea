"""Stored tensors and where they come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from rnninspect.sources.models import StoredTensor, WeightLayout
from rnninspect.sources.read import read


@pytest.mark.parametrize(("shape", "numbers"), [((), 1), ((3,), 3), ((6, 64), 384), ((2, 0), 0)])
def test_the_numbers_in_a_tensor_are_the_product_of_its_sizes(
    shape: tuple[int, ...], numbers: int
) -> None:
    assert StoredTensor("a", shape, "float32").numbers == numbers


@pytest.mark.parametrize(
    ("name", "layout"),
    [("lstm_stack.keras", WeightLayout.KERAS), ("lstm_stack.h5", WeightLayout.LEGACY)],
)
def test_a_file_has_weights_and_can_be_given_to_keras(
    name: str, layout: WeightLayout, samples: Path
) -> None:
    models = read(str(samples / name))
    assert models.stored is not None and models.stored().layout is layout
    assert models.for_keras == samples / name
    assert models.config is not None and models.config["class_name"] == "Sequential"
