"""Our rows beside Keras's: in process on replies, and through the child process on files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import rnninspect
from rnninspect.analysis.analyse import analyse
from rnninspect.analysis.result import Analysis
from rnninspect.comparison.compare import Status
from rnninspect.comparison.keras import compare_keras
from rnninspect.sources.keras_summary import KerasRow, KerasSummary
from rnninspect.sources.read import read


@pytest.fixture
def analysis(samples: Path) -> Analysis:
    return analyse(read(str(samples / "simple_rnn_stack.keras")).models[0])


def row(name: str, units: int, params: int, *shape: int | None) -> KerasRow:
    return KerasRow(name, "X", [None, *shape, units], params, params)


def summary(**changes: KerasRow | None) -> KerasSummary:
    """What Keras shows for the sample, with other rows in the place of some; None removes one."""
    rows: dict[str, KerasRow | None] = {
        "simple_rnn": row("simple_rnn", 16, 368, 20),
        "simple_rnn_1": row("simple_rnn_1", 32, 1568),
        "dense": row("dense", 1, 33),
    }
    rows.update(changes)
    shown = tuple(one for one in rows.values() if one is not None)
    return KerasSummary("keras 3", "m", shown, 1969, 1969, 0)


def test_equal_numbers_agree(analysis: Analysis) -> None:
    comparison = compare_keras(analysis, summary())
    assert comparison.status is Status.AGREE
    assert comparison.disagreements == ()
    assert comparison.params == 1969


DENSE = row("dense", 1, 33)


@pytest.mark.parametrize(
    ("theirs", "layer", "words"),
    [
        (summary(dense=DENSE._replace(params=34)), "dense", "params"),
        (summary(dense=DENSE._replace(trainable=0)), "dense", "trainable params 33 and 0"),
        (
            summary(dense=DENSE._replace(shape=[None, 2])),
            "dense",
            "output shape [None, 1] and [None, 2]",
        ),
        (summary(dense=None), "dense", "Keras has no such row"),
        (summary(more=row("more", 1, 0)), "more", "we have no such row"),
        (summary()._replace(params=1970), "Total params", "params"),
        (summary()._replace(non_trainable=3), "Non-trainable params", "params"),
    ],
)
def test_every_difference_is_a_disagreement_in_its_row(
    theirs: KerasSummary, layer: str, words: str, analysis: Analysis
) -> None:
    comparison = compare_keras(analysis, theirs)
    assert comparison.status is Status.DISAGREE
    (row,) = comparison.disagreements
    assert (row.layer, row.differs_in) == (layer, words)


def test_what_one_side_does_not_know_cannot_differ(analysis: Analysis) -> None:
    unknown = KerasRow("dense", "Dense", None, None, None)
    comparison = compare_keras(analysis, summary(dense=unknown)._replace(params=None))
    assert comparison.status is Status.AGREE


def test_a_model_that_keras_has_not_built_is_not_compared(analysis: Analysis) -> None:
    rows = (KerasRow("dense", "Dense", None, None, None),)
    comparison = compare_keras(analysis, KerasSummary("keras 3", "m", rows))
    assert (comparison.status, comparison.engine) == (Status.SKIPPED, "keras 3")


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
