"""Layers that bring numbers into a common range.

Source: ``keras/src/layers/normalization/*.py``.
"""

from __future__ import annotations

from collections.abc import Iterator

from rnninspect.ir.dims import Dim
from rnninspect.ir.operation import Call, Operation, Part, Rejected, declare
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure
from rnninspect.ir.weights import Weight
from rnninspect.layers.base import Layer, axis_of


@declare
class BatchNormalization(Layer):
    """Normalizes each feature over the batch; keeps moving averages that are not trained."""

    reading = "normalization"
    reading_is_complete = True

    positional = (
        "axis momentum epsilon center scale beta_initializer gamma_initializer "
        "moving_mean_initializer moving_variance_initializer beta_regularizer gamma_regularizer "
        "beta_constraint gamma_constraint renorm@3 renorm_clipping@3 renorm_momentum@3 "
        "synchronized"
    )
    keywords = (
        "adjustment@2 fused@2 renorm@2 renorm_clipping@2 renorm_momentum@2 virtual_batch_size@2"
    )
    positional_1 = (
        "epsilon mode axis momentum weights beta_init gamma_init gamma_regularizer beta_regularizer"
    )
    earlier = "mode:_mode"

    supports_masking = True

    axis: int | tuple[int, ...] = -1
    momentum: object = 0.99
    epsilon: object = 0.001
    center: bool = True
    scale: bool = True
    beta_initializer: object = "zeros"
    gamma_initializer: object = "ones"
    moving_mean_initializer: object = "zeros"
    moving_variance_initializer: object = "ones"
    beta_regularizer: object = None
    gamma_regularizer: object = None
    beta_constraint: object = None
    gamma_constraint: object = None
    renorm: bool = False
    renorm_clipping: object = None
    renorm_momentum: object = 0.99
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

    reading = "normalization"
    takes_axes = True

    positional = (
        "axis epsilon center scale beta_initializer gamma_initializer beta_regularizer "
        "gamma_regularizer beta_constraint gamma_constraint"
    )
    keywords = "rms_scaling@3"

    supports_masking = True

    axis: int | tuple[int, ...] = -1
    epsilon: object = 0.001
    center: bool = True
    scale: bool = True
    beta_initializer: object = "zeros"
    gamma_initializer: object = "ones"
    beta_regularizer: object = None
    gamma_regularizer: object = None
    beta_constraint: object = None
    gamma_constraint: object = None
    rms_scaling: bool = False

    def parts(self, x: Shape) -> Iterator[Weight | Part]:
        axes = sorted(self.axis) if isinstance(self.axis, list | tuple) else [self.axis]
        shape = axes_of(x, axes)
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

    positional = "axis"

    supports_masking = True

    axis: object = -1


@declare
class RMSNormalization(Layer):
    """Divides by the root of the mean square, and scales."""

    positional = "axis epsilon"

    axis: int | tuple[int, ...] = -1
    epsilon: object = 1e-06

    def parts(self, x: Shape) -> Iterator[Weight | Part]:
        axes = sorted(self.axis) if isinstance(self.axis, list | tuple) else [self.axis]
        yield Weight("scale", axes_of(x, axes))


@declare
class GroupNormalization(Layer):
    """Normalizes over groups of channels of each sample on its own."""

    reading = "normalization"

    positional = (
        "groups axis epsilon center scale beta_initializer gamma_initializer beta_regularizer "
        "gamma_regularizer beta_constraint gamma_constraint"
    )

    supports_masking = True

    groups: int = 32
    axis: int = -1
    epsilon: object = 0.001
    center: bool = True
    scale: bool = True
    beta_initializer: object = "zeros"
    gamma_initializer: object = "ones"
    beta_regularizer: object = None
    gamma_regularizer: object = None
    beta_constraint: object = None
    gamma_constraint: object = None

    def parts(self, x: Shape) -> Iterator[Weight | Part]:
        channels = axis_of(x, self.axis).called("channels")
        groups = channels.value if self.groups == -1 else self.groups
        if channels.value is not None and isinstance(groups, int) and channels.value % groups:
            raise Rejected(
                f"Number of groups ({groups}) must be a multiple of the number of channels "
                f"({channels})."
            )
        if self.scale:
            yield Weight("gamma", (channels,))
        if self.center:
            yield Weight("beta", (channels,))


@declare
class SpectralNormalization(Layer):
    """Keeps the largest singular value of a layer's kernel at 1."""

    positional = "layer power_iterations"

    holds = ("layer",)

    layer: Operation
    power_iterations: int = 1

    def use(self, x: Structure) -> tuple[Structure, tuple[Weight | Part, ...]]:
        inner = self.layer.apply(Call.on(x))
        kernel = next((w for w in inner.weights if w.name in ("kernel", "embeddings")), None)
        if inner.unknown or inner.rejected:
            return inner.output, (Part("layer", inner),)
        if kernel is None:
            raise Rejected(
                f"{self.layer.class_name} object has no attribute 'kernel' nor 'embeddings'"
            )
        state = Weight("vector_u", (Dim.of(1), kernel.shape[-1]), trainable=False)
        return inner.output, (state, Part("layer", inner))


def axes_of(x: Shape, axes: list[int]) -> tuple[Dim, ...]:
    """Return the sizes at several axes, under names that distinguish them."""
    is_single = len(axes) == 1
    return tuple(
        axis_of(x, axis).called("features" if is_single else f"axis_{axis}") for axis in axes
    )
