"""Which Keras name an import spelling means: every way to write it becomes one dotted path."""

from __future__ import annotations

import math
from collections.abc import Mapping

_ROOTS = (
    "tensorflow.compat.v1.keras",
    "tensorflow.compat.v2.keras",
    "tensorflow.contrib.keras.python.keras",
    "tensorflow.contrib.keras",
    "tensorflow.python.keras",
    "tensorflow.keras",
    "tensorflow_core.python.keras",
    "tf_keras",
    "keras.src",
    "keras.api",
)

EXPRESSION = "<expression>"
"""Stands for the path of an expression."""
AT_HAND = ("keras", "keras.models", "keras.layers")
"""The modules of Keras whose names an expression can use."""

CONSTANTS: Mapping[str, object] = {
    "numpy.newaxis": None,
    "tensorflow.newaxis": None,
    "keras.backend.newaxis": None,
    "numpy.pi": math.pi,
    "math.pi": math.pi,
    "math.e": math.e,
}
"""Attributes of libraries that are plain constants."""


def canonical(path: str) -> str:
    """A dotted path with every spelling of Keras's root replaced by ``keras``.

    >>> canonical("tensorflow.python.keras.layers.LSTM")
    'keras.layers.LSTM'
    """
    for root in _ROOTS:
        if path == root or path.startswith(f"{root}."):
            return f"keras{path[len(root) :]}"
    return path


def is_keras(path: str) -> bool:
    """Whether a canonical path is Keras's."""
    return path == "keras" or path.startswith("keras.")
