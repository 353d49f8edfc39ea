"""Layers that bring numbers into a common range.

Source: ``keras/src/layers/normalization/*.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rnninspect.dims import Shape
from rnninspect.graph import Part, declare
from rnninspect.layers.base import Layer, axis_of
from rnninspect.structures import Structure
from rnninspect.weights import Weight


@declare
class BatchNormalization(Layer):
    """Normalizes each feature over the batch; keeps moving averages that are not trained."""

    supports_masking = True

    axis: int | tuple[int, ...] = -1
    momentum: Any = 0.99
    epsilon: Any = 0.001
    center: bool = True
    scale: bool = True
    beta_initializer: Any = "zeros"
    gamma_initializer: Any = "ones"
    moving_mean_initializer: Any = "zeros"
    moving_variance_initializer: Any = "ones"
    beta_regularizer: Any = None
    gamma_regularizer: Any = None
    beta_constraint: Any = None
    gamma_constraint: Any = None
    renorm: bool = False
    renorm_clipping: Any = None
    renorm_momentum: Any = 0.99
    synchronized: bool = False

    def parts(self, x: Shape) -> Iterator[Weight | Part]:
        axis = self.axis[0] if isinstance(self.axis, list | tuple) else self.axis
        shape = (axis_of(x, axis).called("features"),)
        if self.scale:
            yield Weight("gamma", shape)
        if self.center:
            yield Weight("beta", shape)
        yield Weight("moving_mean", shape, trainable=False)
        yield Weight("moving_variance", shape, trainable=False)
        if self.renorm:
            for name in ("moving_stddev", "renorm_mean", "renorm_stddev"):
                yield Weight(name, shape, trainable=False)


@declare
class LayerNormalization(Layer):
    """Normalizes over the features of each sample on its own."""

    supports_masking = True

    axis: int | tuple[int, ...] = -1
    epsilon: Any = 0.001
    center: bool = True
    scale: bool = True
    beta_initializer: Any = "zeros"
    gamma_initializer: Any = "ones"
    beta_regularizer: Any = None
    gamma_regularizer: Any = None
    beta_constraint: Any = None
    gamma_constraint: Any = None
    rms_scaling: bool = False

    def parts(self, x: Shape) -> Iterator[Weight | Part]:
        axes = sorted(self.axis) if isinstance(self.axis, list | tuple) else [self.axis]
        one = len(axes) == 1
        shape = tuple(
            axis_of(x, axis).called("features" if one else f"axis_{axis}") for axis in axes
        )
        if self.scale or self.rms_scaling:
            yield Weight("gamma", shape)
        if self.center and not self.rms_scaling:
            yield Weight("beta", shape)

    def output(self, x: Shape) -> Structure:
        for axis in self.axis if isinstance(self.axis, list | tuple) else [self.axis]:
            axis_of(x, axis)
        return x


@declare
class UnitNormalization(Layer):
    """Scales to length 1."""

    supports_masking = True

    axis: Any = -1
