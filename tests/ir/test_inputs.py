"""The same model on other inputs."""

from __future__ import annotations

from rnninspect.ir.inputs import with_batch, with_input_shape
from rnninspect.ir.shape import Shape
from tests.ir.test_model import two_layers


def test_a_stated_input_shape_stays() -> None:
    assert with_input_shape(two_layers(Shape.of(None, 6)), (9,)).input_shapes["x"] == Shape.of(
        None, 6
    )


def test_the_batch_replaces_only_a_dynamic_axis() -> None:
    assert with_batch(two_layers(Shape.of(None, 6)), 8).input_shapes["x"] == Shape.of(8, 6)
    assert with_batch(two_layers(Shape.of(3, 6)), 8).input_shapes["x"] == Shape.of(3, 6)
