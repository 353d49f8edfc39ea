"""Augmentation: layers that change pictures and hold no weights.

Source: ``keras/src/layers/preprocessing/image_preprocessing/*.py``. The states of their
seed generators are variables in Keras, but no weights.
"""

from __future__ import annotations

from rnninspect.ir.operation import declare
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure
from rnninspect.layers.base import Layer


@declare
class Augmentation(Layer):
    """Pictures in, pictures of the same shape out."""

    keywords = "factor@3 data_format@3 bounding_box_format@3"

    bounding_box_format: object = None
    data_format: str | None = None


@declare
class Whole(Augmentation):
    """Augmentation that has no strength of its own."""

    factor: object = None


@declare
class MaxNumBoundingBoxes(Whole):
    """Keeps at most ``max_number`` boxes of each picture."""

    positional = "max_number fill_value"

    takes_several = True

    max_number: int
    fill_value: object = -1

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

    positional = (
        "value_range num_chains chain_depth factor alpha all_ops interpolation seed data_format"
    )

    value_range: object = (0, 255)
    num_chains: object = 3
    chain_depth: object = 3
    factor: object = 0.3
    alpha: object = 1.0
    all_ops: object = True
    interpolation: object = "bilinear"
    seed: object = None


@declare
class AutoContrast(Whole):
    """Stretches contrast to the whole range."""

    positional = "value_range"

    value_range: object = (0, 255)


@declare
class ContrastLimitedAdaptiveHistogramEqualization(Whole):
    """Evens out brightness tile by tile."""

    positional = "value_range clip_limit tile_grid_size data_format"

    value_range: object = (0, 255)
    clip_limit: object = 4.0
    tile_grid_size: object = (8, 8)


@declare
class CutMix(Augmentation):
    """Puts a piece of one picture into another."""

    positional = "factor seed data_format"

    factor: object = 1.0
    seed: object = None


@declare
class Equalization(Whole):
    """Evens out brightness."""

    positional = "value_range bins data_format"

    value_range: object = (0, 255)
    bins: object = 256


@declare
class MixUp(Whole):
    """Blends two pictures."""

    positional = "alpha data_format seed"

    alpha: object = 0.2
    seed: object = None


@declare
class RandAugment(Augmentation):
    """Applies a few random changes."""

    positional = "value_range num_ops factor interpolation seed data_format"

    value_range: object = (0, 255)
    num_ops: object = 2
    factor: object = 0.5
    interpolation: object = "bilinear"
    seed: object = None


@declare
class RandomBrightness(Augmentation):
    """Randomly changes: brightness."""

    positional = "factor value_range seed"

    factor: object
    value_range: object = (0, 255)
    seed: object = None


@declare
class RandomColorDegeneration(Augmentation):
    """Randomly changes: color degeneration."""

    positional = "factor value_range data_format seed"

    factor: object
    value_range: object = (0, 255)
    seed: object = None


@declare
class RandomColorJitter(Whole):
    """Randomly changes: color jitter."""

    positional = (
        "value_range brightness_factor contrast_factor saturation_factor hue_factor seed "
        "data_format"
    )

    value_range: object = (0, 255)
    brightness_factor: object = None
    contrast_factor: object = None
    saturation_factor: object = None
    hue_factor: object = None
    seed: object = None


@declare
class RandomContrast(Augmentation):
    """Randomly changes: contrast."""

    positional = "factor value_range@3 seed"

    factor: object
    value_range: object = (0, 255)
    seed: object = None


@declare
class RandomElasticTransform(Augmentation):
    """Randomly changes: elastic transform."""

    positional = "factor scale interpolation fill_mode fill_value value_range seed data_format"

    factor: object = 1.0
    scale: object = 1.0
    interpolation: object = "bilinear"
    fill_mode: object = "reflect"
    fill_value: object = 0.0
    value_range: object = (0, 255)
    seed: object = None


