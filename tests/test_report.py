"""The JSON form, as the contract has it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import rnninspect

NAMES = (
    "simple_rnn_stack",
    "lstm_stack",
    "gru_stack",
    "bidirectional_tagger",
    "encoder_decoder",
    "conv_lstm",
    "custom_layer",
)


def as_dict(samples: Path, name: str) -> dict[str, Any]:
    return rnninspect.inspect(str(samples / f"{name}.keras"), compare="stored").to_dict()


@pytest.mark.parametrize("name", NAMES)
def test_every_key_of_the_contract_is_there(name: str, samples: Path) -> None:
    data = as_dict(samples, name)
    assert {"schema", "version", "source", "models"} <= data.keys()
    assert data["source"].keys() == {"path", "format", "keras_version"}
    (model,) = data["models"]
    assert {
        "name", "class_name", "place", "complete", "layers", "totals", "comparisons", "diagnostics",
    } <= model.keys()  # fmt: skip
    for layer in model["layers"]:
        assert {
            "name", "class_name", "inbound", "input_shape", "output_shape", "params",
            "trainable_params", "non_trainable_params", "formula", "weights", "mask", "children",
        } <= layer.keys()  # fmt: skip
        assert layer["mask"] in ("none", "carried", "used", "dropped")
    totals = model["totals"]
    assert (
        totals["params"] == totals["trainable_params"] + totals["non_trainable_params"]
        or (totals["at_least"])
    )


def test_an_lstm_is_written_as_in_the_contract(samples: Path) -> None:
    layer = as_dict(samples, "lstm_stack")["models"][0]["layers"][0]
    assert layer["input_shape"] == [None, 20, 6]
    assert layer["output_shape"] == [None, 20, 16]
    assert (layer["params"], layer["trainable_params"], layer["non_trainable_params"]) == (
        1472,
        1472,
        0,
    )
    assert layer["formula"] == {
        "symbols": "4 × (features + units + 1) × units",
        "numbers": "4 × (6 + 16 + 1) × 16",
    }
    assert layer["weights"][0] == {
        "name": "kernel",
        "shape": [6, 64],
        "params": 384,
        "trainable": True,
        "dtype": "float32",
        "per": [{"gate": gate, "params": 96} for gate in ("input", "forget", "cell", "output")],
    }


def test_several_outputs_are_a_list_of_shapes(samples: Path) -> None:
    layers = as_dict(samples, "encoder_decoder")["models"][0]["layers"]
    assert layers[0]["output_shape"] == [[None, 24], [None, 24], [None, 24]]
    assert layers[1]["inbound"] == ["decoder_inputs", "encoder"]


def test_what_is_not_known_is_null_and_the_model_incomplete(samples: Path) -> None:
    model = as_dict(samples, "custom_layer")["models"][0]
    assert model["complete"] is False
    assert model["totals"]["at_least"] is True
    row = model["layers"][1]
    assert row["output_shape"] is None
    assert row["formula"] is None
    assert row["unknown"] == "StepWeights is not a built-in Keras layer"


def test_a_comparison_is_written_as_in_the_contract(samples: Path) -> None:
    (comparison,) = as_dict(samples, "simple_rnn_stack")["models"][0]["comparisons"]
    assert {"against", "engine", "status", "reason", "params", "rows"} <= comparison.keys()
    assert comparison["status"] == "agree"
    assert comparison["rows"][0] == {"layer": "simple_rnn", "ours": 368, "theirs": 368}


def test_the_stored_tensors_of_a_layer_that_is_not_known_are_listed(samples: Path) -> None:
    row = as_dict(samples, "custom_layer")["models"][0]["layers"][1]
    assert row["weights"] == [
        {
            "name": "layers/step_weights/vars/0",
            "shape": [16, 1],
            "params": 16,
            "trainable": None,
            "dtype": "float32",
            "per": [],
        }
    ]
