"""Activation layers: they change numbers, not shapes.

Source: ``keras/src/layers/activations/*.py``.
"""

from __future__ import annotations

from collections.abc import Iterator

from rnninspect.ir.dims import Dim
from rnninspect.ir.operation import Part, declare
from rnninspect.ir.shape import Shape
from rnninspect.ir.weights import Weight
from rnninspect.layers.base import Layer


@declare
class Elementwise(Layer):
    """A function of each number on its own."""

    supports_masking = True


@declare
class Activation(Elementwise):
    """Any activation function as a layer."""

    positional = "activation"

    activation: object


@declare
class ReLU(Elementwise):
    """max(0, x), with an optional ceiling and slope below the threshold."""

    positional = "max_value negative_slope threshold"

    max_value: float | None = None
    negative_slope: float | None = 0.0
    threshold: float | None = 0.0


@declare
class LeakyReLU(Elementwise):
    """x above 0, a fixed small slope below."""

    positional = "negative_slope@3 alpha@2"
    keywords = "alpha@3"
    earlier = "alpha:negative_slope"

    negative_slope: float = 0.3


@declare
class ELU(Elementwise):
    """x above 0, alpha × (eˣ − 1) below."""

    positional = "alpha"

    alpha: float = 1.0


@declare
class Softmax(Elementwise):
    """Turns an axis into probabilities that add up to 1."""

    positional = "axis"

    axis: object = -1


@declare
class PReLU(Elementwise):
    """A leaky ReLU whose slope is learned for each feature."""

    reading = "prelu"

    positional = "alpha_initializer alpha_regularizer alpha_constraint shared_axes"

    alpha_initializer: object = "Zeros"
    alpha_regularizer: object = None
    alpha_constraint: object = None
    shared_axes: object = None

    def parts(self, x: Shape) -> Iterator[Weight | Part]:
        shared = self.shared_axes
        shared = list(shared) if isinstance(shared, list | tuple) else [shared]
        yield Weight(
            "alpha",
            tuple(
                Dim.of(1) if axis in shared else dim.called(f"axis_{axis}")
                for axis, dim in enumerate(x.require()[1:], start=1)
            ),
        )
