"""Layers that cut pictures out or resize them: CenterCrop, RandomCrop, Resizing.

Source: ``keras/src/layers/preprocessing/image_preprocessing/*.py``.
"""

from __future__ import annotations

from rnninspect.ir.operation import Rejected, declare
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure
from rnninspect.layers.base import Layer
from rnninspect.layers.windows import is_channels_first


@declare
class Framing(Layer):
    """Pictures in, pictures of another height and width out; ``(height, width, channels)`` too."""

    keywords = "factor@3 data_format@3 bounding_box_format@3"

    height: int
    width: int
    data_format: str | None = None

    def output(self, x: Shape) -> Structure:
        dims = list(x.require())
        if len(dims) not in (3, 4):
            raise Rejected(
                "`input_shape` must be a non-nested tuple or list of rank-1 with size 3 "
                f"(unbatched) or 4 (batched). Received: {x}"
            )
        at = len(dims) - (2 if is_channels_first(self.data_format) else 3)
        dims[at : at + 2] = [self.dim("height"), self.dim("width")]
        return Shape(dims)


@declare
class CenterCrop(Framing):
    """The middle of a picture."""

    positional = "height width data_format@3"

    factor: object = None
    bounding_box_format: object = None


@declare
class RandomCrop(Framing):
    """A random piece of a picture."""

    positional = "height width seed data_format@3 name@3"

    factor: object = None
    bounding_box_format: object = None
    seed: object = None


@declare
class Resizing(Framing):
    """A picture made larger or smaller."""

    positional = (
        "height width interpolation crop_to_aspect_ratio pad_to_aspect_ratio@3 fill_mode@3 "
        "fill_value@3 antialias@3 data_format@3"
    )

    factor: object = None
    bounding_box_format: object = None
    interpolation: object = "bilinear"
    crop_to_aspect_ratio: bool = False
    pad_to_aspect_ratio: bool = False
    fill_mode: object = "constant"
    fill_value: object = 0.0
    antialias: bool = False
