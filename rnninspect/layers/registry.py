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
    "core": "Dense Embedding Identity InputLayer Masking ReversibleEmbedding",
    "einsum": "EinsumDense",
    "recurrent": ("LSTM GRU SimpleRNN GRUCell LSTMCell RNN SimpleRNNCell StackedRNNCells"),
    "convolutional_recurrence": "ConvLSTM1D ConvLSTM2D ConvLSTM3D",
    "wrappers": "Bidirectional TimeDistributed",
    "activation": "Activation ELU LeakyReLU PReLU ReLU Softmax",
    "regularization": (
        "ActivityRegularization AlphaDropout Dropout GaussianDropout GaussianNoise "
        "SpatialDropout1D SpatialDropout2D SpatialDropout3D"
    ),
    "reshaping": (
        "Cropping1D Cropping2D Cropping3D Flatten Permute RepeatVector Reshape UpSampling1D "
        "UpSampling2D UpSampling3D ZeroPadding1D ZeroPadding2D ZeroPadding3D"
    ),
    "convolution": (
        "Conv1D Conv1DTranspose Conv2D Conv2DTranspose Conv3D Conv3DTranspose DepthwiseConv1D "
        "DepthwiseConv2D SeparableConv1D SeparableConv2D"
    ),
    "pooling": (
        "AdaptiveAveragePooling1D AdaptiveAveragePooling2D AdaptiveAveragePooling3D "
        "AdaptiveMaxPooling1D AdaptiveMaxPooling2D AdaptiveMaxPooling3D AveragePooling1D "
        "AveragePooling2D AveragePooling3D GlobalAveragePooling1D GlobalAveragePooling2D "
        "GlobalAveragePooling3D GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D "
        "MaxPooling1D MaxPooling2D MaxPooling3D"
    ),
    "normalization": (
        "BatchNormalization GroupNormalization LayerNormalization RMSNormalization "
        "SpectralNormalization UnitNormalization"
    ),
    "attention": "AdditiveAttention Attention GroupQueryAttention MultiHeadAttention",
    "merging": "Add Average Concatenate Dot Maximum Minimum Multiply Subtract",
    "preprocessing": (
        "CategoryEncoding Discretization HashedCrossing Hashing IntegerLookup MelSpectrogram "
        "Normalization Pipeline Rescaling STFTSpectrogram StringLookup TextVectorization"
    ),
    "framing": "CenterCrop RandomCrop Resizing",
    "augmentation": (
        "AugMix AutoContrast ContrastLimitedAdaptiveHistogramEqualization CutMix "
        "Equalization MaxNumBoundingBoxes MixUp RandAugment RandomBrightness "
        "RandomColorDegeneration RandomColorJitter RandomContrast "
        "RandomElasticTransform RandomErasing RandomFlip RandomGaussianBlur RandomGrayscale "
        "RandomHue RandomInvert RandomPerspective RandomPosterization RandomRotation "
        "RandomSaturation RandomSharpness RandomShear RandomTranslation RandomZoom Solarization"
    ),
}

OTHER_FAMILIES: Mapping[str, str] = {
    "legacy": (
        "CuDNNGRU CuDNNLSTM Highway LayerScale LocallyConnected1D LocallyConnected2D MaxoutDense "
        "Merge ParametricSoftplus SReLU ThresholdedReLU"
    ),
}
"""Built-in classes that ``keras.layers`` does not have, or no longer."""

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
    "InputSpec": "it describes inputs and is not a layer",
    "Lambda": "it runs Python code",
    "Layer": "it is the abstract base of all layers",
    "TFSMLayer": "it runs a TensorFlow SavedModel",
    "TorchModuleWrapper": "it runs a PyTorch module",
    "Wrapper": "it is the abstract base of wrappers",
}
"""Public classes that stay unmodelled, because what they do is not in the model's config."""

_FAMILY_OF: Mapping[str, str] = {
    name: family
    for families in (FAMILIES, OTHER_FAMILIES)
    for family, names in families.items()
    for name in names.split()
}


@cache
def find(class_name: str) -> type[Layer] | None:
    """Return the declaration of a Keras layer class by its public name; None if not modelled."""
    name = ALIASES.get(class_name, class_name)
    family = _FAMILY_OF.get(name)
    if family is None:
        return None
    declaration = getattr(import_module(f"rnninspect.layers.{family}"), name)
    assert isinstance(declaration, type) and issubclass(declaration, Layer)
    return declaration


def why_not(class_name: str) -> str:
    """Return why a layer class is not modelled, as the end of a sentence."""
    if class_name in FOREIGN:
        return f"{class_name} is not modelled: {FOREIGN[class_name]}"
    return f"{class_name} is not a built-in Keras layer"
