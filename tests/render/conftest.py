"""The files of the tests of formats, and check-stack over them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from rnninspect.cli.main import main
from tests.linting.conftest import BROKEN, RIGHT


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory with findings in each kind of file, a right program and an unreadable one."""
    here = tmp_path
    monkeypatch.chdir(here)
    (here / "broken.py").write_text(f"# é, ü\n{BROKEN}", "utf-8")
    (here / "right.py").write_text(RIGHT, "utf-8")
    (here / "old keras.py").write_text("import keras\nx = = 'half'\n", "utf-8")
    cells = [
        {"cell_type": "markdown", "source": ["text"], "metadata": {}},
        {"cell_type": "code", "source": BROKEN, "metadata": {}, "outputs": []},
    ]
    notebook = {"cells": cells, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}
    (here / "n.ipynb").write_text(json.dumps(notebook), "utf-8")
    layers = [
        {"class_name": "InputLayer", "config": {"batch_shape": [None, 20, 6], "name": "i"}},
        {"class_name": "LSTM", "config": {"units": 8, "name": "a"}},
        {"class_name": "LSTM", "config": {"units": 4, "name": "b"}},
    ]
    config = {"class_name": "Sequential", "config": {"name": "s", "layers": layers}}
    (here / "m.json").write_text(json.dumps(config), "utf-8")
    (here / "pyproject.toml").write_text("[tool.rnninspect]\nmax-params = 100\n", "utf-8")
    return here


def checked(output_format: str, *more: str, status: int = 2) -> str:
    """Return the report of check-stack in a format."""
    result = CliRunner().invoke(main, ["check-stack", "--format", output_format, *more])
    assert result.exit_code == status
    return result.stdout
