"""Convolutions: plain, separable, depthwise and transposed, over one to three axes.

Source: ``keras/src/layers/convolutional/base_*.py``.
"""

from __future__ import annotations

from collections.abc import Iterator

from rnninspect.ir.dims import Dim
from rnninspect.ir.operation import Part, Rejected, declare
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure
from rnninspect.ir.weights import Weight
from rnninspect.layers.base import Layer, Sizes, reject_sizes, sizes
from rnninspect.layers.windows import channels_of, is_channels_first, slide, spread


@declare
class Windowed(Layer):
    """What convolutions share: a window of weights that slides over ``axes`` spatial axes."""

    earlier = "bias:use_bias init:kernel_initializer subsample:strides atrous_rate:dilation_rate"

    kernel_size: Sizes
    strides: Sizes = 1
    padding: str = "valid"
    data_format: str | None = None
    dilation_rate: Sizes = 1
    activation: object = None
    use_bias: bool = True
    bias_initializer: object = "zeros"
    bias_regularizer: object = None
    bias_constraint: object = None

    def reject_arguments(self) -> None:
        Layer.reject_arguments(self)
        for argument in ("kernel_size", "strides", "dilation_rate"):
            reject_sizes(argument, getattr(self, argument), self.spatial_axes)

    def channels_out(self, x: Shape) -> Dim:
        """Return how many channels the output has."""
        return self.dim("filters")

    def output(self, x: Shape) -> Structure:
        return slide(
            x,
            axes=self.spatial_axes,
            window=self.kernel_size,
            strides=self.strides,
            padding=self.padding.lower(),
            dilation=self.dilation_rate,
            channels_first=is_channels_first(self.data_format),
            channels=self.channels_out(x),
        )

    def window(self) -> tuple[Dim, ...]:
        """Return the kernel's spatial axes."""
        return sizes("kernel_size", self.kernel_size, self.spatial_axes)


