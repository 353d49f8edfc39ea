"""Layers that only rearrange numbers.

Source: ``keras/src/layers/reshaping/*.py``.
"""

from __future__ import annotations

import math

from rnninspect.dims import FLEXIBLE, Dim, Shape, UnknownValue, product
from rnninspect.graph import Refused, declare
from rnninspect.layers.base import Layer, Sizes, sizes
from rnninspect.layers.windows import is_channels_first
from rnninspect.structures import Structure


@declare
class Flatten(Layer):
    """All axes but the batch become one."""

    min_ndim = 1

    data_format: str | None = None

    def output(self, x: Shape) -> Structure:
        dims = x.require()
        return Shape((dims[0], product(dims[1:]).called("features")))


@declare
class Reshape(Layer):
    """The same numbers under other axes; one size may be −1: whatever is left."""

    target_shape: tuple[int | None, ...]

    def output(self, x: Shape) -> Structure:
        given = x.require()[1:]
        target = [
            FLEXIBLE if n is None else Dim.named("target_shape", n) for n in self.target_shape
        ]
        if any(dim.is_unknown for dim in target):
            return Shape((x[0], *target))
        wanted = [dim.value for dim in target]
        if wanted.count(-1) > 1 or any(n is not None and n < -1 for n in wanted):
            raise Refused(f"There must be at most one unknown dimension (-1): {tuple(wanted)}")
        if any(dim.value is None for dim in (*given, *target)):
            reason = next((dim for dim in given if dim.is_unknown), FLEXIBLE)
            return Shape((x[0], *(reason if dim.value == -1 else dim for dim in target)))
        size = math.prod(dim.value or 0 for dim in given)
        known = math.prod(n for n in wanted if n is not None and n != -1)
        if (known == 0 or size % known) if -1 in wanted else size != known:
            raise Refused(
                "The total size of the tensor must be unchanged. Received: "
                f"input_shape={Shape(given)}, target_shape={Shape(target)}"
            )
        rest = Dim.of(size // known if -1 in wanted else 0)
        return Shape((x[0], *(rest if dim.value == -1 else dim for dim in target)))


@declare
class Permute(Layer):
    """The axes in another order; 1 is the first after the batch."""

    dims: tuple[int, ...]

    def output(self, x: Shape) -> Structure:
        if sorted(self.dims) != list(range(1, len(self.dims) + 1)):
            raise Refused(
                "Invalid permutation argument `dims` for Permute Layer. The set of indices in "
                f"`dims` must be consecutive and start from 1. Received dims={tuple(self.dims)}"
            )
        axes = x.require()
        if len(axes) != len(self.dims) + 1:
            wanted = len(self.dims) + 1
            raise self._wrong_rank(f"expected ndim={wanted}, found ndim={len(axes)}", x, wanted)
        return Shape((axes[0], *(axes[axis] for axis in self.dims)))


@declare
class RepeatVector(Layer):
    """A vector becomes a sequence of ``n`` times itself."""

    ndim = 2

    n: int

    def output(self, x: Shape) -> Structure:
        if isinstance(self.n, int) and self.n <= 0:
            raise Refused(f"Argument `n` should be a positive integer. Received: n={self.n}")
        return Shape((x[0], self.dim("n"), x[1]))


@declare
class Cropping1D(Layer):
    """Cuts timesteps off at the start and the end."""

    ndim = 3

    cropping: Sizes = (1, 1)

    def output(self, x: Shape) -> Structure:
        cut = [one.value for one in sizes("cropping", self.cropping, 2)]
        if cut[0] is None or cut[1] is None:
            raise UnknownValue("cropping is not known")
        left, right = cut[0], cut[1]
        length = x[1]
        if length.value is not None and length.value - left - right <= 0:
            raise Refused(
                "`cropping` parameter of `Cropping1D` layer must be smaller than the input "
                f"length. Received: input_shape={x}, cropping={(left, right)}"
            )
        return Shape((x[0], length.apply(lambda n: n - left - right), x[2]))


@declare
class ZeroPadding1D(Layer):
    """Adds timesteps of zeros at the start and the end."""

    ndim = 3

    padding: Sizes = 1
    data_format: str | None = None

    def output(self, x: Shape) -> Structure:
        left, right = sizes("padding", self.padding, 2)
        dims = list(x.require())
        axis = 2 if is_channels_first(self.data_format) else 1
        if dims[axis].value is not None:
            dims[axis] = dims[axis] + left + right
        return Shape(dims)


@declare
class UpSampling1D(Layer):
    """Repeats each timestep ``size`` times."""

    ndim = 3

    size: int = 2

    def output(self, x: Shape) -> Structure:
        if isinstance(self.size, int) and self.size <= 0:
            raise Refused(f"Argument `size` should be a positive integer. Received: {self.size}")
        length = FLEXIBLE if x[1].flexible else self.dim("size") * x[1]
        return Shape((x[0], length, x[2]))
