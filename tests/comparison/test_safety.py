"""What is handed to Keras, and what is not."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import h5py
import pytest

import rnninspect
from rnninspect.comparison.safety import unsafe_reasons


def model(*layers: dict[str, Any]) -> dict[str, Any]:
    return {
        "module": "keras",
        "class_name": "Sequential",
        "registered_name": None,
        "config": {"name": "m", "layers": list(layers)},
    }


def layer(class_name: str, module: str | None = "keras.layers", **config: Any) -> dict[str, Any]:
    return {"module": module, "class_name": class_name, "registered_name": None, "config": config}


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (layer("Lambda", name="f", function={}), "Lambda `f` is not loaded: it runs Python code"),
        (layer("TFSMLayer", filepath="/tmp/x"), "it runs a TensorFlow SavedModel"),
        (layer("TorchModuleWrapper"), "it runs a PyTorch module"),
        (layer("Mine", "mine.layers"), "comes from the module 'mine.layers'"),
        (layer("Mine", None), "Mine is a custom object"),
        (layer("Popen", "subprocess"), "comes from the module 'subprocess'"),
        (layer("get_file", "keras.src.utils"), "comes from the module 'keras.src.utils'"),
        ({**layer("LSTM"), "registered_name": "mine>LSTM"}, "LSTM is a custom object (mine>LSTM)"),
        ({"class_name": "mine>LSTM", "config": {}}, "mine>LSTM"),
        (layer("StringLookup", vocabulary="/etc/passwd"), "names the file '/etc/passwd'"),
        (
            layer("Dense", activation={"class_name": "function", "config": "f", "module": "os"}),
            "the function 'f' is not part of Keras",
        ),
        (layer("Dense", kernel_initializer=layer("Mine", "mine")), "comes from the module 'mine'"),
        (layer("TimeDistributed", layer=layer("Lambda")), "it runs Python code"),
        (layer("X", config={"class_name": "__lambda__", "config": {}}), "it runs code of its own"),
    ],
)
def test_what_runs_reads_or_names_other_code_is_found(entry: dict[str, Any], words: str) -> None:
    reasons = unsafe_reasons(model(entry))
    assert any(words in reason for reason in reasons), reasons


@pytest.mark.parametrize(
    "name",
    ["simple_rnn_stack", "lstm_stack", "bidirectional_tagger", "encoder_decoder", "conv_lstm"],
)
def test_plain_models_are_safe(name: str, samples: Path) -> None:
    with zipfile.ZipFile(samples / f"{name}.keras") as archive:
        assert unsafe_reasons(json.loads(archive.read("config.json"))) == []


def test_how_a_model_was_compiled_does_not_matter() -> None:
    config = {**model(layer("LSTM", units=3)), "compile_config": {"loss": layer("Mine", "mine")}}
    assert unsafe_reasons(config) == []


@pytest.mark.keras
def test_a_custom_layer_is_not_handed_over_and_the_reason_is_given(samples: Path) -> None:
    path = str(samples / "custom_layer.keras")
    comparison = rnninspect.inspect(path, compare="keras").models[0].comparisons[0]
    assert comparison.status == "skipped"
    assert comparison.reason is not None
    assert "StepWeights" in comparison.reason
    assert "--trust" in comparison.reason


@pytest.mark.keras
def test_weights_that_lead_out_of_the_file_are_not_handed_over(
    samples: Path, tmp_path: Path
) -> None:
    path = tmp_path / "m.h5"
    path.write_bytes((samples / "lstm_stack.h5").read_bytes())
    with h5py.File(path, "a") as file:
        del file["model_weights/dense/lstm_stack/dense/kernel"]
        file["model_weights/dense/lstm_stack/dense/kernel"] = h5py.ExternalLink("other.h5", "/x")
    comparison = rnninspect.inspect(str(path), compare="keras").models[0].comparisons[0]
    assert comparison.status == "skipped"
    assert comparison.reason is not None and "was not followed" in comparison.reason


@pytest.mark.keras
def test_a_lambda_is_never_run_unless_trusted(keras: Any, tmp_path: Path) -> None:
    """The layer leaves a file behind when Keras loads it; only --trust lets it."""
    trace = tmp_path / "ran"
    code = f"lambda x: [x, open({str(trace)!r}, 'w').close()][0]"
    x = keras.Input((20, 6))
    y = keras.layers.Lambda(eval(code), name="f")(x)
    path = tmp_path / "m.keras"
    keras.Model(x, keras.layers.GRU(3)(y)).save(path)
    trace.unlink()
    report = rnninspect.inspect(str(path), compare="all")
    assert not trace.exists()
    assert report.models[0].layers[1].parameters.value == 99
    skipped = report.models[0].comparisons[1]
    assert skipped.status == "skipped" and skipped.reason is not None
    assert skipped.reason.startswith("Lambda `f` is not loaded: it runs Python code")
    trusted = rnninspect.inspect(str(path), compare="keras", trust=True).models[0].comparisons[0]
    assert trusted.status == "agree"
    assert trace.exists()
