"""Every public class of ``keras.layers``: modelled in a family file, or the reason why not.

A family is imported when a model uses it. To add a layer, declare it in its family's file and
put its name into the family's line here; the tests hold the two together, and hold this table
against the installed Keras.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from rnninspect.layers.base import Layer

FAMILIES: Mapping[str, str] = {
    "core": "Dense EinsumDense Embedding Identity InputLayer Masking",
    "recurrent": (
        "ConvLSTM1D ConvLSTM2D ConvLSTM3D GRU GRUCell LSTM LSTMCell RNN SimpleRNN SimpleRNNCell "
        "StackedRNNCells"
    ),
    "wrappers": "Bidirectional TimeDistributed",
    "activation": "Activation ELU LeakyReLU PReLU ReLU Softmax",
    "regularization": (
        "ActivityRegularization AlphaDropout Dropout GaussianDropout GaussianNoise "
        "SpatialDropout1D SpatialDropout2D SpatialDropout3D"
    ),
    "reshaping": "Cropping1D Flatten Permute RepeatVector Reshape UpSampling1D ZeroPadding1D",
    "convolution": "Conv1D SeparableConv1D",
    "pooling": "AveragePooling1D GlobalAveragePooling1D GlobalMaxPooling1D MaxPooling1D",
    "normalization": "BatchNormalization LayerNormalization UnitNormalization",
    "attention": "AdditiveAttention Attention GroupQueryAttention MultiHeadAttention",
    "merging": "Add Average Concatenate Dot Maximum Minimum Multiply Subtract",
}

ALIASES: Mapping[str, str] = {
    "AvgPool1D": "AveragePooling1D",
    "AvgPool2D": "AveragePooling2D",
    "AvgPool3D": "AveragePooling3D",
    "Convolution1D": "Conv1D",
    "Convolution1DTranspose": "Conv1DTranspose",
    "Convolution2D": "Conv2D",
    "Convolution2DTranspose": "Conv2DTranspose",
    "Convolution3D": "Conv3D",
    "Convolution3DTranspose": "Conv3DTranspose",
    "GlobalAvgPool1D": "GlobalAveragePooling1D",
    "GlobalAvgPool2D": "GlobalAveragePooling2D",
    "GlobalAvgPool3D": "GlobalAveragePooling3D",
    "GlobalMaxPool1D": "GlobalMaxPooling1D",
    "GlobalMaxPool2D": "GlobalMaxPooling2D",
    "GlobalMaxPool3D": "GlobalMaxPooling3D",
    "GroupedQueryAttention": "GroupQueryAttention",
    "MaxPool1D": "MaxPooling1D",
    "MaxPool2D": "MaxPooling2D",
    "MaxPool3D": "MaxPooling3D",
    "SeparableConvolution1D": "SeparableConv1D",
    "SeparableConvolution2D": "SeparableConv2D",
}

FOREIGN: Mapping[str, str] = {
    "FlaxLayer": "it runs Flax code",
    "JaxLayer": "it runs JAX code",
    "InputSpec": "it describes inputs and is no layer",
    "Lambda": "it runs Python code",
    "Layer": "it is the abstract base of all layers",
    "TFSMLayer": "it runs a TensorFlow SavedModel",
    "TorchModuleWrapper": "it runs a PyTorch module",
    "Wrapper": "it is the abstract base of wrappers",
}
"""Public classes that stay unmodelled, because what they do is not in the model's config."""

NOT_YET = frozenset(
    """
    AdaptiveAveragePooling1D AdaptiveAveragePooling2D AdaptiveAveragePooling3D
    AdaptiveMaxPooling1D AdaptiveMaxPooling2D AdaptiveMaxPooling3D AugMix AutoContrast
    AveragePooling2D AveragePooling3D CategoryEncoding CenterCrop
    ContrastLimitedAdaptiveHistogramEqualization Conv1DTranspose Conv2D
    Conv2DTranspose Conv3D Conv3DTranspose Cropping2D Cropping3D CutMix DepthwiseConv1D
    DepthwiseConv2D Discretization Equalization GlobalAveragePooling2D GlobalAveragePooling3D
    GlobalMaxPooling2D GlobalMaxPooling3D GroupNormalization HashedCrossing Hashing IntegerLookup
    MaxNumBoundingBoxes MaxPooling2D MaxPooling3D MelSpectrogram MixUp Normalization Pipeline
    RMSNormalization RandAugment RandomBrightness RandomColorDegeneration RandomColorJitter
    RandomContrast RandomCrop RandomElasticTransform RandomErasing RandomFlip RandomGaussianBlur
    RandomGrayscale RandomHue RandomInvert RandomPerspective RandomPosterization
    RandomRotation RandomSaturation RandomSharpness RandomShear RandomTranslation
    RandomZoom Rescaling Resizing ReversibleEmbedding STFTSpectrogram SeparableConv2D Solarization
    SpectralNormalization StringLookup TextVectorization UpSampling2D UpSampling3D ZeroPadding2D
    ZeroPadding3D
    """.split()
)
"""Public classes that are not modelled yet."""

_FAMILY_OF: Mapping[str, str] = {
    name: family for family, names in FAMILIES.items() for name in names.split()
}


@cache
def find(class_name: str) -> type[Layer] | None:
    """The declaration of a Keras layer class by its public name; None if it is not modelled."""
    name = ALIASES.get(class_name, class_name)
    family = _FAMILY_OF.get(name)
    if family is None:
        return None
    found = getattr(import_module(f"rnninspect.layers.{family}"), name)
    assert isinstance(found, type) and issubclass(found, Layer)
    return found


def why_not(class_name: str) -> str:
    """Why a layer class is not modelled, as the end of a sentence."""
    if class_name in FOREIGN:
        return f"{class_name} is not modelled: {FOREIGN[class_name]}"
    if class_name in NOT_YET:
        return f"{class_name} is not modelled yet"
    return f"{class_name} is not a built-in Keras layer"
