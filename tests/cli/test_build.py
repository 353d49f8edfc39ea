"""``build``: real Keras saves what was read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from rnninspect.cli.main import main

PROGRAM = """\
from keras import Input, Model, layers

def encoder(units=8):
    x = inputs = Input((None, 6), name="steps")
    x = layers.Bidirectional(layers.LSTM(units, return_sequences=True, dropout=0.25))(x)
    x = x[:, -1] + 1
    return Model(inputs, layers.Dense(3, activation="softmax")(x), name="encoder")

model = encoder()
x = Input((4, 6))
outer = Model(x, layers.Dense(1)(model(x)), name="outer")
launch_missiles()
"""


def run(*arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": "100"}).invoke(main, ["build", *arguments])


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("train.py").write_text(PROGRAM, encoding="utf-8")
    return tmp_path


@pytest.mark.keras
def test_a_program_becomes_a_model_with_its_arguments(keras: Any) -> None:
    result = run("train.py", "--model", "encoder", "-o", "m.keras")
    assert result.exit_code == 0, result.stderr
    model = keras.models.load_model("m.keras")
    assert model.name == "encoder" and model.output_shape == (None, 3)
    assert model.layers[-1].activation.__name__ == "softmax"
    assert model.layers[1].forward_layer.dropout == 0.25
    assert "params" in result.stderr and result.stdout == ""


@pytest.mark.keras
def test_nested_models_stay_nested(keras: Any) -> None:
    assert run("train.py", "--model", "outer", "-o", "m.keras").exit_code == 0
    model = keras.models.load_model("m.keras")
    assert [layer.name for layer in model.layers][1] == "encoder"


@pytest.mark.keras
def test_an_expression_and_a_config(keras: Any) -> None:
    text = "Sequential([Input((20, 6)), SimpleRNN(16), Dense(1)])"
    assert run("-e", text, "-o", "m.keras").exit_code == 0
    assert keras.models.load_model("m.keras").count_params() == 368 + 17
    Path("m.json").write_text(keras.models.load_model("m.keras").to_json())
    assert run("m.json", "-o", "again.keras").exit_code == 0
    assert keras.models.load_model("again.keras").count_params() == 368 + 17


@pytest.mark.keras
def test_what_keras_rejects_is_said_in_its_words_and_leaves_no_file(directory: Path) -> None:
    result = run("-e", "Sequential([Input((20, 6)), LSTM(4), LSTM(4)])", "-o", "m.keras")
    assert result.exit_code == 1
    assert "expected ndim=3, found ndim=2" in result.stderr
    assert sorted(one.name for one in directory.iterdir()) == ["train.py"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["train.py", "-o", "m.keras"], "holds 2 models"),
        (["train.py", "--model", "outer", "-o", "m.txt"], "unknown file extension"),
        pytest.param(
            ["train.py", "--model", "outer", "-o", "none/m.keras"],
            "cannot be written",
            marks=pytest.mark.keras,
        ),
        (["-o", "m.keras"], "one of MODEL and -e EXPR"),
        (["-e", "Sequential([Input((9, 2)), LSTM(n)])", "-o", "m.keras"], "not all of the model"),
        (
            ["-e", "Sequential([Input((9,)), Lambda(lambda x: x)])", "-o", "m.keras"],
            "not a built-in layer",
        ),
        (
            [
                "-e",
                "Sequential([Input((9,)), StringLookup(vocabulary='/etc/passwd')])",
                "-o",
                "m.h5",
            ],
            "names the file",
        ),
    ],
)
def test_what_cannot_be_built_is_one_line_and_exit_status_2(
    arguments: list[str], words: str, directory: Path
) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert sorted(one.name for one in directory.iterdir()) == ["train.py"]


def test_a_config_with_code_is_not_given_to_keras() -> None:
    model = {"class_name": "Sequential", "config": {"name": "m", "layers": [
        {"class_name": "Lambda", "module": "keras.layers", "config": {"name": "l"}}]}}  # fmt: skip
    Path("m.json").write_text(json.dumps(model))
    result = run("m.json", "-o", "m.keras")
    assert result.exit_code == 2 and "is not loaded" in result.stderr
