"""Recurrent layers whose products are convolutions: ConvLSTM over rows, pictures and volumes.

Source: ``keras/src/layers/rnn/conv_lstm.py``.
"""

from __future__ import annotations

from collections.abc import Iterator

from rnninspect.ir.dims import Dim
from rnninspect.ir.operation import Part, Rejected, declare
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure
from rnninspect.ir.weights import Weight
from rnninspect.layers.base import Sizes, sizes
from rnninspect.layers.recurrent import Recurrence, RecurrentArguments
from rnninspect.layers.windows import channels_of, is_channels_first, slide


@declare
class ConvLSTM(Recurrence, RecurrentArguments):
    """An LSTM whose products are convolutions: pictures in, feature maps out.

    Source: ``keras/src/layers/rnn/conv_lstm.py``. The input is ``(batch, timesteps, …, channels)``
    with one to three spatial axes.
    """

    reading = "conv_lstm"

    positional = (
        "filters kernel_size strides padding data_format dilation_rate activation "
        "recurrent_activation use_bias kernel_initializer recurrent_initializer "
        "bias_initializer unit_forget_bias kernel_regularizer recurrent_regularizer "
        "bias_regularizer activity_regularizer kernel_constraint recurrent_constraint "
        "bias_constraint dropout@3 recurrent_dropout@3 seed@3 return_sequences return_state "
        "go_backwards stateful dropout@2 recurrent_dropout@2"
    )
    keywords = "unroll@3"

    gates = ("input", "forget", "cell", "output")

    filters: int
    kernel_size: Sizes
    strides: Sizes = 1
    padding: str = "valid"
    data_format: str | None = None
    dilation_rate: Sizes = 1
    recurrent_activation: object = "sigmoid"
    unit_forget_bias: bool = True

    def parts(self, x: Shape, *_: Structure) -> Iterator[Weight | Part]:
        picture = Shape((x[0], *x.require()[2:]))
        channels = channels_of(picture, self.data_format).called("channels")
        filters = self.dim("filters")
        window = sizes("kernel_size", self.kernel_size, self.spatial_axes)
        yield Weight("kernel", (*window, channels, filters), per=self.gates)
        yield Weight("recurrent_kernel", (*window, filters, filters), per=self.gates)
        if self.use_bias:
            yield Weight("bias", (filters,), per=self.gates)

    def step(self, x: Shape) -> tuple[Dim, ...]:
        picture = Shape((x[0], *x.require()[2:]))
        dims = picture.require()
        spatial = dims[2:] if is_channels_first(self.data_format) else dims[1:-1]
        if any(dim.dynamic for dim in spatial):
            raise Rejected(
                "ConvLSTM layers only support static input shapes for the spatial dimension. "
                f"Received invalid input shape: input_shape={picture}"
            )
        return slide(
            picture,
            axes=self.spatial_axes,
            window=self.kernel_size,
            strides=self.strides,
            padding=self.padding,
            dilation=self.dilation_rate,
            channels_first=is_channels_first(self.data_format),
            channels=self.dim("filters"),
        ).require()[1:]

    def states_after(self, x: Shape) -> list[Structure]:
        return [Shape((x[0], *self.step(x)))] * 2


@declare
class ConvLSTM1D(ConvLSTM):
    """ConvLSTM over rows: ``(batch, timesteps, length, channels)``."""

    spatial_axes = 1
    ndim = 4


@declare
class ConvLSTM2D(ConvLSTM):
    """ConvLSTM over pictures: ``(batch, timesteps, height, width, channels)``."""

    spatial_axes = 2
    ndim = 5


@declare
class ConvLSTM3D(ConvLSTM):
    """ConvLSTM over volumes: ``(batch, timesteps, depth, height, width, channels)``."""

    spatial_axes = 3
    ndim = 6
