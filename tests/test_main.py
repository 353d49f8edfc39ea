from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from rnninspect.version import __version__


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "rnninspect", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")


def test_the_module_runs_as_the_program() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, f"rnninspect {__version__}\n")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["check-stack", "-e", "Sequential([Input((20, 6)), LSTM(4), LSTM(2)])"], 1),
        (["summary", "not/there.keras"], 2),
        (["no-such-command"], 2),
    ],
)
def test_the_exit_status_is_that_of_the_command(arguments: list[str], status: int) -> None:
    assert run(*arguments).returncode == status


def test_all_output_is_written_before_the_process_ends(samples: Path) -> None:
    done = run("summary", str(samples / "lstm_stack.keras"), "--compare", "none")
    assert done.returncode == 0
    assert done.stdout.startswith('Model: "lstm_stack"')
    assert done.stdout.rstrip().endswith("Dense: (features + 1) × units")
