"""``summary`` of programs and expressions, which are read and never run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rnninspect.cli.main import main


def run(*arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": "100"}).invoke(main, ["summary", *arguments])


def test_a_program_is_shown_with_what_it_leaves_open(tmp_path: Path) -> None:
    file = tmp_path / "train.py"
    file.write_text(
        "from keras import Sequential, Input, layers\n"
        "import sys\n"
        "m = Sequential([Input((20, 6)), layers.SimpleRNN(16), layers.Dense(int(sys.argv[1]))])\n"
        "raise SystemExit\n"
    )
    result = run(str(file), "--compare", "none")
    assert result.exit_code == 0
    assert "(6 + 16 + 1) × 16" in result.stdout
    assert "at least 368" in result.stdout


@pytest.mark.keras
def test_a_stack_that_fails_is_drawn_up_to_the_failure(tmp_path: Path) -> None:
    text = "Sequential([Input((20, 6)), SimpleRNN(16), LSTM(32), Dense(1)])"
    result = run("-e", text)
    assert result.exit_code == 1
    assert "error[RNN101]" in result.stdout and "Keras rejects it too" in result.stdout
    data = json.loads(run("-e", text, "--format", "json", "--compare", "none").stdout)
    assert data["source"]["format"] == "expression"
    (model,) = data["models"]
    assert [row["name"] for row in model["layers"]] == ["simple_rnn", "lstm"]
    assert [one["code"] for one in model["diagnostics"]] == ["RNN101"]
    assert model["place"]["line"] == 1


@pytest.mark.keras
def test_keras_agrees_on_a_program_that_nobody_ran(tmp_path: Path) -> None:
    text = "Sequential([Input((20, 6)), Bidirectional(GRU(16)), Dense(1)])"
    result = run("-e", text)
    assert result.exit_code == 0
    assert "agrees on 2 layers" in result.stdout


PRINTED = """\
Model: "sequential_3"
_________________________________________________________________
Layer (type)                 Output Shape              Param #
=================================================================
lstm_9 (LSTM)                (None, 16)                {}
=================================================================
Total params: {}
Trainable params: {}
Non-trainable params: 0
"""


def notebook_that_printed(folder: Path, count: str) -> str:
    """Write a notebook whose cell printed the summary of an LSTM of 16 units with a count."""
    source = (
        "from keras import *\nfrom keras.layers import *\n"
        "model = Sequential([Input((20, 6)), LSTM(16)])\nmodel.summary()\n"
    )
    text = PRINTED.format(count, count, count)
    cell = {
        "cell_type": "code",
        "source": source,
        "metadata": {},
        "execution_count": 1,
        "outputs": [{"output_type": "stream", "name": "stdout", "text": text}],
    }
    path = folder / "n.ipynb"
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return str(path)


def test_the_output_of_a_notebook_is_a_witness(tmp_path: Path) -> None:
    path = notebook_that_printed(tmp_path, "1472")
    result = run(path, "--compare", "stored")
    assert result.exit_code == 0
    assert "printed summary agrees on 1 layer" in result.stdout
    data = json.loads(run(path, "--compare", "stored", "--format", "json").stdout)
    (printed, _) = data["models"][0]["comparisons"]
    assert (printed["against"], printed["status"]) == ("printed summary", "agree")
    assert "printed summary" not in run(path, "--compare", "none").stdout


def test_a_notebook_whose_output_says_something_else(tmp_path: Path) -> None:
    result = run(notebook_that_printed(tmp_path, "1473"), "--compare", "stored")
    assert result.exit_code == 1
    assert "printed summary disagrees in " in result.stdout