@declare
class Conv(Windowed):
    """A plain convolution: every filter sees all channels of its group."""

    reading = "convolution"

    positional = (
        "filters kernel_size strides padding data_format dilation_rate groups activation "
        "use_bias kernel_initializer bias_initializer kernel_regularizer bias_regularizer "
        "activity_regularizer kernel_constraint bias_constraint"
    )
    keywords = "lora_rank@3 lora_alpha@3"

    keeps_width = True
    positive = ("filters",)

    filters: int
    groups: int = 1
    kernel_initializer: object = "glorot_uniform"
    kernel_regularizer: object = None
    kernel_constraint: object = None
    lora_rank: int | None = None
    lora_alpha: object = None

    def parts(self, x: Shape) -> Iterator[Weight | Part]:
        channels = channels_of(x, self.data_format).called("channels")
        groups = self.groups
        if isinstance(groups, int) and groups != 1:
            if groups <= 0 or (channels.value or 0) % groups or self.filters % groups:
                raise Rejected(
                    "The number of input channels must be evenly divisible by the number of "
                    f"groups. Received groups={groups}, but the input has {channels} channels "
                    f"(full input shape is {x})."
                )
            channels = channels.apply(lambda n: n // groups).called("channels_per_group")
        filters = self.dim("filters")
        yield Weight("kernel", (*self.window(), channels, filters), trainable=not self.lora_rank)
        if self.use_bias:
            yield Weight("bias", (filters,))
        if self.lora_rank:
            rank = self.dim("lora_rank")
            yield Weight("lora_kernel_a", (*self.window(), channels, rank), dtype="float32")
            yield Weight("lora_kernel_b", (rank, filters), dtype="float32")


@declare
class Conv1D(Conv):
    """A convolution over timesteps."""

    takes_causal = True

    positional_1 = (
        "nb_filter filter_length init activation weights border_mode subsample_length "
        "W_regularizer b_regularizer activity_regularizer W_constraint b_constraint bias "
        "input_dim input_length"
    )

    earlier = "filter_length:kernel_size subsample_length:strides"

    spatial_axes = 1
    min_ndim = 3


@declare
class Conv2D(Conv):
    """A convolution over pictures."""

    positional_1 = (
        "nb_filter nb_row nb_col init activation weights border_mode subsample dim_ordering "
        "W_regularizer b_regularizer activity_regularizer W_constraint b_constraint bias"
    )

    spatial_axes = 2
    min_ndim = 4

    strides: Sizes = (1, 1)
    dilation_rate: Sizes = (1, 1)


@declare
class Conv3D(Conv):
    """A convolution over volumes."""

    positional_1 = (
        "nb_filter kernel_dim1 kernel_dim2 kernel_dim3 init activation weights border_mode "
        "subsample dim_ordering W_regularizer b_regularizer activity_regularizer W_constraint "
        "b_constraint bias"
    )

    spatial_axes = 3
    min_ndim = 5

    strides: Sizes = (1, 1, 1)
    dilation_rate: Sizes = (1, 1, 1)


@declare
class SeparableConv(Windowed):
    """A convolution for each channel on its own, then a mixing of channels."""

    reading = "convolution"

    positional = (
        "filters kernel_size strides padding data_format dilation_rate depth_multiplier "
        "activation use_bias depthwise_initializer pointwise_initializer bias_initializer "
        "depthwise_regularizer pointwise_regularizer bias_regularizer activity_regularizer "
        "depthwise_constraint pointwise_constraint bias_constraint"
    )
    keywords = "kernel_initializer@2 kernel_regularizer@2 kernel_constraint@2"

    filters: int
    depth_multiplier: int = 1
    depthwise_initializer: object = "glorot_uniform"
    pointwise_initializer: object = "glorot_uniform"
    depthwise_regularizer: object = None
    pointwise_regularizer: object = None
    depthwise_constraint: object = None
    pointwise_constraint: object = None

    def parts(self, x: Shape) -> Iterator[Weight | Part]:
        channels = channels_of(x, self.data_format).called("channels")
        depth, filters = self.dim("depth_multiplier"), self.dim("filters")
        yield Weight("depthwise_kernel", (*self.window(), channels, depth))
        ones = (Dim.of(1),) * self.spatial_axes
        yield Weight("pointwise_kernel", (*ones, depth * channels, filters))
        if self.use_bias:
            yield Weight("bias", (filters,))


@declare
class SeparableConv1D(SeparableConv):
    """A separable convolution over timesteps."""

    spatial_axes = 1
    min_ndim = 3


@declare
class SeparableConv2D(SeparableConv):
    """A separable convolution over pictures."""

    spatial_axes = 2
    min_ndim = 4

    strides: Sizes = (1, 1)
    dilation_rate: Sizes = (1, 1)


@declare
class DepthwiseConv(Windowed):
    """A convolution for each channel on its own, ``depth_multiplier`` times."""

    reading = "depthwise"

    positional = (
        "kernel_size strides padding depth_multiplier data_format dilation_rate activation "
        "use_bias depthwise_initializer bias_initializer depthwise_regularizer bias_regularizer "
        "activity_regularizer depthwise_constraint bias_constraint"
    )
    keywords = "kernel_initializer@2 kernel_regularizer@2 kernel_constraint@2"

    depth_multiplier: int = 1
    depthwise_initializer: object = "glorot_uniform"
    depthwise_regularizer: object = None
    depthwise_constraint: object = None

    def channels_out(self, x: Shape) -> Dim:
        return self.dim("depth_multiplier") * channels_of(x, self.data_format).called("channels")

    def parts(self, x: Shape) -> Iterator[Weight | Part]:
        channels = channels_of(x, self.data_format).called("channels")
        yield Weight("kernel", (*self.window(), channels, self.dim("depth_multiplier")))
        if self.use_bias:
            yield Weight("bias", (self.channels_out(x),))


@declare
class DepthwiseConv1D(DepthwiseConv):
    """A depthwise convolution over timesteps."""

    spatial_axes = 1
    min_ndim = 3


@declare
class DepthwiseConv2D(DepthwiseConv):
    """A depthwise convolution over pictures."""

    spatial_axes = 2
    min_ndim = 4

    strides: Sizes = (1, 1)
    dilation_rate: Sizes = (1, 1)


@declare
class ConvTranspose(Windowed):
    """A convolution backwards: the window spreads each number over its width."""

    reading = "convolution"

    positive = ("filters",)

    filters: int
    output_padding: Sizes | None = None
    kernel_initializer: object = "glorot_uniform"
    kernel_regularizer: object = None
    kernel_constraint: object = None

    def parts(self, x: Shape) -> Iterator[Weight | Part]:
        channels = channels_of(x, self.data_format).called("channels")
        filters = self.dim("filters")
        yield Weight("kernel", (*self.window(), filters, channels))
        if self.use_bias:
            yield Weight("bias", (filters,))

    def output(self, x: Shape) -> Structure:
        return spread(
            x,
            axes=self.spatial_axes,
            window=self.kernel_size,
            strides=self.strides,
            padding=self.padding.lower(),
            output_padding=self.output_padding,
            dilation=self.dilation_rate,
            channels_first=is_channels_first(self.data_format),
            channels=self.dim("filters"),
        )


@declare
class Conv1DTranspose(ConvTranspose):
    """A transposed convolution over timesteps."""

    positional = (
        "filters kernel_size strides padding output_padding data_format dilation_rate "
        "activation use_bias kernel_initializer bias_initializer kernel_regularizer "
        "bias_regularizer activity_regularizer kernel_constraint bias_constraint"
    )

    spatial_axes = 1
    min_ndim = 3


@declare
class Conv2DTranspose(ConvTranspose):
    """A transposed convolution over pictures."""

    positional = (
        "filters kernel_size strides padding output_padding data_format dilation_rate "
        "activation use_bias kernel_initializer bias_initializer kernel_regularizer "
        "bias_regularizer activity_regularizer kernel_constraint bias_constraint"
    )
    spatial_axes = 2
    min_ndim = 4

    strides: Sizes = (1, 1)
    dilation_rate: Sizes = (1, 1)


@declare
class Conv3DTranspose(ConvTranspose):
    """A transposed convolution over volumes."""

    positional = (
        "filters kernel_size strides padding output_padding@2 data_format output_padding@3 "
        "dilation_rate activation use_bias kernel_initializer bias_initializer "
        "kernel_regularizer bias_regularizer activity_regularizer kernel_constraint "
        "bias_constraint"
    )
    spatial_axes = 3
    min_ndim = 5

    strides: Sizes = (1, 1, 1)
    dilation_rate: Sizes = (1, 1, 1)
