"""Live models: objects of this process, and what a child states about one."""

from __future__ import annotations

from typing import Any

import pytest

from rnninspect import inspect
from rnninspect.analysis.analyse import analyse
from rnninspect.json_values import Json
from rnninspect.keras_runtime.live import models_of, read_live
from rnninspect.keras_runtime.protocol import LiveModel
from rnninspect.sources.keras_summary import KerasSummary
from rnninspect.sources.models import StoredTensor

SUMMARY = KerasSummary("keras 3", "mine", (), 99)


def test_a_config_with_a_graph_is_read_as_a_file_is() -> None:
    layer: dict[str, Json] = {
        "class_name": "GRU",
        "config": {"name": "gru", "units": 3},
        "module": "keras.layers",
    }
    config: dict[str, Json] = {"name": "m", "layers": [layer], "build_input_shape": [None, 20, 6]}
    live = LiveModel(
        {"class_name": "Sequential", "module": "keras", "config": config},
        (StoredTensor("gru/kernel", (6, 9), "float32"),),
        "3.15.1",
        SUMMARY,
    )
    models = models_of("package:model", live)
    assert (models.path, models.format, models.keras_version) == ("package:model", "live", "3.15.1")
    assert models.summary is SUMMARY
    assert analyse(models.models[0]).total.value == 3 * (6 + 3 + 2) * 3
    assert models.stored is not None and models.stored().tensors == live.weights


def test_a_model_without_a_graph_is_a_list_of_its_layers() -> None:
    layer: dict[str, Json] = {
        "class_name": "Dense",
        "config": {"name": "d", "units": 2},
        "module": "keras.layers",
    }
    config: dict[str, Json] = {
        "class_name": "Mine",
        "config": {"name": "mine"},
        "listed_layers": [layer],
    }
    (model,) = models_of("package:model", LiveModel(config, (), "3.15.1", SUMMARY)).models
    assert (model.name, model.class_name, list(model.layers)) == ("mine", "Mine", ["d"])


@pytest.mark.keras
def test_an_object_of_this_process(keras: Any) -> None:
    x = keras.Input((20, 6))
    models = read_live(keras.Model(x, keras.layers.GRU(3)(x), name="here"))
    analysis = analyse(models.models[0])
    assert analysis.total.value == 3 * (6 + 3 + 2) * 3
    assert models.stored is not None
    assert sum(tensor.numbers for tensor in models.stored().tensors) == 99


@pytest.mark.keras
def test_a_subclassed_model_is_a_list_of_layers(keras: Any) -> None:
    class Mine(keras.Model):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(name="mine")
            self.a = keras.layers.LSTM(4, return_sequences=True, name="a")
            self.b = keras.layers.Dense(2, name="b")

        def call(self, x: Any) -> Any:
            return self.b(self.a(x))

    model = Mine()
    unbuilt = analyse(read_live(model).models[0])
    assert [row.name for row in unbuilt.layers] == ["a", "b"]
    assert unbuilt.total.at_least
    comparisons = inspect(model, compare="all").models[0].comparisons
    assert [one.status for one in comparisons] == ["skipped", "skipped"]
    model(keras.ops.zeros((1, 20, 6)))
    built = analyse(read_live(model).models[0])
    assert built.total == (model.count_params(), False) == (176 + 10, False)
