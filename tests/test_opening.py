"""Whatever names a model; only ``module:attribute`` runs code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from rnninspect.cli.main import main
from rnninspect.errors import BadRequest, SourceNotFound
from rnninspect.opening import is_attribute, open_source

CODE = """
import keras
model = keras.Sequential([keras.Input((20, 6)), keras.layers.GRU(3, name="gru")], name="mine")
"""


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("package.module:attribute", True),
        ("module:a.b", True),
        ("C:\\model.keras", False),
        ("module:", False),
        ("a/b:c", False),
        ("model.keras", False),
        (f"module:{'a' * 1000}", False),
    ],
)
def test_the_form_of_an_attribute(source: str, expected: bool) -> None:
    assert is_attribute(source) is expected


def test_a_file_of_that_name_is_read(
    samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("module:model").write_bytes((samples / "lstm_stack.json").read_bytes())
    assert not is_attribute("module:model")
    assert open_source("module:model").format == "json"


def test_paths_configs_and_what_was_read_before(samples: Path) -> None:
    path = samples / "lstm_stack.json"
    models = open_source(path)
    assert models.models[0].name == "lstm_stack"
    assert open_source(models) is models
    assert open_source(json.loads(path.read_text())).path == "<config>"


def test_what_does_not_exist_is_a_source_not_found() -> None:
    with pytest.raises(SourceNotFound):
        open_source("no/such.keras")


def test_anything_else_is_rejected() -> None:
    with pytest.raises(BadRequest, match="a set is not a source of a model"):
        open_source({1, 2})  # type: ignore[arg-type]


@pytest.mark.keras
@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["summary", "mine:model", "--compare", "none"], "99"),
        (["explain", "mine:model", "gru"], "99"),
    ],
)
def test_commands_accept_an_attribute(
    command: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A GRU of 3 units on 6 features: 3 × (6 + 3 + 2) × 3 = 99."""
    monkeypatch.chdir(tmp_path)
    Path("mine.py").write_text(CODE)
    result = CliRunner(env={"COLUMNS": "100"}).invoke(main, command)
    assert result.exit_code == 0, result.output
    assert words in result.stdout


@pytest.mark.keras
def test_build_says_that_a_live_model_is_not_built_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mine.py").write_text(CODE)
    result = CliRunner().invoke(main, ["build", "mine:model", "-o", "m.keras"])
    assert result.exit_code == 2
    assert "mine:model: a live file cannot be built again" in result.output
