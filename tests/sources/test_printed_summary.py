from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from rnninspect.api import inspect
from rnninspect.cli.main import main
from tests.printed import model, printed, weights_by_layer

RECORDED = json.loads((Path(__file__).parents[1] / "fixtures/keras2/printed.json").read_bytes())

KERAS_1 = """
____________________________________________________________________________________________________
Layer (type)                     Output Shape          Param #     Connected to
====================================================================================================
embedding_1 (Embedding)          (None, 80, 128)       2560000     embedding_input_1[0][0]
____________________________________________________________________________________________________
lstm_1 (LSTM)                    (None, 128)           131584      embedding_1[0][0]
____________________________________________________________________________________________________
dropout_1 (Dropout)              (None, 128)           0           lstm_1[0][0]
____________________________________________________________________________________________________
dense_1 (Dense)                  (None, 1)             129         dropout_1[0][0]
====================================================================================================
Total params: 2,691,713
Trainable params: 2,691,713
Non-trainable params: 0
____________________________________________________________________________________________________
"""
NOTES = """Model: "sequential"
_________________________________________________________________
Layer (type)                 Output Shape              Param #
=================================================================
lstm (LSTM)                  (None, 20, 16)            COUNT
_________________________________________________________________
dense (Dense)                (None, 20, 1)             17
=================================================================
Total params: 1,489
"""


def read(tmp_path: Path, text: str) -> dict[str, Any]:
    (tmp_path / "printed.txt").write_text(text, "utf-8")
    return inspect(tmp_path / "printed.txt").to_dict()


def check(text: str, weights: dict[str, list[list[int]]], tmp_path: Path) -> None:
    """Every row has a reading with the true shapes, and nothing is called impossible."""
    (found,) = read(tmp_path, text)["models"]
    assert found["diagnostics"] == []
    rows = {row["name"]: row for row in found["layers"]}
    for name, shapes in weights.items():
        row = rows.get(name) or next(
            rows[one] for one in rows if one[-1] == "…" and name.startswith(one[:-1])
        )
        readings = [sorted(w["shape"] for w in one["weights"]) for one in row["readings"]]
        assert shapes in readings, (name, shapes, readings)
        assert row["params"] == sum(_product(one) for one in shapes)
        shown = sorted(w["shape"] for w in row["weights"])
        assert shown == readings[0]


def _product(sizes: list[int]) -> int:
    result = 1
    for one in sizes:
        result *= one
    return result


@pytest.mark.parametrize("number", range(len(RECORDED)))
def test_summaries_of_keras_2(number: int, tmp_path: Path) -> None:
    check(RECORDED[number]["text"], RECORDED[number]["weights"], tmp_path)


@pytest.mark.keras
@pytest.mark.parametrize("columns", ["80", "100", "200"])
@pytest.mark.parametrize("seed", range(12))
def test_summaries_of_keras_3(
    seed: int, columns: str, tmp_path: Path, keras: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    made = model(keras, 100 + seed)
    text = printed(made)
    check(text, weights_by_layer(made), tmp_path)
    check(f"# Notes\n\n```\n{text}\n```\n\nand more", weights_by_layer(made), tmp_path)
    logged = "\n".join(f"2024-05-01 12:00:00,123 INFO {line}" for line in text.splitlines())
    check(logged, weights_by_layer(made), tmp_path)


def test_a_summary_of_keras_1(tmp_path: Path) -> None:
    weights = {
        "embedding_1": [[20000, 128]],
        "lstm_1": [[128, 512], [128, 512], [512]],
        "dropout_1": [],
        "dense_1": [[1], [128, 1]],
    }
    check(KERAS_1, weights, tmp_path)
    check(re.sub(r" +", " ", KERAS_1), weights, tmp_path)
    check(KERAS_1.replace("\n", "\r\n"), weights, tmp_path)


def test_the_count_tells_the_features(tmp_path: Path) -> None:
    (found,) = read(tmp_path, NOTES.replace("COUNT", "1472 "))["models"]
    row = found["layers"][0]
    assert row["formula"]["numbers"] == "4 × (6 + 16 + 1) × 16"
    assert row["readings"][0]["input_shape"] == [None, 20, 6]
    assert row["readings"][0]["arguments"] == {"units": 16, "return_sequences": True}
    assert found["totals"]["params"] == 1489


def test_a_count_that_cannot_be_right_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text(NOTES.replace("COUNT", "1472 ").replace("17\n", "19\n"))
    result = CliRunner().invoke(main, ["summary", str(tmp_path / "p.txt"), "--compare", "none"])
    assert result.exit_code == 1
    text = " ".join(result.stdout.split())
    assert "RNN503" in text
    assert "`dense` (Dense) cannot have 19 parameters here" in text
    assert "input of width 18" in text


def test_several_readings_are_listed(tmp_path: Path) -> None:
    text = NOTES.replace("lstm (LSTM)  ", "c (Conv1D)   ").replace("COUNT", "976  ")
    (tmp_path / "p.txt").write_text(text)
    result = CliRunner().invoke(main, ["summary", str(tmp_path / "p.txt"), "--compare", "none"])
    shown = " ".join(result.stdout.split())
    assert "c can be Conv1D(filters=16, kernel_size=[3]" in shown
    assert "kernel_size=[5]" in shown


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    given = io.BytesIO(NOTES.replace("COUNT", "1472 ").encode())
    result = CliRunner().invoke(main, ["summary", "-", "--compare", "none"], input=given)
    assert result.exit_code == 0
    assert "4 × (6 + 16 + 1) × 16" in result.stdout


def test_two_summaries_in_one_text(tmp_path: Path) -> None:
    text = NOTES.replace("COUNT", "1472 ")
    models = read(tmp_path, text + text.replace("sequential", "second"))["models"]
    assert [one["name"] for one in models] == ["sequential", "second"]


def test_layers_of_other_makers_keep_their_count(tmp_path: Path) -> None:
    text = NOTES.replace("lstm (LSTM) ", "mine (Mine) ").replace("COUNT", "1472 ")
    (found,) = read(tmp_path, text)["models"]
    row = found["layers"][0]
    assert (row["params"], row["weights"]) == (1472, [])
    assert "cannot be told" in row["unknown"]
    assert found["diagnostics"] == []


def test_a_text_with_the_title_alone_is_no_summary(tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text("Layer (type) and so on")
    result = CliRunner().invoke(main, ["summary", str(tmp_path / "p.txt")])
    assert result.exit_code == 2
    assert "no printed summary" in result.stderr


def test_a_layer_without_weights_has_no_count(tmp_path: Path) -> None:
    for kind in ("Dropout", "LeakyReLU", "ZeroPadding3D", "Cropping2D"):
        text = NOTES.replace("lstm (LSTM)  ", f"a ({kind})    ").replace("COUNT", "1472 ")
        (found,) = read(tmp_path, text)["models"]
        (one,) = found["diagnostics"]
        assert one["code"] == "RNN503"
        assert f"{kind} has no weights: 0" in one["help"]


def test_a_layer_of_a_printed_summary_has_its_lesson(tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text(NOTES.replace("COUNT", "1472 "))
    result = CliRunner().invoke(main, ["explain", str(tmp_path / "p.txt"), "lstm", "--lang", "en"])
    assert result.exit_code == 0
    assert "4 × (6 + 16 + 1) × 16" in result.stdout
