"""Formulas beside stored tensors."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import h5py
import numpy as np
import pytest

import rnninspect
from rnninspect.comparison.compare import Comparison, Status

SAMPLES = (
    "simple_rnn_stack.keras",
    "lstm_stack.keras",
    "lstm_stack.h5",
    "gru_stack.keras",
    "bidirectional_tagger.keras",
    "encoder_decoder.keras",
    "conv_lstm.keras",
    "custom_layer.keras",
)


def stored(path: Path) -> Comparison:
    return rnninspect.inspect(str(path), compare="stored").models[0].comparisons[0]


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_agrees_with_its_weights(name: str, samples: Path) -> None:
    comparison = stored(samples / name)
    assert comparison.status is Status.AGREE
    assert comparison.against == "stored weights"


def test_the_parameters_stored_are_told(samples: Path) -> None:
    assert stored(samples / "lstm_stack.keras").params == 1472 + 6272 + 33
    rows = stored(samples / "custom_layer.keras").rows
    assert [(row.layer, row.ours, row.theirs) for row in rows] == [
        ("gru", 1152, 1152),
        ("step_weights", None, 16),
        ("dense", 17, 17),
    ]


def with_config(source: Path, target: Path, old: str, new: str) -> Path:
    with zipfile.ZipFile(source) as one, zipfile.ZipFile(target, "w") as two:
        config = one.read("config.json").decode()
        assert old in config
        two.writestr("config.json", config.replace(old, new, 1))
        two.writestr("model.weights.h5", one.read("model.weights.h5"))
    return target


def test_a_tensor_of_another_shape_is_a_disagreement(samples: Path, tmp_path: Path) -> None:
    path = with_config(
        samples / "gru_stack.keras", tmp_path / "m.keras", '"reset_after": true',
        '"reset_after": false',
    )  # fmt: skip
    comparison = stored(path)
    assert comparison.status is Status.DISAGREE
    (row,) = comparison.disagreements
    assert (row.layer, row.ours, row.theirs) == ("gru", 1104, 1152)
    assert row.differs_in == "weights: expected (48,), found (2, 48)"


def test_weights_that_are_missing_are_named(samples: Path, tmp_path: Path) -> None:
    path = tmp_path / "m.h5"
    path.write_bytes((samples / "lstm_stack.h5").read_bytes())
    with h5py.File(path, "a") as file:
        del file["model_weights/lstm_1"]
    (row,) = stored(path).disagreements
    assert row.layer == "lstm_1"
    assert row.differs_in == "weights: the file has none for it"


def test_a_file_without_any_weights_is_not_compared(samples: Path, tmp_path: Path) -> None:
    path = tmp_path / "m.h5"
    path.write_bytes((samples / "lstm_stack.h5").read_bytes())
    with h5py.File(path, "a") as file:
        del file["model_weights"]
        file["model_weights/other/x"] = np.zeros(3)
    comparison = stored(path)
    assert comparison.status is Status.SKIPPED
    assert comparison.reason == "the file holds no weights for these layers"


def test_a_config_alone_has_nothing_to_compare(samples: Path) -> None:
    comparison = stored(samples / "lstm_stack.json")
    assert comparison.status is Status.SKIPPED
    assert comparison.reason == "the source holds no weights"


def test_damaged_weights_are_a_reason_not_an_error(samples: Path, tmp_path: Path) -> None:
    path = tmp_path / "m.keras"
    with zipfile.ZipFile(samples / "gru_stack.keras") as one, zipfile.ZipFile(path, "w") as two:
        two.writestr("config.json", one.read("config.json"))
        two.writestr("model.weights.h5", b"nothing")
    comparison = stored(path)
    assert comparison.status is Status.SKIPPED
    assert comparison.reason is not None and "cannot be read" in comparison.reason


def test_keras_1_stored_every_gate_on_its_own(tmp_path: Path) -> None:
    """A GRU of 4 units on 6 features: W_z, W_r, W_h of 24, U of 16 and b of 4 each."""
    config = [
        {
            "class_name": "GRU",
            "config": {"name": "gru_1", "output_dim": 4, "batch_input_shape": [None, 5, 6]},
        },
        {
            "class_name": "Sequential",
            "config": [{"class_name": "Dense", "config": {"name": "dense_1", "output_dim": 2}}],
        },
    ]
    path = tmp_path / "m.h5"
    with h5py.File(path, "w") as file:
        file.attrs["keras_version"] = b"1.2.2"
        text = json.dumps({"class_name": "Sequential", "config": config})
        file.attrs["model_config"] = text.encode()
        for gate in "zrh":
            file[f"model_weights/gru_1/gru_1_W_{gate}"] = np.zeros((6, 4))
            file[f"model_weights/gru_1/gru_1_U_{gate}"] = np.zeros((4, 4))
            file[f"model_weights/gru_1/gru_1_b_{gate}"] = np.zeros(4)
        file["model_weights/dense_1/dense_1_W"] = np.zeros((4, 2))
        file["model_weights/dense_1/dense_1_b"] = np.zeros(2)
    comparison = stored(path)
    assert comparison.status is Status.AGREE, comparison.disagreements
    assert [(row.layer, row.theirs) for row in comparison.rows] == [("gru_1", 132), ("dense_1", 10)]
    with h5py.File(path, "a") as file:
        del file["model_weights/gru_1/gru_1_b_h"]
    (row,) = stored(path).disagreements
    assert row.differs_in.startswith("weights: expected sizes [12, 48, 72], found [4, 4, 16,")
