"""Layers around a layer: Bidirectional, TimeDistributed.

Source: ``keras/src/layers/rnn/bidirectional.py``, ``time_distributed.py``.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from rnninspect.ir.dims import Dim, UnknownValue
from rnninspect.ir.operation import Call, Operation, Part, Rejected, declare
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure
from rnninspect.ir.weights import Weight
from rnninspect.layers.base import Layer


@declare
class Bidirectional(Layer):
    """A recurrent layer twice, over the sequence as it is and over its reverse."""

    reading = "bidirectional"

    positional = "layer merge_mode weights backward_layer"

    inputs = ("sequences", "initial_state")
    holds = ("layer", "backward_layer")
    supports_masking = True
    uses_mask = True

    layer: Operation
    merge_mode: str | None = "concat"
    weights: object = None
    backward_layer: Operation | None = None

    @cached_property
    def backward(self) -> Operation:
        """The layer for the reversed sequence: the one passed, or a copy with its own weights."""
        if self.backward_layer is not None:
            return self.backward_layer
        changes: dict[str, Any] = {"name": f"backward_{self.layer.name}"}
        if any(argument.name == "go_backwards" for argument in self.layer.declared()):
            changes["go_backwards"] = True
        return self.layer.renewed(**changes)

    def bind(self, call: Call) -> tuple[Structure, ...]:
        first, states = Layer.bind(self, call)
        if isinstance(first, list | tuple) and first and states is None:
            # Keras 2 writes `layer([x, *states])`.
            return first[0], list(first[1:])
        return first, states

    def reject_arguments(self) -> None:
        if self.merge_mode not in ("concat", "sum", "ave", "mul", None):
            raise Rejected(
                f"Invalid merge mode. Received: {self.merge_mode}. Merge mode should be one of "
                '{"sum", "mul", "ave", "concat", None}'
            )
        if isinstance(self.layer, Layer):
            names = {argument.name for argument in self.layer.declared()}
            if "return_sequences" not in names:
                raise Rejected(
                    "Please initialize `Bidirectional` with a `keras.layers.Layer` instance that "
                    "has `go_backwards` and `return_sequences` attributes. Received: "
                    f"{self.layer.class_name}"
                )
            self.layer.reject_arguments()

    def use(
        self, x: Structure, initial_state: Structure
    ) -> tuple[Structure, tuple[Weight | Part, ...]]:
        call = Call.on(x)
        forward, backward = self.layer.apply(call), self.backward.apply(call)
        parts = (Part("forward_layer", forward), Part("backward_layer", backward))
        return self.merged(forward.output), parts

    def merged(self, forward: Structure) -> Structure:
        """Return the joined output. Keras doubles the forward layer's last axis to concatenate."""
        several = forward if isinstance(forward, list | tuple) else (forward,)
        output, states = several[0], tuple(several[1:])
        if self.merge_mode is None:
            return (output, output, *states, *states)
        if self.merge_mode == "concat" and isinstance(output, Shape) and output.dims is not None:
            output = Shape((*output.dims[:-1], Dim.of(2) * output.dims[-1]))
        return (output, *states, *states) if states else output

    def carries_mask(self, masked: bool) -> bool:
        return isinstance(self.layer, Layer) and self.layer.carries_mask(masked)


@declare
class TimeDistributed(Layer):
    """A layer applied to every timestep on its own, with the same weights."""

    reading = "time_distributed"

    positional = "layer"

    holds = ("layer",)
    supports_masking = True

    layer: Operation

    @property
    def inner_model(self) -> tuple[str, Operation] | None:
        inner = self.layer.inner_model
        return None if inner is None else (f"/layer{inner[0]}", inner[1])

    def use(self, x: Structure) -> tuple[Structure, tuple[Weight | Part, ...]]:
        dims = x.require() if isinstance(x, Shape) else None
        if dims is None:
            raise UnknownValue("TimeDistributed is called on several tensors")
        if len(dims) < 3:
            raise Rejected(
                "`TimeDistributed` Layer should be passed an `input_shape` with at least 3 "
                f"dimensions, received: {x}",
                expected_ndim=3,
                found_ndim=len(dims),
            )
        inner = self.layer.apply(Call.on(Shape((dims[0], *dims[2:]))))
        parts = (Part("layer", inner),)
        if not isinstance(inner.output, Shape):
            return Shape.unknown("the inner layer returns several tensors"), parts
        if inner.output.dims is None:
            return inner.output, parts
        step = inner.output.dims
        return Shape((step[0], dims[1], *step[1:])), parts
