"""Pooling by a window, to a fixed size, or over everything.

Source: ``keras/src/layers/pooling/base_pooling.py``, ``base_global_pooling.py``,
``base_adaptive_pooling.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from rnninspect.ir.dims import Dim
from rnninspect.ir.operation import declare
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure
from rnninspect.layers.base import Layer, Sizes, sizes
from rnninspect.layers.windows import is_channels_first, joined, slide


@declare
class Pooling(Layer):
    """One number for each window and channel."""

    positional = "pool_size strides padding data_format name@3"
    earlier = "pool_length:pool_size stride:strides"

    pool_size: Sizes
    strides: Sizes | None = None
    padding: str = "valid"
    data_format: str | None = None

    def output(self, x: Shape) -> Structure:
        return slide(
            x,
            axes=self.spatial_axes,
            window=self.pool_size,
            strides=self.pool_size if self.strides is None else self.strides,
            padding=self.padding.lower(),
            channels_first=is_channels_first(self.data_format),
        )


@declare
class MaxPooling1D(Pooling):
    """The largest number of each window of timesteps."""

    spatial_axes = 1
    ndim = 3

    pool_size: Sizes = 2


@declare
class AveragePooling1D(Pooling):
    """The mean of each window of timesteps."""

    earlier_defaults: ClassVar[Mapping[str, Any]] = {"pool_size": 2}

    spatial_axes = 1
    ndim = 3


@declare
class MaxPooling2D(Pooling):
    """The largest number of each window of a picture."""

    spatial_axes = 2
    ndim = 4

    pool_size: Sizes = (2, 2)


@declare
class MaxPooling3D(Pooling):
    """The largest number of each window of a volume."""

    spatial_axes = 3
    ndim = 5

    pool_size: Sizes = (2, 2, 2)


@declare
class AveragePooling2D(Pooling):
    """The mean of each window of a picture."""

    earlier_defaults: ClassVar[Mapping[str, Any]] = {"pool_size": (2, 2)}

    spatial_axes = 2
    ndim = 4


@declare
class AveragePooling3D(Pooling):
    """The mean of each window of a volume."""

    earlier_defaults: ClassVar[Mapping[str, Any]] = {"pool_size": (2, 2, 2)}

    spatial_axes = 3
    ndim = 5


@declare
class AdaptivePooling(Layer):
    """Windows of whatever width makes the output ``output_size`` long."""

    positional = "output_size data_format"

    output_size: Sizes
    data_format: str | None = None

    def output(self, x: Shape) -> Structure:
        first = is_channels_first(self.data_format)
        spatial = sizes("output_size", self.output_size, self.spatial_axes)
        return joined(x[0], spatial, x[1] if first else x[-1], first)


@declare
class AdaptiveMaxPooling1D(AdaptivePooling):
    """The largest number of as many windows of a sequence as are wanted."""

    spatial_axes = 1
    ndim = 3


@declare
class AdaptiveMaxPooling2D(AdaptivePooling):
    """The largest number of as many windows of a picture as are wanted."""

    spatial_axes = 2
    ndim = 4


@declare
class AdaptiveMaxPooling3D(AdaptivePooling):
    """The largest number of as many windows of a volume as are wanted."""

    spatial_axes = 3
    ndim = 5


@declare
class AdaptiveAveragePooling1D(AdaptivePooling):
    """The mean of as many windows of a sequence as are wanted."""

    spatial_axes = 1
    ndim = 3


@declare
class AdaptiveAveragePooling2D(AdaptivePooling):
    """The mean of as many windows of a picture as are wanted."""

    spatial_axes = 2
    ndim = 4


@declare
class AdaptiveAveragePooling3D(AdaptivePooling):
    """The mean of as many windows of a volume as are wanted."""

    spatial_axes = 3
    ndim = 5


@declare
class GlobalPooling(Layer):
    """One number for each channel; the spatial axes disappear, or stay as 1 with ``keepdims``."""

    data_format: str | None = None
    keepdims: bool = False

    def output(self, x: Shape) -> Structure:
        first = is_channels_first(self.data_format)
        channels = x[1] if first else x[-1]
        ones = (Dim.of(1),) * self.spatial_axes if self.keepdims else ()
        return joined(x[0], ones, channels, first)


@declare
class GlobalMaxPooling1D(GlobalPooling):
    """The largest number of all timesteps, for each feature."""

    positional = "data_format keepdims"

    spatial_axes = 1
    ndim = 3


@declare
class GlobalAveragePooling1D(GlobalPooling):
    """The mean over all timesteps, for each feature; masked timesteps do not count."""

    positional = "data_format keepdims@3"

    spatial_axes = 1
    ndim = 3
    uses_mask = True
    supports_masking = True

    def carries_mask(self, masked: bool) -> bool:
        return False


@declare
class GlobalMaxPooling2D(GlobalPooling):
    """The largest number of a whole picture, for each channel."""

    positional = "data_format keepdims"

    spatial_axes = 2
    ndim = 4


@declare
class GlobalMaxPooling3D(GlobalPooling):
    """The largest number of a whole volume, for each channel."""

    positional = "data_format keepdims"

    spatial_axes = 3
    ndim = 5


@declare
class GlobalAveragePooling2D(GlobalPooling):
    """The mean of a whole picture, for each channel."""

    positional = "data_format keepdims"

    spatial_axes = 2
    ndim = 4


@declare
class GlobalAveragePooling3D(GlobalPooling):
    """The mean of a whole volume, for each channel."""

    positional = "data_format keepdims"

    spatial_axes = 3
    ndim = 5
