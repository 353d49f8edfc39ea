"""Augmentation: layers that change pictures and hold no weights.

Source: ``keras/src/layers/preprocessing/image_preprocessing/*.py``. The states of their
seed generators are variables in Keras, but no weights.
"""

from __future__ import annotations

from typing import Any

from rnninspect.ir.operation import Rejected, declare
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure
from rnninspect.layers.base import Layer
from rnninspect.layers.windows import is_channels_first


@declare
class Augmentation(Layer):
    """Pictures in, pictures of the same shape out."""

    bounding_box_format: Any = None
    data_format: str | None = None


@declare
class Whole(Augmentation):
    """Augmentation that has no strength of its own."""

    factor: Any = None


@declare
class Framing(Layer):
    """Pictures in, pictures of another height and width out; ``(height, width, channels)`` too."""

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

    factor: Any = None
    bounding_box_format: Any = None


@declare
class RandomCrop(Framing):
    """A random piece of a picture."""

    factor: Any = None
    bounding_box_format: Any = None
    seed: Any = None


@declare
class Resizing(Framing):
    """A picture made larger or smaller."""

    factor: Any = None
    bounding_box_format: Any = None
    interpolation: Any = "bilinear"
    crop_to_aspect_ratio: bool = False
    pad_to_aspect_ratio: bool = False
    fill_mode: Any = "constant"
    fill_value: Any = 0.0
    antialias: bool = False


@declare
class MaxNumBoundingBoxes(Whole):
    """Keeps at most ``max_number`` boxes of each picture."""

    takes_several = True

    max_number: int
    fill_value: Any = -1

    def output(self, x: Structure) -> Structure:
        if not isinstance(x, dict) or not isinstance(x.get("bounding_boxes"), dict):
            return x
        boxes = {
            key: Shape((shape[0], self.dim("max_number"), *shape.require()[2:]))
            for key, shape in x["bounding_boxes"].items()
        }
        return {**x, "bounding_boxes": boxes}


@declare
class AugMix(Augmentation):
    """Mixes several chains of random changes."""

    value_range: Any = (0, 255)
    num_chains: Any = 3
    chain_depth: Any = 3
    factor: Any = 0.3
    alpha: Any = 1.0
    all_ops: Any = True
    interpolation: Any = "bilinear"
    seed: Any = None


@declare
class AutoContrast(Whole):
    """Stretches contrast to the whole range."""

    value_range: Any = (0, 255)


@declare
class ContrastLimitedAdaptiveHistogramEqualization(Whole):
    """Evens out brightness tile by tile."""

    value_range: Any = (0, 255)
    clip_limit: Any = 4.0
    tile_grid_size: Any = (8, 8)


@declare
class CutMix(Augmentation):
    """Puts a piece of one picture into another."""

    factor: Any = 1.0
    seed: Any = None


@declare
class Equalization(Whole):
    """Evens out brightness."""

    value_range: Any = (0, 255)
    bins: Any = 256


@declare
class MixUp(Whole):
    """Blends two pictures."""

    alpha: Any = 0.2
    seed: Any = None


@declare
class RandAugment(Augmentation):
    """Applies a few random changes."""

    value_range: Any = (0, 255)
    num_ops: Any = 2
    factor: Any = 0.5
    interpolation: Any = "bilinear"
    seed: Any = None


@declare
class RandomBrightness(Augmentation):
    """Randomly changes: brightness."""

    factor: Any
    value_range: Any = (0, 255)
    seed: Any = None


@declare
class RandomColorDegeneration(Augmentation):
    """Randomly changes: color degeneration."""

    factor: Any
    value_range: Any = (0, 255)
    seed: Any = None


@declare
class RandomColorJitter(Whole):
    """Randomly changes: color jitter."""

    value_range: Any = (0, 255)
    brightness_factor: Any = None
    contrast_factor: Any = None
    saturation_factor: Any = None
    hue_factor: Any = None
    seed: Any = None


@declare
class RandomContrast(Augmentation):
    """Randomly changes: contrast."""

    factor: Any
    value_range: Any = (0, 255)
    seed: Any = None


@declare
class RandomElasticTransform(Augmentation):
    """Randomly changes: elastic transform."""

    factor: Any = 1.0
    scale: Any = 1.0
    interpolation: Any = "bilinear"
    fill_mode: Any = "reflect"
    fill_value: Any = 0.0
    value_range: Any = (0, 255)
    seed: Any = None


@declare
class RandomErasing(Augmentation):
    """Randomly changes: erasing."""

    factor: Any = 1.0
    scale: Any = (0.02, 0.33)
    fill_value: Any = None
    value_range: Any = (0, 255)
    seed: Any = None


@declare
class RandomFlip(Whole):
    """Randomly changes: flip."""

    mode: Any = "horizontal_and_vertical"
    seed: Any = None


@declare
class RandomGaussianBlur(Augmentation):
    """Randomly changes: gaussian blur."""

    factor: Any = 1.0
    kernel_size: Any = 3
    sigma: Any = 1.0
    value_range: Any = (0, 255)
    seed: Any = None


@declare
class RandomGrayscale(Augmentation):
    """Randomly changes: grayscale."""

    factor: Any = 0.5
    seed: Any = None


@declare
class RandomHue(Augmentation):
    """Randomly changes: hue."""

    factor: Any
    value_range: Any = (0, 255)
    seed: Any = None


@declare
class RandomInvert(Augmentation):
    """Randomly changes: invert."""

    factor: Any = 1.0
    value_range: Any = (0, 255)
    seed: Any = None


@declare
class RandomPerspective(Augmentation):
    """Randomly changes: perspective."""

    factor: Any = 1.0
    scale: Any = 1.0
    interpolation: Any = "bilinear"
    fill_value: Any = 0.0
    seed: Any = None


@declare
class RandomPosterization(Augmentation):
    """Randomly changes: posterization."""

    factor: Any
    value_range: Any = (0, 255)
    seed: Any = None


@declare
class RandomRotation(Augmentation):
    """Randomly changes: rotation."""

    factor: Any
    fill_mode: Any = "reflect"
    interpolation: Any = "bilinear"
    seed: Any = None
    fill_value: Any = 0.0


@declare
class RandomSaturation(Augmentation):
    """Randomly changes: saturation."""

    factor: Any
    value_range: Any = (0, 255)
    seed: Any = None


@declare
class RandomSharpness(Augmentation):
    """Randomly changes: sharpness."""

    factor: Any
    value_range: Any = (0, 255)
    seed: Any = None


@declare
class RandomShear(Whole):
    """Randomly changes: shear."""

    x_factor: Any = 0.0
    y_factor: Any = 0.0
    interpolation: Any = "bilinear"
    fill_mode: Any = "reflect"
    fill_value: Any = 0.0
    seed: Any = None


@declare
class RandomTranslation(Whole):
    """Randomly changes: translation."""

    height_factor: Any
    width_factor: Any
    fill_mode: Any = "reflect"
    interpolation: Any = "bilinear"
    seed: Any = None
    fill_value: Any = 0.0


@declare
class RandomZoom(Whole):
    """Randomly changes: zoom."""

    height_factor: Any
    width_factor: Any = None
    fill_mode: Any = "reflect"
    interpolation: Any = "bilinear"
    seed: Any = None
    fill_value: Any = 0.0


@declare
class Solarization(Whole):
    """Inverts what is bright."""

    addition_factor: Any = 0.0
    threshold_factor: Any = 0.0
    value_range: Any = (0, 255)
    seed: Any = None
