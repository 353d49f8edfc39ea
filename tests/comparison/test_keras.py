"""Our rows beside Keras's: in process on replies, and through the child process on files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import rnninspect
from rnninspect.analysis.analyse import Analysis, analyse
from rnninspect.comparison.compare import Status
from rnninspect.comparison.keras import compare_keras
from rnninspect.keras_runtime.live_model import read_totals
from rnninspect.keras_runtime.witness import KerasUnavailable, KerasWitness
from rnninspect.sources.read import read


@pytest.fixture
def analysis(samples: Path) -> Analysis:
    return analyse(read(str(samples / "simple_rnn_stack.keras")).models[0])


def reply(**changes: Any) -> dict[str, Any]:
    rows = {
        "simple_rnn": {"shape": [None, 20, 16], "params": 368, "trainable": 368},
        "simple_rnn_1": {"shape": [None, 32], "params": 1568, "trainable": 1568},
        "dense": {"shape": [None, 1], "params": 33, "trainable": 33},
    }
    for name, change in changes.pop("rows", {}).items():
        if change is None:
            del rows[name]
        else:
            rows.setdefault(name, {"shape": None, "params": 0, "trainable": 0}).update(change)
    totals = {"params": 1969, "trainable": 1969, "non_trainable": 0}
    listed = [{"name": name, "class_name": "X", **row} for name, row in rows.items()]
    return {"engine": "keras 3", "rows": listed, **totals, **changes}


def test_equal_numbers_agree(analysis: Analysis) -> None:
    comparison = compare_keras(analysis, reply())
    assert comparison.status is Status.AGREE
    assert comparison.disagreements == ()
    assert comparison.params == 1969


@pytest.mark.parametrize(
    ("changes", "layer", "words"),
    [
        ({"rows": {"dense": {"params": 34}}}, "dense", "params"),
        ({"rows": {"dense": {"trainable": 0}}}, "dense", "trainable params 33 and 0"),
        (
            {"rows": {"dense": {"shape": [None, 2]}}},
            "dense",
            "output shape [None, 1] and [None, 2]",
        ),
        ({"rows": {"dense": None}}, "dense", "Keras has no such row"),
        ({"rows": {"more": {}}}, "more", "we have no such row"),
        ({"params": 1970}, "Total params", "params"),
        ({"non_trainable": 3}, "Non-trainable params", "params"),
    ],
)
def test_every_difference_is_a_disagreement_in_its_row(
    changes: dict[str, Any], layer: str, words: str, analysis: Analysis
) -> None:
    comparison = compare_keras(analysis, reply(**changes))
    assert comparison.status is Status.DISAGREE
    (row,) = comparison.disagreements
    assert (row.layer, row.differs_in) == (layer, words)


def test_what_one_side_does_not_know_cannot_differ(analysis: Analysis) -> None:
    unknown = {"shape": None, "params": None, "trainable": None}
    comparison = compare_keras(analysis, reply(rows={"dense": unknown}, params=None))
    assert comparison.status is Status.AGREE


def test_totals_are_read_from_a_printed_summary() -> None:
    text = " Total params: 1,969 (7.69 KB)\n Trainable params: 1,900\nNon-trainable params: 69"
    assert read_totals(text) == {"params": 1969, "trainable": 1900, "non_trainable": 69}
    assert read_totals("nothing")["params"] is None


@pytest.mark.keras
@pytest.mark.parametrize(
    "name", ["lstm_stack.keras", "lstm_stack.h5", "lstm_stack.json", "encoder_decoder.keras"]
)
def test_keras_itself_agrees_on_files(name: str, samples: Path) -> None:
    report = rnninspect.inspect(str(samples / name), compare="keras")
    (comparison,) = report.models[0].comparisons
    assert comparison.status is Status.AGREE, comparison
    assert comparison.params == report.models[0].total.value
    assert comparison.engine is not None and comparison.engine.startswith("keras 3.")
    assert not report.disagrees


@pytest.mark.keras
def test_keras_itself_agrees_on_a_config_and_leaves_no_file(
    samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    config = json.loads((samples / "lstm_stack.json").read_text())
    (comparison,) = rnninspect.inspect(config, compare="keras").models[0].comparisons
    assert comparison.status is Status.AGREE
    assert list(tmp_path.iterdir()) == []


@pytest.mark.keras
def test_what_keras_cannot_load_is_a_reason(samples: Path, tmp_path: Path) -> None:
    config = json.loads((samples / "lstm_stack.json").read_text())
    del config["config"]["layers"][1]["config"]["units"]
    path = tmp_path / "m.json"
    path.write_text(json.dumps(config))
    (comparison,) = rnninspect.inspect(str(path), compare="keras").models[0].comparisons
    assert comparison.status is Status.SKIPPED
    assert comparison.reason is not None and comparison.reason.startswith("Keras could not load it")


def test_keras_that_takes_too_long_is_stopped(samples: Path) -> None:
    witness = KerasWitness()
    with pytest.raises(KerasUnavailable, match=r"within 0\.01 seconds"), witness:
        witness.ask(str(samples / "lstm_stack.keras"), "keras", trust=False)
        witness.answer(0.01)
    assert witness._process.returncode is not None


def test_an_end_without_answer_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with KerasWitness() as witness, pytest.raises(KerasUnavailable, match="without an answer"):
        witness.ask("m.keras", "keras", trust=False)
        witness.answer(10)


@pytest.mark.keras
def test_the_users_backend_is_respected(samples: Path) -> None:
    """An engine that cannot be had is named as the reason; no other one is taken instead."""
    done = subprocess.run(
        [sys.executable, "-m", "rnninspect", "summary", "lstm_stack.keras", "--compare", "keras"],
        cwd=samples,
        env={**os.environ, "KERAS_BACKEND": "nonsense"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "not compared: Keras could not be imported" in done.stdout
    assert "nonsense" in done.stdout


def test_a_file_called_keras_py_is_not_imported(samples: Path, tmp_path: Path) -> None:
    (tmp_path / "keras.py").write_text("open('ran', 'w').close()")
    done = subprocess.run(
        [sys.executable, "-c", "import rnninspect, sys; rnninspect.inspect(sys.argv[1], "
         "compare='keras', timeout_seconds=120)", str(samples / "lstm_stack.keras")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "ran").exists()
