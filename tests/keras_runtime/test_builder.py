"""Keras in a child process: what it builds, what it rejects, and when there is none."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from rnninspect.keras_runtime import builder as module
from rnninspect.keras_runtime.builder import Builder, KerasUnavailable, keras_is_installed
from rnninspect.keras_runtime.protocol import Failed, LoadConfig, LoadFile, Problem
from rnninspect.sources.keras_summary import KerasSummary


@pytest.mark.keras
def test_one_process_answers_many_requests(samples: Path, tmp_path: Path) -> None:
    config = json.loads((samples / "lstm_stack.json").read_text())
    broken = json.loads((samples / "lstm_stack.json").read_text())
    del broken["config"]["layers"][1]["config"]["units"]
    saved = tmp_path / "m.keras"
    with Builder() as builder:
        loaded = builder.ask(LoadFile(str(samples / "lstm_stack.keras")))
        rejected = builder.ask(LoadConfig(broken))
        built = builder.ask(LoadConfig(config, save_to=str(saved)))
    assert isinstance(loaded, KerasSummary) and loaded.params == 7777
    assert loaded.engine.startswith("keras 3.")
    assert isinstance(rejected, Failed) and rejected.problem is Problem.REJECTED
    assert "units" in rejected.message and rejected.engine == loaded.engine
    assert isinstance(built, KerasSummary) and built.params == 7777
    assert saved.is_file()


def test_keras_that_takes_too_long_is_stopped(samples: Path) -> None:
    with Builder(timeout_seconds=0.01) as builder:
        with pytest.raises(KerasUnavailable, match=r"no answer within 0\.01 seconds \(see --time"):
            builder.ask(LoadFile(str(samples / "lstm_stack.keras")))
        assert not builder.is_running


def test_an_end_without_answer_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with Builder() as builder, pytest.raises(KerasUnavailable, match="without an answer"):
        builder.ask(LoadFile("m.keras"))


def test_a_keras_that_cannot_be_imported_is_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "keras.py").write_text("raise SystemExit('no licence')", encoding="utf-8")
    root = Path(module.__file__).parents[2]
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{root}")
    with Builder() as builder, pytest.raises(KerasUnavailable) as caught:
        builder.ask(LoadFile("m.keras"))
    assert caught.value.reason == "Keras could not be imported (SystemExit: no licence)"


@pytest.mark.parametrize("error", [ImportError, ValueError])
def test_whether_keras_is_installed_is_found_out_without_an_import(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert not keras_is_installed()

    def fail(name: str) -> None:
        raise error

    monkeypatch.setattr("importlib.util.find_spec", fail)
    assert not keras_is_installed()
