"""Layers that only rearrange numbers.

Source: ``keras/src/layers/reshaping/*.py``.
"""

from __future__ import annotations

from rnninspect.ir.dims import DYNAMIC, Dim, UnknownValue
from rnninspect.ir.operation import Rejected, declare
from rnninspect.ir.shape import Shape
from rnninspect.ir.shape_ops.rearranging import flatten, reshape, transpose
from rnninspect.layers.base import Layer, Sizes, sizes
from rnninspect.layers.windows import apart, is_channels_first, joined


@declare
class Flatten(Layer):
    """All axes but the batch become one."""

    positional = "data_format"

    min_ndim = 1

    data_format: str | None = None

    def output(self, x: Shape) -> Shape:
        batch, features = flatten(Shape(x.require()), start=1)
        return Shape((batch, features.called("features")))


@declare
class Reshape(Layer):
    """The same numbers under other axes; one size may be −1: whatever is left."""

    positional = "target_shape"

    target_shape: tuple[int | None, ...]

    def output(self, x: Shape) -> Shape:
        target = [DYNAMIC if n is None else Dim.named("target_shape", n) for n in self.target_shape]
        return Shape((x[0], *reshape(Shape(x.require()[1:]), target)))


@declare
class Permute(Layer):
    """The axes in another order; 1 is the first after the batch."""

    positional = "dims"

    dims: tuple[int, ...]

    def reject_arguments(self) -> None:
        if sorted(self.dims) != list(range(1, len(self.dims) + 1)):
            raise Rejected(
                "Invalid permutation argument `dims` for Permute Layer. The set of indices in "
                f"`dims` must be consecutive and start from 1. Received dims={tuple(self.dims)}"
            )

    def output(self, x: Shape) -> Shape:
        axes = x.require()
        if len(axes) != len(self.dims) + 1:
            wanted = len(self.dims) + 1
            raise self._wrong_rank(f"expected ndim={wanted}, found ndim={len(axes)}", x, wanted)
        return transpose(x, (0, *self.dims))


@declare
class RepeatVector(Layer):
    """A vector becomes a sequence of ``n`` times itself."""

    positional = "n"

    ndim = 2
    positive = ("n",)

    n: int

    def output(self, x: Shape) -> Shape:
        return Shape((x[0], self.dim("n"), x[1]))


@declare
class Cropping1D(Layer):
    """Cuts timesteps off at the start and the end."""

    positional = "cropping"

    ndim = 3

    cropping: Sizes = (1, 1)

    def output(self, x: Shape) -> Shape:
        cut = [dim.value for dim in sizes("cropping", self.cropping, 2)]
        if cut[0] is None or cut[1] is None:
            raise UnknownValue("cropping is not known")
        left, right = cut[0], cut[1]
        length = x[1]
        if length.value is not None and length.value - left - right <= 0:
            raise Rejected(
                "`cropping` parameter of `Cropping1D` layer must be smaller than the input "
                f"length. Received: input_shape={x}, cropping={(left, right)}"
            )
        return Shape((x[0], length.apply(lambda n: n - left - right), x[2]))


@declare
class ZeroPadding1D(Layer):
    """Adds timesteps of zeros at the start and the end."""

    positional = "padding data_format@3"

    ndim = 3

    padding: Sizes = 1
    data_format: str | None = None

    def output(self, x: Shape) -> Shape:
        left, right = sizes("padding", self.padding, 2)
        dims = list(x.require())
        axis = 2 if is_channels_first(self.data_format) else 1
        if dims[axis].value is not None:
            dims[axis] = dims[axis] + left + right
        return Shape(dims)


@declare
class UpSampling1D(Layer):
    """Repeats each timestep ``size`` times."""

    positional = "size"
    earlier = "length:size"

    ndim = 3

    positive = ("size",)

    size: int = 2

    def output(self, x: Shape) -> Shape:
        length = DYNAMIC if x[1].dynamic else self.dim("size") * x[1]
        return Shape((x[0], length, x[2]))


