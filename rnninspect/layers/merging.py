"""Layers that join several tensors into one.

Source: ``keras/src/layers/merging/*.py``.
"""

from __future__ import annotations

from rnninspect.ir.dims import DYNAMIC, Dim, UnknownValue
from rnninspect.ir.operation import Rejected, declare
from rnninspect.ir.shape import Shape
from rnninspect.ir.shape_ops.arithmetic import broadcast, broadcast_dim
from rnninspect.ir.structures import Structure
from rnninspect.layers.base import Layer


def tensors_of(inputs: Structure, name: str) -> list[Shape]:
    """Return the shapes that a merging layer is called on, each of known rank."""
    if isinstance(inputs, Shape):
        inputs.require()
        raise Rejected(f"A `{name}` layer should be called on a list of inputs. Received: {inputs}")
    if not isinstance(inputs, list | tuple) or not all(isinstance(x, Shape) for x in inputs):
        raise UnknownValue("the merged tensors are not all known")
    shapes: list[Shape] = list(inputs)
    for shape in shapes:
        shape.require()
    if not shapes:
        raise Rejected(f"A `{name}` layer should be called on a list of at least 1 input.")
    return shapes


def _size_of_axis(a: Dim, b: Dim) -> Dim:
    """Return the size of one axis as Keras's merging layers do: dynamic if either side is.

    Source: ``_compute_elemwise_op_output_shape`` in ``keras/src/layers/merging/base_merge.py``.
    """
    if not a.is_unknown and not b.is_unknown and (a.dynamic or b.dynamic):
        return DYNAMIC
    return broadcast_dim(a, b)


@declare
class Merging(Layer):
    """An operation between tensors of shapes that broadcast, number by number."""

    constructor = "Merge"
    takes_several = True

    supports_masking = True
    mask_needs_all = True

    def output(self, inputs: Structure) -> Structure:
        shapes = tensors_of(inputs, self.class_name)
        result = shapes[0][1:]
        for shape in shapes[1:]:
            result = broadcast(result, shape[1:], join=_size_of_axis)
        return Shape((self._batch(shapes), *result))

    @staticmethod
    def _batch(shapes: list[Shape]) -> Dim:
        stated = {shape[0].value for shape in shapes if shape.rank} - {None}
        if len(stated) > 1:
            raise Rejected(
                f"Cannot merge tensors with different batch sizes. Received tensors with shapes "
                f"{shapes}"
            )
        unknown = next((shape[0] for shape in shapes if shape[0].is_unknown), DYNAMIC)
        return next((shape[0] for shape in shapes if shape[0].value is not None), unknown)


@declare
class Add(Merging):
    """The sum of its inputs."""


@declare
class Subtract(Merging):
    """The first input less the second."""

    def output(self, inputs: Structure) -> Structure:
        shapes = tensors_of(inputs, self.class_name)
        if len(shapes) != 2:
            raise Rejected(
                f"A `Subtract` layer should be called on exactly 2 inputs. Received: {shapes}"
            )
        return Merging.output(self, inputs)


@declare
class Multiply(Merging):
    """The product of its inputs."""


@declare
class Average(Merging):
    """The mean of its inputs."""


@declare
class Maximum(Merging):
    """The largest of its inputs, number by number."""


@declare
class Minimum(Merging):
    """The smallest of its inputs, number by number."""


@declare
class Concatenate(Layer):
    """Its inputs one after the other on an axis."""

    positional = "axis"

    takes_several = True

    supports_masking = True

    axis: int = -1

    def output(self, inputs: Structure) -> Structure:
        shapes = tensors_of(inputs, "Concatenate")
        ranks = {shape.rank for shape in shapes}
        message = (
            "A `Concatenate` layer requires inputs with matching shapes except for the "
            f"concatenation axis. Received: input_shape={shapes}"
        )
        if len(ranks) != 1:
            raise Rejected(message)
        rank = shapes[0].rank or 0
        if not -rank <= self.axis < rank:
            raise Rejected(message)
        joined = self.axis % rank
        for axis in range(rank):
            stated = {shape[axis].value for shape in shapes} - {None}
            if axis != joined and len(stated) > 1:
                raise Rejected(message)
        result = list(shapes[0].require())
        for shape in shapes[1:]:
            result[joined] = result[joined] + shape[joined]
        if any(shape[joined].dynamic for shape in shapes):
            result[joined] = DYNAMIC
        return Shape(result)


@declare
class Dot(Layer):
    """The dot products of two tensors along an axis of each."""

    positional = "axes normalize"

    takes_several = True

    axes: object
    normalize: bool = False

    def output(self, inputs: Structure) -> Structure:
        shapes = tensors_of(inputs, "Dot")
        if len(shapes) != 2:
            raise Rejected(
                f"A `Dot` layer should be called on a list of 2 inputs. Received: {shapes}"
            )
        first, second = list(shapes[0].require()), list(shapes[1].require())
        if isinstance(self.axes, int):
            axes = (self.axes, self.axes)
        elif isinstance(self.axes, list | tuple) and len(self.axes) == 2:
            axes = (self.axes[0], self.axes[1])
        else:
            raise UnknownValue(f"axes is {self.axes!r}")
        for axis, dims in zip(axes, (first, second), strict=True):
            if not isinstance(axis, int):
                raise UnknownValue(f"axes is {self.axes!r}")
            if not -len(dims) <= axis < len(dims):
                raise Rejected(f"Axis {axis} is out of bounds for input shape {Shape(dims)}")
        a, b = first[axes[0]].value, second[axes[1]].value
        if a != b and a is not None and b is not None:
            raise Rejected(
                f"Incompatible input shapes: axis values {a} (at axis {axes[0]}) != {b} "
                f"(at axis {axes[1]}). Full input shapes: {shapes[0]}, {shapes[1]}"
            )
        del first[axes[0]], second[axes[1]]
        result = first + second[1:]
        return Shape(result if len(result) > 1 else (*result, Dim.of(1)))
