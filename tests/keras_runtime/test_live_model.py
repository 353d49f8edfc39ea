"""What a model states about itself, on stand-ins for its parts and on real Keras."""

from __future__ import annotations

import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from rnninspect.keras_runtime.live_model import (
    Totals,
    config_of,
    describe,
    engine,
    is_model,
    keras_of,
    read_totals,
    weights_of,
)
from rnninspect.sources.models import StoredTensor


def test_totals_are_read_from_a_printed_summary() -> None:
    text = " Total params: 1,969 (7.69 KB)\n Trainable params: 1,900\nNon-trainable params: 69"
    assert read_totals(text) == Totals(1969, 1900, 69)
    assert read_totals("nothing") == Totals()


def keras_package(version: str, backend: str | None) -> Any:
    module: Any = ModuleType("keras")
    module.__version__ = version
    module.backend = SimpleNamespace(**({"backend": lambda: backend} if backend else {}))
    return module


def test_the_engine_names_keras_and_its_backend(monkeypatch: pytest.MonkeyPatch) -> None:
    jax: Any = ModuleType("jax")
    jax.__version__ = "0.4"
    monkeypatch.setitem(sys.modules, "jax", jax)
    assert engine(keras_package("3.1", "jax")) == "keras 3.1 (jax 0.4)"
    assert engine(keras_package("3.1", "torchless")) == "keras 3.1 (torchless)"


def test_a_keras_that_has_no_backend_function_runs_on_tensorflow(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, "tensorflow", raising=False)
    assert engine(keras_package("2.1", None)) == "keras 2.1 (tensorflow)"


@pytest.mark.parametrize("value", [None, 3, object(), SimpleNamespace(count_params=int)])
def test_other_objects_are_not_models(value: object) -> None:
    assert not is_model(value)


@pytest.mark.keras
def test_a_summary_of_layers_used_once_and_not_at_all(keras: Any) -> None:
    """An LSTM of 4 units on 6 features: 4 × (6 + 4 + 1) × 4 = 176."""
    x = keras.Input((20, 6))
    inner = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2, name="d")], name="inner")
    model = keras.Model(x, inner(keras.layers.LSTM(4, name="lstm")(x)), name="m")
    summary = describe(model, keras)
    assert (summary.name, summary.params) == ("m", 176 + 10)
    lstm, nested = summary.rows
    assert lstm[:5] == ("lstm", "LSTM", [[None, 4]], 176, 176)  # a list: the outputs of the call
    assert [row.name for row in nested.children] == ["d"]
    unbuilt = describe(keras.Sequential([keras.layers.Dense(2)]), keras)
    assert (unbuilt.rows[0].params, unbuilt.rows[0].shape) == (None, None)


@pytest.mark.keras
def test_config_and_weights_are_those_of_a_file(keras: Any) -> None:
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, name="d")], name="m")
    assert config_of(model)["class_name"] == "Sequential"
    assert list(weights_of(model)) == [
        StoredTensor("d/m/d/kernel", (3, 2), "float32"),
        StoredTensor("d/m/d/bias", (2,), "float32"),
    ]
    assert is_model(model) and not is_model(model.layers[0])
    assert keras_of(model.layers[0]) is keras


@pytest.mark.keras
def test_a_layer_that_cannot_be_serialized_is_listed_by_its_class(keras: Any) -> None:
    class Mine(keras.layers.Layer):  # type: ignore[misc]
        def get_config(self) -> dict[str, object]:
            raise NotImplementedError

    class Holder(keras.Model):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(name="holder")
            self.mine = Mine(name="mine")

    assert config_of(Holder()) == {
        "class_name": "Holder",
        "config": {"name": "holder"},
        "listed_layers": [{"class_name": "Mine", "module": None, "config": {"name": "mine"}}],
    }
