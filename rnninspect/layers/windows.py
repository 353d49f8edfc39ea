"""How a sliding window shortens an axis: convolutions, pooling, convolutional recurrence."""

from __future__ import annotations

from rnninspect.dims import FLEXIBLE, Dim, Shape, UnknownValue
from rnninspect.graph import Refused
from rnninspect.layers.base import sizes

PADDINGS = ("valid", "same", "causal")


def windowed(
    length: Dim, window: Dim, stride: Dim, padding: object, dilation: Dim, shape: Shape
) -> Dim:
    """The length of an axis after a window has slid over it.

    Source: ``compute_conv_output_shape`` and ``compute_pooling_output_shape`` in
    ``keras/src/ops/operation_utils.py``.
    """
    if padding not in PADDINGS:
        raise UnknownValue(f"padding is {padding!r}")
    for dim in (length, window, stride, dilation):
        if dim.is_unknown:
            return dim
    size, width, step, spread = (d.value or 0 for d in (length, window, stride, dilation))
    if step <= 0 or spread <= 0 or width <= 0:
        raise Refused("kernel sizes, strides and dilation rates must be positive")
    if length.value is None:
        return FLEXIBLE
    if padding != "valid":
        return Dim.of((size - 1) // step + 1)
    result = (size - spread * (width - 1) - 1) // step + 1
    if result <= 0:
        raise Refused(
            f"Computed output size would be zero or negative. Received `inputs shape={shape}`"
        )
    return Dim.of(result)


def slide(
    x: Shape,
    *,
    axes: int,
    window: object,
    strides: object,
    padding: object,
    dilation: object = 1,
    channels_first: bool = False,
    channels: Dim | None = None,
) -> Shape:
    """A shape ``(batch, …, channels)`` after a window has slid over its ``axes`` spatial axes.

    ``channels`` replaces the last axis; None keeps it (pooling).
    """
    dims = x.require()
    if len(dims) != axes + 2:
        raise Refused(
            f"Kernel shape must have the same length as input, but received input of shape {x}."
        )
    inner = dims[2:] if channels_first else dims[1:-1]
    spatial = [
        windowed(length, one, step, padding, spread, x)
        for length, one, step, spread in zip(
            inner,
            sizes("kernel_size", window, axes),
            sizes("strides", strides, axes),
            sizes("dilation_rate", dilation, axes),
            strict=True,
        )
    ]
    last = channels or (dims[1] if channels_first else dims[-1])
    return Shape((dims[0], last, *spatial) if channels_first else (dims[0], *spatial, last))


def is_channels_first(data_format: object) -> bool:
    """Whether ``data_format`` puts the channels before the spatial axes (default: last)."""
    if data_format not in (None, "channels_last", "channels_first"):
        raise UnknownValue(f"data_format is {data_format!r}")
    return data_format == "channels_first"


def channels_of(x: Shape, data_format: object) -> Dim:
    """The size of the channel axis of an input."""
    return x[1] if is_channels_first(data_format) else x[-1]
