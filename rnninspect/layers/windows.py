"""How a sliding window shortens an axis: convolutions, pooling, convolutional recurrence."""

from __future__ import annotations

from collections.abc import Iterable

from rnninspect.ir.dims import DYNAMIC, Dim, UnknownValue
from rnninspect.ir.operation import Rejected
from rnninspect.ir.shape import Shape
from rnninspect.layers.base import sizes

PADDINGS = ("valid", "same", "causal")


def windowed(
    length: Dim, window: Dim, stride: Dim, padding: object, dilation: Dim, shape: Shape
) -> Dim:
    """Return the length of an axis after a window has slid over it.

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
        raise Rejected("kernel sizes, strides and dilation rates must be positive")
    if length.value is None:
        return DYNAMIC
    if padding != "valid":
        return Dim.of((size - 1) // step + 1)
    result = (size - spread * (width - 1) - 1) // step + 1
    if result <= 0:
        raise Rejected(
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
    """Return a shape ``(batch, …, channels)`` after a window has slid over ``axes`` axes.

    ``channels`` replaces the last axis; None keeps it (pooling).
    """
    batch, inner, kept = apart(x, axes, channels_first)
    spatial = [
        windowed(length, extent, step, padding, spread, x)
        for length, extent, step, spread in zip(
            inner,
            sizes("kernel_size", window, axes),
            sizes("strides", strides, axes),
            sizes("dilation_rate", dilation, axes),
            strict=True,
        )
    ]
    return joined(batch, spatial, channels or kept, channels_first)


def spread_over(
    length: Dim, window: Dim, stride: Dim, padding: object, extra: int | None, dilation: Dim
) -> Dim:
    """Return the length of an axis after a transposed convolution.

    Source: ``_get_output_shape_given_tf_padding`` in ``keras/src/backend/common/backend_utils.py``.
    """
    if padding not in ("valid", "same"):
        raise Rejected("The `padding` argument must be one of 'valid', 'same'.")
    for dim in (length, window, stride, dilation):
        if dim.value is None:
            return dim
    size, width, step, gap = (d.value or 0 for d in (length, window, stride, dilation))
    width = (width - 1) * gap + 1
    if padding == "valid":
        extra = max(width, step) - width if extra is None else extra
        return Dim.of((size - 1) * step + width + extra)
    if extra is None:
        return Dim.of(size * step)
    return Dim.of((size - 1) * step + width % 2 + extra)


def spread(
    x: Shape,
    *,
    axes: int,
    window: object,
    strides: object,
    padding: object,
    output_padding: object,
    dilation: object,
    channels_first: bool,
    channels: Dim,
) -> Shape:
    """Return a shape ``(batch, …, channels)`` after a transposed convolution over ``axes`` axes."""
    batch, inner, _ = apart(x, axes, channels_first)
    extras: list[int | None] = [None] * axes
    if output_padding is not None:
        extras = [dim.value for dim in sizes("output_padding", output_padding, axes)]
    spatial = [
        spread_over(length, extent, step, padding, extra, gap)
        for length, extent, step, extra, gap in zip(
            inner,
            sizes("kernel_size", window, axes),
            sizes("strides", strides, axes),
            extras,
            sizes("dilation_rate", dilation, axes),
            strict=True,
        )
    ]
    return joined(batch, spatial, channels, channels_first)


def apart(x: Shape, axes: int, channels_first: bool) -> tuple[Dim, tuple[Dim, ...], Dim]:
    """Return batch, spatial axes and channels of a shape; Rejected where it has another rank."""
    dims = x.require()
    if len(dims) != axes + 2:
        raise Rejected(
            f"Kernel shape must have the same length as input, but received input of shape {x}."
        )
    if channels_first:
        return dims[0], dims[2:], dims[1]
    return dims[0], dims[1:-1], dims[-1]


def joined(batch: Dim, spatial: Iterable[Dim], channels: Dim, channels_first: bool) -> Shape:
    """Return the shape from batch, spatial axes and channels."""
    return Shape((batch, channels, *spatial) if channels_first else (batch, *spatial, channels))


def is_channels_first(data_format: object) -> bool:
    """Whether ``data_format`` puts the channels before the spatial axes (default: last)."""
    if data_format not in (None, "channels_last", "channels_first"):
        raise UnknownValue(f"data_format is {data_format!r}")
    return data_format == "channels_first"


def channels_of(x: Shape, data_format: object) -> Dim:
    """Return the size of the channel axis of an input."""
    return x[1] if is_channels_first(data_format) else x[-1]
