"""The names by which arguments may name an activation, an initializer, a loss and the like.

Sources: ``ALL_OBJECTS_DICT`` in ``keras/src/{activations,constraints,initializers,losses,
optimizers,regularizers}/__init__.py``; the functions ``get`` of the same modules in Keras 2.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Era = Literal["1", "2", "3"]
"""The first number of a version of Keras."""

NAMES: Mapping[str, str] = {
    "activation function": """
        celu elu exponential gelu glu hard_shrink hard_sigmoid hard_silu hard_swish hard_tanh
        leaky_relu linear log_sigmoid log_softmax mish relu relu6 selu sigmoid silu soft_shrink
        softmax softplus softsign sparse_plus sparse_sigmoid sparsemax squareplus swish tanh
        tanh_shrink threshold
        """,
    "constraint": """
        Constraint MaxNorm MinMaxNorm NonNeg UnitNorm constraint max_norm min_max_norm non_neg
        unit_norm
        """,
    "initializer": """
        Constant GlorotNormal GlorotUniform HeNormal HeUniform Identity IdentityInitializer
        Initializer LecunNormal LecunUniform Ones Orthogonal OrthogonalInitializer RandomNormal
        RandomUniform STFT STFTInitializer TruncatedNormal VarianceScaling Zeros constant
        glorot_normal glorot_uniform he_normal he_uniform identity initializer lecun_normal
        lecun_uniform normal one ones orthogonal random_normal random_uniform stft truncated_normal
        uniform variance_scaling zero zeros
        """,
    "loss": """
        BCE BinaryCrossentropy BinaryFocalCrossentropy CTC CategoricalCrossentropy
        CategoricalFocalCrossentropy CategoricalHinge Circle CosineSimilarity Dice Hinge Huber KLD
        KLDivergence LogCosh Loss LossFunctionWrapper MAE MAPE MSE MSLE MeanAbsoluteError
        MeanAbsolutePercentageError MeanSquaredError MeanSquaredLogarithmicError Poisson
        SparseCategoricalCrossentropy SquaredHinge Tversky bce binary_crossentropy
        binary_focal_crossentropy categorical_crossentropy categorical_focal_crossentropy
        categorical_hinge circle cosine_similarity ctc dice hinge huber kl_divergence kld log_cosh
        mae mape mean_absolute_error mean_absolute_percentage_error mean_squared_error
        mean_squared_logarithmic_error mse msle poisson sparse_categorical_crossentropy
        squared_hinge tversky
        """,
    "optimizer": """
        adadelta adafactor adagrad adam adamax adamw ftrl lion lossscaleoptimizer multioptimizer
        muon nadam optimizer optimizermap rmsprop schedulefreeadamw sgd
        """,
    "regularizer": """
        L1 L1L2 L2 OrthogonalRegularizer Regularizer l1 l1l2 l2 orthogonal_regularizer regularizer
        """,
}
"""What Keras 3 accepts, by the word of its message; optimizers in lower case."""

EARLIER_NAMES: Mapping[str, str] = {
    "activation function": """
        ELU LeakyReLU PReLU ParametricSoftplus ReLU SReLU Softmax ThresholdedReLU deserialize get
        serialize
        """,
    "constraint": """
        RadialConstraint maxnorm nonneg radial_constraint unitnorm
        """,
    "initializer": """
        ConstantV2 GlorotNormalV2 GlorotUniformV2 HeNormalV2 HeUniformV2 IdentityV2 LecunNormalV2
        LecunUniformV2 OnesV2 OrthogonalV2 RandomNormalV2 RandomUniformV2 TruncatedNormalV2
        VarianceScalingV2 ZerosV2 glorot_normalV2 glorot_uniformV2 he_normalV2 he_uniformV2
        lecun_normalV2 lecun_uniformV2
        """,
    "loss": """
        cosine cosine_proximity deserialize get kullback_leibler_divergence logcosh serialize
        """,
    "optimizer": "tfoptimizer",
}
"""What Keras 1 or 2 accept besides; their regularizers are not checked by name."""


def family_of(argument: str) -> str | None:
    """Return what an argument names, in the word of Keras's message; None for other arguments."""
    if argument == "activation" or argument.endswith("_activation"):
        return "activation function"
    if argument in ("loss", "optimizer"):
        return argument
    if argument in ("init", "inner_init"):  # Keras 1
        return "initializer"
    suffix = argument.rpartition("_")[2]
    return suffix if suffix in ("initializer", "regularizer", "constraint") else None


def accepted_names(family: str, era: Era) -> frozenset[str] | None:
    """Return the names that an era accepts for a family; None if any name may be accepted."""
    if era == "3":
        return frozenset(NAMES[family].split())
    if family not in EARLIER_NAMES:
        return None
    return frozenset((NAMES[family] + EARLIER_NAMES[family]).split())


def reject_name(argument: str, value: object, era: Era = "3") -> str | None:
    """Return Keras's error for a name outside its list; None if it accepts the argument.

    Names that a program registers itself (``custom_object_scope``) are the caller's to know.
    """
    family = family_of(argument)
    if family is None or not isinstance(value, str) or ">" in value:
        return None
    names = accepted_names(family, era)
    if names is None or (value.lower() if family == "optimizer" else value) in names:
        return None
    if era == "3":
        return f"Could not interpret {family} identifier: {value}"
    if family == "activation function":
        return f"Unknown activation function '{value}' cannot be deserialized."
    what = "loss function" if family == "loss" else family
    return (
        f"Unknown {what}: '{value}'. Please ensure you are using a "
        "`keras.utils.custom_object_scope` and that this object is included in the scope. See "
        "https://www.tensorflow.org/guide/keras/save_and_serialize#registering_the_custom_object "
        "for details."
    )