@declare
class RandomErasing(Augmentation):
    """Randomly changes: erasing."""

    positional = "factor scale fill_value value_range seed data_format"

    factor: object = 1.0
    scale: object = (0.02, 0.33)
    fill_value: object = None
    value_range: object = (0, 255)
    seed: object = None


@declare
class RandomFlip(Whole):
    """Randomly changes: flip."""

    positional = "mode seed data_format@3"

    mode: object = "horizontal_and_vertical"
    seed: object = None


@declare
class RandomGaussianBlur(Augmentation):
    """Randomly changes: gaussian blur."""

    positional = "factor kernel_size sigma value_range data_format seed"

    factor: object = 1.0
    kernel_size: object = 3
    sigma: object = 1.0
    value_range: object = (0, 255)
    seed: object = None


@declare
class RandomGrayscale(Augmentation):
    """Randomly changes: grayscale."""

    positional = "factor data_format seed"

    factor: object = 0.5
    seed: object = None


@declare
class RandomHue(Augmentation):
    """Randomly changes: hue."""

    positional = "factor value_range data_format seed"

    factor: object
    value_range: object = (0, 255)
    seed: object = None


@declare
class RandomInvert(Augmentation):
    """Randomly changes: invert."""

    positional = "factor value_range seed data_format"

    factor: object = 1.0
    value_range: object = (0, 255)
    seed: object = None


@declare
class RandomPerspective(Augmentation):
    """Randomly changes: perspective."""

    positional = "factor scale interpolation fill_value seed data_format"

    factor: object = 1.0
    scale: object = 1.0
    interpolation: object = "bilinear"
    fill_value: object = 0.0
    seed: object = None


@declare
class RandomPosterization(Augmentation):
    """Randomly changes: posterization."""

    positional = "factor value_range data_format seed"

    factor: object
    value_range: object = (0, 255)
    seed: object = None


@declare
class RandomRotation(Augmentation):
    """Randomly changes: rotation."""

    positional = "factor fill_mode interpolation seed fill_value data_format@3"

    factor: object
    fill_mode: object = "reflect"
    interpolation: object = "bilinear"
    seed: object = None
    fill_value: object = 0.0


@declare
class RandomSaturation(Augmentation):
    """Randomly changes: saturation."""

    positional = "factor value_range data_format seed"

    factor: object
    value_range: object = (0, 255)
    seed: object = None


@declare
class RandomSharpness(Augmentation):
    """Randomly changes: sharpness."""

    positional = "factor value_range data_format seed"

    factor: object
    value_range: object = (0, 255)
    seed: object = None


@declare
class RandomShear(Whole):
    """Randomly changes: shear."""

    positional = "x_factor y_factor interpolation fill_mode fill_value data_format seed"

    x_factor: object = 0.0
    y_factor: object = 0.0
    interpolation: object = "bilinear"
    fill_mode: object = "reflect"
    fill_value: object = 0.0
    seed: object = None


@declare
class RandomTranslation(Whole):
    """Randomly changes: translation."""

    positional = "height_factor width_factor fill_mode interpolation seed fill_value data_format@3"

    height_factor: object
    width_factor: object
    fill_mode: object = "reflect"
    interpolation: object = "bilinear"
    seed: object = None
    fill_value: object = 0.0


@declare
class RandomZoom(Whole):
    """Randomly changes: zoom."""

    positional = "height_factor width_factor fill_mode interpolation seed fill_value data_format@3"

    height_factor: object
    width_factor: object = None
    fill_mode: object = "reflect"
    interpolation: object = "bilinear"
    seed: object = None
    fill_value: object = 0.0


@declare
class Solarization(Whole):
    """Inverts what is bright."""

    positional = "addition_factor threshold_factor value_range seed"

    addition_factor: object = 0.0
    threshold_factor: object = 0.0
    value_range: object = (0, 255)
    seed: object = None
