"""TensorFlow.js models: ``model.json`` with the shapes of the weights."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import rnninspect
from rnninspect.errors import NotAModel


def model() -> dict[str, Any]:
    lstm = {"name": "lstm", "units": 4, "batch_input_shape": [None, 5, 6]}
    layers = [{"class_name": "LSTM", "config": lstm}]
    weights = [
        {"name": "lstm/lstm_cell/kernel", "shape": [6, 16], "dtype": "float32"},
        {"name": "lstm/lstm_cell/recurrent_kernel", "shape": [4, 16], "dtype": "float32"},
        {"name": "lstm/lstm_cell/bias", "shape": [16], "dtype": "float32"},
    ]
    return {
        "format": "layers-model",
        "generatedBy": "keras v2.13.1",
        "modelTopology": {
            "keras_version": "2.13.1",
            "model_config": {
                "class_name": "Sequential",
                "config": {"name": "sequential", "layers": layers},
            },
        },
        "weightsManifest": [{"paths": ["group1-shard1of1.bin"], "weights": weights}],
    }


@pytest.mark.parametrize("as_directory", [False, True])
def test_config_and_weights_agree(as_directory: bool, tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text(json.dumps(model()))
    path = tmp_path if as_directory else tmp_path / "model.json"
    report = rnninspect.inspect(str(path), compare="stored")
    assert report.format == "tfjs"
    assert report.models[0].total == (176, False)
    assert report.models[0].comparisons[0].status == "agree"


def test_a_missing_weight_is_named(tmp_path: Path) -> None:
    config = model()
    del config["weightsManifest"][0]["weights"][2]
    (tmp_path / "model.json").write_text(json.dumps(config))
    report = rnninspect.inspect(str(tmp_path), compare="stored")
    (row,) = report.models[0].comparisons[0].disagreements
    assert row.differs_in == "weights: expected (16,), found none"


def test_a_graph_model_has_lost_its_layers(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    path.write_text(json.dumps({"format": "graph-model", "modelTopology": {"node": []}}))
    with pytest.raises(NotAModel, match="graph model"):
        rnninspect.inspect(str(path))
