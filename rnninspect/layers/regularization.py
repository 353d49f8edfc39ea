"""Layers that act only while training: they change no shape and hold no weight.

Source: ``keras/src/layers/regularization/*.py``. The state of a seed generator is a variable in
Keras, but no weight, and is not counted by ``count_params``.
"""

from __future__ import annotations

from rnninspect.ir.operation import Rejected, declare
from rnninspect.layers.base import Layer


@declare
class Regularization(Layer):
    """Passes its input on, changed only while training."""

    supports_masking = True

    def reject_arguments(self) -> None:
        for argument in ("rate", "stddev"):
            value = getattr(self, argument, None)
            if isinstance(value, int | float) and not 0 <= value <= 1:
                raise Rejected(
                    f"Invalid value received for argument `{argument}`. Expected a float value "
                    f"between 0 and 1. Received: {argument}={value}"
                )


@declare
class Dropout(Regularization):
    """Sets random numbers to 0."""

    positional = "rate noise_shape seed"
    earlier = "p:rate"

    rate: float
    noise_shape: object = None
    seed: object = None


@declare
class AlphaDropout(Regularization):
    """Dropout that keeps mean and variance, for SELU networks."""

    positional = "rate noise_shape seed"
    earlier = "p:rate"

    rate: float
    noise_shape: object = None
    seed: object = None


@declare
class GaussianDropout(Regularization):
    """Multiplies by noise around 1."""

    positional = "rate seed"
    earlier = "p:rate"

    rate: float
    seed: object = None


@declare
class GaussianNoise(Regularization):
    """Adds noise around 0."""

    positional = "stddev seed"
    earlier = "sigma:stddev"

    stddev: float
    seed: object = None


@declare
class SpatialDropout1D(Regularization):
    """Drops whole features of a sequence."""

    positional = "rate seed@3 name@3 dtype@3"
    is_closed = True
    earlier = "p:rate"

    ndim = 3

    rate: float
    seed: object = None


@declare
class SpatialDropout2D(Regularization):
    """Drops whole feature maps of a picture."""

    positional = "rate data_format seed@3 name@3 dtype@3"
    is_closed = True
    earlier = "p:rate"

    ndim = 4

    rate: float
    data_format: str | None = None
    seed: object = None


@declare
class SpatialDropout3D(Regularization):
    """Drops whole feature maps of a volume."""

    positional = "rate data_format seed@3 name@3 dtype@3"
    is_closed = True
    earlier = "p:rate"

    ndim = 5

    rate: float
    data_format: str | None = None
    seed: object = None


@declare
class ActivityRegularization(Regularization):
    """Adds a cost for large activations."""

    positional = "l1 l2"
    lacks = "activity_regularizer"
    earlier = "activity_l1:l1 activity_l2:l2"

    l1: float = 0.0
    l2: float = 0.0
