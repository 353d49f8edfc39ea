"""The same model on other inputs: of a given batch, or of a shape that it does not state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rnninspect.ir.dims import Dim
from rnninspect.ir.model import Model
from rnninspect.ir.operation import Operation
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import map_structure


def with_input_shape(model: Model, sizes: Sequence[int | None]) -> Model:
    """Return the model on an input of these sizes (without the batch) where it states none."""
    shape = Shape.of(None, *sizes)
    input_shapes = {
        name: shape if isinstance(stated, Shape) and stated.dims is None else stated
        for name, stated in model.input_shapes.items()
    }
    return model.but(input_shapes=input_shapes)


def with_batch(model: Model, samples: int) -> Model:
    """Return the model with a fixed batch size in place of the open first axis of every input."""
    done: dict[int, Operation] = {}

    def changed(operation: Operation) -> Operation:
        if not isinstance(operation, Model):
            return operation
        if id(operation) not in done:
            done[id(operation)] = operation.but(
                layers={name: changed(inner) for name, inner in operation.layers.items()},
                input_shapes=map_structure(first_axis, dict(operation.input_shapes)),
            )
        return done[id(operation)]

    def first_axis(shape: Any) -> Any:
        if not isinstance(shape, Shape) or not shape.dims or not shape.dims[0].dynamic:
            return shape
        return Shape((Dim.of(samples), *shape.dims[1:]))

    result = changed(model)
    assert isinstance(result, Model)
    return result
