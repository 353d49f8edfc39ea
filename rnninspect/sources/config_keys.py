"""The keys of saved configs that say nothing about shapes and counts, or that another key repeats.

A key that is neither an argument of the layer's declaration nor listed here is unforeseen: users
get a note about it, and our tests fail.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

ENTRY = frozenset(
    """
    backend build_config class_name compile_config config inbound_nodes keras_version
    listed_layers module name registered_name shared_object_id zero_output_for_mask
    """.split()
)
"""Keys beside ``config`` in the entry of a layer or model."""

MODEL = frozenset(
    """
    build_input_shape dtype input_layers layers name output_layers trainable
    """.split()
)
"""Keys in the config of a model with a graph."""

_EVERY_LAYER = frozenset(
    """
    batch_input_shape input_dim input_dtype input_length input_shape sparse
    zero_output_for_mask
    """.split()
)
"""Stated inputs, which ``stated_input`` and the dialects read, and what recurrent wrappers add."""

_KERAS_1 = frozenset(
    """
    U_regularizer consume_less dim_ordering forget_bias_init kernel_dim1 kernel_dim2 kernel_dim3
    nb_col nb_row
    """.split()
)
"""Arguments of Keras 1 that became others (``dialects`` reads these) or went away."""

_CONVOLUTION = frozenset(
    """
    activation bias_constraint bias_initializer bias_regularizer groups kernel_constraint
    kernel_initializer kernel_regularizer
    """.split()
)
"""What classes of convolution inherit in ``get_config`` and do not use."""

_BY_CLASS: Mapping[str, frozenset[str]] = {
    "Conv2DTranspose": _CONVOLUTION,
    "Conv3DTranspose": _CONVOLUTION,
    "Conv1DTranspose": _CONVOLUTION,
    "DepthwiseConv1D": _CONVOLUTION,
    "DepthwiseConv2D": _CONVOLUTION,
    "LocallyConnected1D": _CONVOLUTION,
    "LocallyConnected2D": _CONVOLUTION,
    "MultiHeadAttention": frozenset({"key_shape", "query_shape", "value_shape"}),
    "SeparableConv1D": _CONVOLUTION,
    "SeparableConv2D": _CONVOLUTION,
}


def unforeseen_of_layer(
    class_name: str, keys: Iterable[str], arguments: Iterable[str], major: int | None
) -> Iterator[str]:
    """Yield the keys of a layer's config that are neither arguments nor known to be without effect.

    ``major`` is the version of Keras that wrote the config, None where that is not known.
    """
    expected = {*arguments, *_EVERY_LAYER, *_BY_CLASS.get(class_name, ())}
    if major is None or major < 3:
        expected |= _KERAS_1
    yield from (key for key in keys if key not in expected)
