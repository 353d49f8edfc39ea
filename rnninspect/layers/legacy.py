"""Layers of earlier Keras versions, and of ``keras.applications``, that ``keras.layers`` lacks.

Sources: Keras 1.2 (``keras/layers/core.py``, ``local.py``, ``advanced_activations.py``), Keras 2
(``keras/layers/cudnn_recurrent.py``), ``keras/src/applications/convnext.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from rnninspect.ir.dims import Dim, UnknownValue, product
from rnninspect.ir.model import Model
from rnninspect.ir.operation import Operation, Part, Rejected, declare
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure
from rnninspect.ir.weights import Weight
from rnninspect.layers.base import Layer, Sizes, sizes
from rnninspect.layers.merging import Concatenate, Merging
from rnninspect.layers.recurrent import GRUWeights, LSTMWeights, Recurrent
from rnninspect.layers.windows import apart, is_channels_first, slide


@declare
class CuDNNLSTM(Recurrent, LSTMWeights):
    """LSTM on a graphics card: two biases a gate, as in cuDNN."""

    reading_is_complete = False
    variants: ClassVar[tuple[Mapping[str, Any], ...]] = ()

    positional = (
        "units kernel_initializer recurrent_initializer bias_initializer unit_forget_bias "
        "kernel_regularizer recurrent_regularizer bias_regularizer activity_regularizer "
        "kernel_constraint recurrent_constraint bias_constraint return_sequences return_state "
        "go_backwards stateful"
    )

    states = 2

    def bias_shape(self, units: Dim) -> Shape:
        return Shape((Dim.of(2) * units,))


@declare
class CuDNNGRU(Recurrent, GRUWeights):
    """GRU on a graphics card: two biases a gate, as in cuDNN."""

    reading_is_complete = False
    variants: ClassVar[tuple[Mapping[str, Any], ...]] = ()

    positional = (
        "units kernel_initializer recurrent_initializer bias_initializer kernel_regularizer "
        "recurrent_regularizer bias_regularizer activity_regularizer kernel_constraint "
        "recurrent_constraint bias_constraint return_sequences return_state go_backwards "
        "stateful"
    )

    def bias_shape(self, units: Dim) -> Shape:
        return Shape((Dim.of(2) * units,))


@declare
class MaxoutDense(Layer):
    """The largest of ``nb_feature`` dense layers, number by number (Keras 1)."""

    positional = (
        "output_dim nb_feature init weights W_regularizer b_regularizer activity_regularizer "
        "W_constraint b_constraint bias input_dim"
    )

    output_dim: int
    nb_feature: int = 4
    bias: bool = True

    def parts(self, x: Shape) -> Iterator[Weight | Part]:
        copies, units = self.dim("nb_feature"), self.dim("output_dim")
        yield Weight("W", (copies, x[-1].called("features"), units))
        if self.bias:
            yield Weight("b", (copies, units))

    def output(self, x: Shape) -> Structure:
        return x[:-1] + (self.dim("output_dim"),)


@declare
class Highway(Layer):
    """A dense layer with a gate that lets the input through (Keras 1)."""

    positional = (
        "init activation weights W_regularizer b_regularizer activity_regularizer W_constraint "
        "b_constraint bias input_dim"
    )

    bias: bool = True

    def parts(self, x: Shape) -> Iterator[Weight | Part]:
        features = x[-1].called("features")
        for name in ("W", "W_carry"):
            yield Weight(name, (features, features))
        if self.bias:
            for name in ("b", "b_carry"):
                yield Weight(name, (features,))


@declare
class ThresholdedReLU(Layer):
    """x above ``theta``, 0 below."""

    positional = "theta"

    supports_masking = True

    theta: object = 1.0


@declare
class ParametricSoftplus(Layer):
    """alpha × log(1 + exp(beta × x)), both learned (Keras 1)."""

    positional = "alpha_init beta_init weights shared_axes"

    shared_axes: object = None
    names: ClassVar[tuple[str, ...]] = ("alpha", "beta")

    def parts(self, x: Shape) -> Iterator[Weight | Part]:
        shared = self.shared_axes if isinstance(self.shared_axes, list | tuple) else ()
        shape = tuple(
            Dim.of(1) if axis in shared else dim.called(f"axis_{axis}")
            for axis, dim in enumerate(x.require()[1:], start=1)
        )
        for name in self.names:
            yield Weight(name, shape)


@declare
class SReLU(ParametricSoftplus):
    """A ReLU of three pieces, all learned (Keras 1)."""

    positional = "t_left_init a_left_init t_right_init a_right_init shared_axes"

    names = ("t_left", "a_left", "t_right", "a_right")


@declare
class LocallyConnected(Layer):
    """A convolution whose window has other weights at every place (Keras 1 and 2)."""

    positional = (
        "filters kernel_size strides padding data_format activation use_bias kernel_initializer "
        "bias_initializer kernel_regularizer bias_regularizer activity_regularizer "
        "kernel_constraint bias_constraint implementation"
    )
    earlier = "bias:use_bias init:kernel_initializer subsample:strides"

    spatial_axes = 0

    filters: int
    kernel_size: Sizes
    strides: Sizes = 1
    padding: str = "valid"
    data_format: str | None = None
    use_bias: bool = True
    implementation: object = 1

    def output(self, x: Shape) -> Shape:
        return slide(
            x,
            axes=self.spatial_axes,
            window=self.kernel_size,
            strides=self.strides,
            padding=self.padding,
            channels_first=is_channels_first(self.data_format),
            channels=self.dim("filters"),
        )

    def parts(self, x: Shape) -> Iterator[Weight | Part]:
        first = is_channels_first(self.data_format)
        _, _, channels = apart(x, self.spatial_axes, first)
        _, places, filters = apart(self.output(x), self.spatial_axes, first)
        if self.implementation != 1:
            raise UnknownValue("its weights are stored in a form that is not modelled")
        window = sizes("kernel_size", self.kernel_size, self.spatial_axes)
        where = product(places).called("places")
        yield Weight("kernel", (where, product((*window, channels.called("channels"))), filters))
        if self.use_bias:
            yield Weight("bias", (*(dim.called("places") for dim in places), filters))


@declare
class LocallyConnected1D(LocallyConnected):
    """A locally connected layer over timesteps."""

    earlier = "filter_length:kernel_size subsample_length:strides"

    spatial_axes = 1
    ndim = 3


@declare
class LocallyConnected2D(LocallyConnected):
    """A locally connected layer over pictures."""

    spatial_axes = 2
    ndim = 4

    strides: Sizes = (1, 1)


@declare
class LayerScale(Layer):
    """Multiplies each channel by a number of its own (ConvNeXt)."""

    positional = "init_values projection_dim"

    init_values: object = 1e-6
    projection_dim: int

    def parts(self, x: Shape) -> Iterator[Weight | Part]:
        yield Weight("gamma", (self.dim("projection_dim"),))


@declare
class Merge(Layer):
    """Several models side by side, their outputs joined: the first layer of a stack (Keras 1)."""

    positional = (
        "layers mode concat_axis dot_axes output_shape output_mask arguments node_indices "
        "tensor_indices name"
    )

    takes_several = True

    holds = ("layers",)

    layers: tuple[Operation, ...] = ()
    mode: object = "sum"
    concat_axis: int = -1
    dot_axes: object = -1

    def use(self, x: Structure) -> tuple[Structure, tuple[Weight | Part, ...]]:
        parts: list[Part] = []
        outputs: list[Structure] = []
        for branch in self.layers:
            if not isinstance(branch, Model):
                raise UnknownValue("a branch of the Merge layer is not a model")
            application = branch.on_its_own_inputs()
            outputs.append(application.output)
            parts.append(Part(branch.name or f"branch_{len(parts)}", application))
        return self._joined(outputs), tuple(parts)

    def _joined(self, outputs: list[Structure]) -> Structure:
        try:
            if self.mode == "concat":
                return Concatenate(axis=self.concat_axis).output(outputs)
            if self.mode in ("sum", "mul", "ave", "max", "min"):
                return Merging().output(outputs)
        except (Rejected, UnknownValue):
            pass
        return Shape.unknown(f"how a Merge layer of mode {self.mode!r} joins is not modelled")
