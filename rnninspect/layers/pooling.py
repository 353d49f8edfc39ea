"""Pooling over a sequence, by a window or over all of it.

Source: ``keras/src/layers/pooling/base_pooling.py``, ``base_global_pooling.py``.
"""

from __future__ import annotations

from typing import ClassVar

from rnninspect.dims import Dim, Shape
from rnninspect.graph import declare
from rnninspect.layers.base import Layer, Sizes
from rnninspect.layers.windows import is_channels_first, slide
from rnninspect.structures import Structure


@declare
class Pooling(Layer):
    """One number for each window and channel."""

    axes: ClassVar[int] = 0

    pool_size: Sizes
    strides: Sizes | None = None
    padding: str = "valid"
    data_format: str | None = None

    def output(self, x: Shape) -> Structure:
        return slide(
            x,
            axes=self.axes,
            window=self.pool_size,
            strides=self.pool_size if self.strides is None else self.strides,
            padding=self.padding.lower(),
            channels_first=is_channels_first(self.data_format),
        )


@declare
class MaxPooling1D(Pooling):
    """The largest number of each window of timesteps."""

    axes = 1
    ndim = 3

    pool_size: Sizes = 2


@declare
class AveragePooling1D(Pooling):
    """The mean of each window of timesteps."""

    axes = 1
    ndim = 3


@declare
class GlobalPooling(Layer):
    """One number for each channel; the spatial axes disappear, or stay as 1 with ``keepdims``."""

    axes: ClassVar[int] = 0

    data_format: str | None = None
    keepdims: bool = False

    def output(self, x: Shape) -> Structure:
        first = is_channels_first(self.data_format)
        batch, channels = x[0], x[1] if first else x[-1]
        if not self.keepdims:
            return Shape((batch, channels))
        ones = (Dim.of(1),) * self.axes
        return Shape((batch, channels, *ones) if first else (batch, *ones, channels))


@declare
class GlobalMaxPooling1D(GlobalPooling):
    """The largest number of all timesteps, for each feature."""

    axes = 1
    ndim = 3


@declare
class GlobalAveragePooling1D(GlobalPooling):
    """The mean over all timesteps, for each feature; masked timesteps do not count."""

    axes = 1
    ndim = 3
    uses_mask = True
    supports_masking = True

    def carries_mask(self, masked: bool) -> bool:
        return False
