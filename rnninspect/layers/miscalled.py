"""Miscalled: a layer that is not made, because Keras rejects how its constructor is called."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rnninspect.ir.operation import Application, Call, Operation, Rejected, declare
from rnninspect.ir.shape import Shape
from rnninspect.layers.calls import Misfit
from rnninspect.layers.registry import ALIASES, FAMILIES

NOTHING = "Keras rejects how this layer is made"

_FOLDERS: Mapping[str, str] = {
    "activation": "activations",
    "augmentation": "preprocessing.image_preprocessing",
    "convolution": "convolutional",
    "convolutional_recurrence": "rnn",
    "einsum": "core",
    "framing": "preprocessing.image_preprocessing",
    "recurrent": "rnn",
    "wrappers": "rnn",
}
"""The folder in ``keras/src/layers`` of a family, where it has another name."""

_FILES: Mapping[str, str] = {
    "AugMix": "aug_mix",
    "ContrastLimitedAdaptiveHistogramEqualization": "clahe",
    "CutMix": "cut_mix",
    "ELU": "elu",
    "GRUCell": "gru",
    "GroupQueryAttention": "grouped_query_attention",
    "LSTMCell": "lstm",
    "MaxNumBoundingBoxes": "max_num_bounding_box",
    "PReLU": "prelu",
    "ReLU": "relu",
    "STFTSpectrogram": "stft_spectrogram",
    "SimpleRNNCell": "simple_rnn",
    "SpatialDropout1D": "spatial_dropout",
    "SpatialDropout2D": "spatial_dropout",
    "SpatialDropout3D": "spatial_dropout",
    "LeakyReLU": "leaky_relu",
}
"""Files of ``keras/src/layers`` that are not named after their class."""


@declare
class Miscalled(Operation):
    """A constructor call that Keras rejects: there is no layer, so nothing follows from it."""

    written_class: str
    misfit: Misfit
    passed: tuple[str, ...] = ()
    """The keywords of the call."""
    inner_class: str = ""
    """The class of the layer that it wraps, if that layer accepts the keyword."""

    @property
    def class_name(self) -> str:
        return self.written_class

    def apply(self, call: Call) -> Application:
        rejected = Rejected(self.misfit.message)
        return Application(self, call, Shape.unknown(NOTHING), unknown=NOTHING, rejected=rejected)


def path_of_class(name: str) -> str:
    """Return the module and the name of a class of Keras 3: ``keras.src.layers.rnn.lstm.LSTM``."""
    name = ALIASES.get(name, name)
    family = next((key for key, names in FAMILIES.items() if name in names.split()), "")
    words = re.sub("([a-z])([A-Z])", r"\1_\2", re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name))
    file = _FILES.get(name, words.lower())
    shown = "GroupedQueryAttention" if name == "GroupQueryAttention" else name
    return f"keras.src.layers.{_FOLDERS.get(family, family)}.{file}.{shown}"
