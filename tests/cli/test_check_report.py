from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rnninspect.cli.main import main

EXPRESSION = "Sequential([Input((20, 6)), SimpleRNN(16), LSTM(32)])"


def run(*args: str) -> Result:
    return CliRunner(env={"COLUMNS": "100"}).invoke(main, ["check-stack", "-e", EXPRESSION, *args])


def test_what_people_read_ends_in_a_line_that_quiet_leaves_out() -> None:
    assert run().stdout.splitlines()[-1].startswith("1 error in 1 file")
    assert "1 error in" not in run("--quiet").stdout


def test_what_programs_read_is_nothing_else() -> None:
    assert json.loads(run("--format", "json").stdout)["summary"]["errors"] == 1


@pytest.mark.parametrize("output_format", ["full", "json"])
def test_a_file_takes_the_report(
    output_format: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("--format", output_format, "--output-file", "report")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "RNN101" in Path("report").read_text("utf-8")
