"""The parts of Keras that we rely on are there."""

from __future__ import annotations

from typing import Any

import pytest

from rnninspect.keras_runtime import keras_types


def members(protocol: type) -> set[str]:
    """The attributes and methods that a protocol asks for, those of its bases included."""
    return {
        name
        for base in protocol.__mro__
        if base.__module__ == keras_types.__name__
        for name in (*vars(base), *base.__annotations__)
        if name in ("__version__", "__call__", "__getitem__") or not name.startswith("_")
    }


def test_the_members_of_a_protocol_are_found() -> None:
    assert members(keras_types.KerasModel) >= {"summary", "weights", "name", "__call__"}
    assert members(keras_types.KerasVariable) == {"name", "shape", "dtype"}


@pytest.mark.keras
def test_the_installed_keras_has_all_of_them(keras: Any) -> None:
    tensor = keras.Input((3,))
    model = keras.Sequential([tensor, keras.layers.Dense(2)])
    for value, protocol in (
        (keras, keras_types.Keras),
        (tensor, keras_types.KerasTensor),
        (model, keras_types.KerasModel),
        (model.layers[0], keras_types.KerasLayer),
        (model.weights[0], keras_types.KerasVariable),
    ):
        assert [name for name in members(protocol) if not hasattr(value, name)] == []