def pairs(argument: str, value: object, axes: int) -> list[tuple[Dim, Dim]]:
    """Return what is at the start and the end of each axis, from one number, n or n pairs."""
    entries = list(value) if isinstance(value, list | tuple) else [value] * axes
    if len(entries) != axes:
        raise Rejected(f"`{argument}` should have {axes} elements. Received: {value}")
    ends = (entry if isinstance(entry, list | tuple) else (entry, entry) for entry in entries)
    return [(Dim.named(argument, start), Dim.named(argument, end)) for start, end in ends]


@declare
class Cropping(Layer):
    """Cuts rows off at the start and the end of every spatial axis."""

    positional = "cropping data_format"

    cropping: object
    data_format: str | None = None

    def output(self, x: Shape) -> Shape:
        first = is_channels_first(self.data_format)
        batch, inner, channels = apart(x, self.spatial_axes, first)
        cuts = pairs("cropping", self.cropping, self.spatial_axes)
        left = [_cut(x, length, *cut) for length, cut in zip(inner, cuts, strict=True)]
        return joined(batch, left, channels, first)


def _cut(x: Shape, length: Dim, start: Dim, end: Dim) -> Dim:
    if start.value is None or end.value is None:
        raise UnknownValue("cropping is not known")
    gone = start.value + end.value
    if length.value is not None and length.value - gone <= 0:
        raise Rejected(
            "Values in `cropping` argument should be smaller than the corresponding spatial "
            f"dimension of the input. Received: input_shape={x}"
        )
    return length.apply(lambda n: n - gone)


@declare
class Cropping2D(Cropping):
    """Cuts the edges off a picture."""

    spatial_axes = 2
    ndim = 4

    cropping: object = ((0, 0), (0, 0))


@declare
class Cropping3D(Cropping):
    """Cuts the faces off a volume."""

    spatial_axes = 3
    ndim = 5

    cropping: object = ((1, 1), (1, 1), (1, 1))


@declare
class ZeroPadding(Layer):
    """Adds rows of zeros at the start and the end of every spatial axis."""

    positional = "padding data_format"

    padding: object
    data_format: str | None = None

    def output(self, x: Shape) -> Shape:
        first = is_channels_first(self.data_format)
        batch, inner, channels = apart(x, self.spatial_axes, first)
        more = pairs("padding", self.padding, self.spatial_axes)
        padded = [
            length if length.value is None else length + start + end
            for length, (start, end) in zip(inner, more, strict=True)
        ]
        return joined(batch, padded, channels, first)


@declare
class ZeroPadding2D(ZeroPadding):
    """Puts a frame of zeros around a picture."""

    spatial_axes = 2
    ndim = 4

    padding: object = (1, 1)


@declare
class ZeroPadding3D(ZeroPadding):
    """Puts a frame of zeros around a volume."""

    spatial_axes = 3
    ndim = 5

    padding: object = ((1, 1), (1, 1), (1, 1))


@declare
class UpSampling(Layer):
    """Repeats the rows of every spatial axis."""

    size: Sizes
    data_format: str | None = None

    def output(self, x: Shape) -> Shape:
        first = is_channels_first(self.data_format)
        batch, inner, channels = apart(x, self.spatial_axes, first)
        times = sizes("size", self.size, self.spatial_axes)
        longer = [
            DYNAMIC if length.dynamic else factor * length
            for length, factor in zip(inner, times, strict=True)
        ]
        return joined(batch, longer, channels, first)


@declare
class UpSampling2D(UpSampling):
    """A larger picture."""

    positional = "size data_format interpolation"

    spatial_axes = 2
    ndim = 4

    size: Sizes = (2, 2)
    interpolation: object = "nearest"


@declare
class UpSampling3D(UpSampling):
    """A larger volume."""

    positional = "size data_format"

    spatial_axes = 3
    ndim = 5

    size: Sizes = (2, 2, 2)
