"""What the README says is so: its output is real, its Python runs, its commands are run by CI."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from rnninspect.cli.main import main
from tests.layers.case import evaluate

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)


def without_versions(text: str) -> str:
    return re.sub(r"(Keras|tensorflow) [\d.]+", r"\1 x", text)


@pytest.mark.keras
def test_the_output_shown_is_the_real_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    command, _, shown = blocks("console")[0].partition("\n")
    arguments = command.removeprefix("$ rnninspect ").split()
    result = CliRunner(env={"COLUMNS": "100"}).invoke(main, arguments)
    assert result.exit_code == 0
    assert without_versions(result.stdout) == without_versions(shown)


def test_the_findings_shown_are_the_real_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    command, _, shown = blocks("console")[1].partition("\n")
    arguments = command.removeprefix("$ rnninspect ").split()
    result = CliRunner(env={"COLUMNS": "100"}).invoke(main, arguments)
    assert result.exit_code == 1
    assert result.stdout == shown


def test_the_python_lines_run_and_say_what_their_comments_say() -> None:
    (code,) = blocks("python")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    lines = done.stdout.splitlines()
    assert lines[:2] == re.findall(r"# (1969|\(6 \+ 16 \+ 1\) × 16)$", code, flags=re.MULTILINE)
    assert "'params': 1969" in lines[2]


def test_two_commands_set_everything_up_and_ci_runs_them_as_written() -> None:
    commands = [block.strip() for block in blocks("sh")]
    assert len(commands) == 2
    assert all(command.startswith("python3.11 -m venv") for command in commands)
    assert "rnninspect summary sample_models/" in commands[0]
    assert "pytest" in commands[1]
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "README.md" in run and 'bash -euo pipefail -c "$main_job"' in run


def options_of(command: str) -> set[str]:
    found = main.get_command(click.Context(main), command)
    assert found is not None
    return {name for parameter in found.params for name in parameter.opts if name[:2] == "--"}


@pytest.mark.parametrize("command", ["summary", "check-stack", "build", "explain", "rules"])
def test_every_option_is_in_the_readme(command: str) -> None:
    missing = [name for name in options_of(command) if name not in README]
    assert missing == []


def test_the_sums_of_the_worked_example_come_out() -> None:
    sums = re.findall(r"([\d(][\d+×() ]+[\d)]) = (\d{1,3}(?:,\d{3})*)(?![\d ]*×)", README)
    assert len(sums) >= 5
    for formula, value in sums:
        assert evaluate(formula) == evaluate(value), formula
