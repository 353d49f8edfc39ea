"""Every spelling of Keras's names becomes one dotted path."""

from __future__ import annotations

import pytest

from rnninspect.reader.naming import canonical, is_keras


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("tensorflow.keras.layers.LSTM", "keras.layers.LSTM"),
        ("tensorflow.python.keras.layers.LSTM", "keras.layers.LSTM"),
        ("tf_keras.Model", "keras.Model"),
        ("keras.src.layers.GRU", "keras.layers.GRU"),
        ("keras", "keras"),
        ("tensorflow.keras", "keras"),
        ("tensorflow.keras_tools.x", "tensorflow.keras_tools.x"),
        ("numpy.zeros", "numpy.zeros"),
    ],
)
def test_a_path_is_canonical(written: str, path: str) -> None:
    assert canonical(written) == path


@pytest.mark.parametrize(
    ("path", "expected"),
    [("keras", True), ("keras.ops.add", True), ("keras_cv.x", False), ("numpy", False)],
)
def test_what_belongs_to_keras(path: str, expected: bool) -> None:
    assert is_keras(path) is expected
