from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from rnninspect.cli.main import main
from rnninspect.linting import file
from rnninspect.linting.run import CHUNK, FEW, Way
from rnninspect.linting.session import check
from tests.linting.conftest import HEAD
from tests.programs import program


def invoke(*args: str, text: str | None = None) -> Result:
    return CliRunner().invoke(main, ["check-stack", "--format", "json", *args], input=text)


@pytest.fixture
def many(here: Path) -> Path:
    for number in range(FEW + CHUNK):
        (here / f"p{number:03}.py").write_text(program(number), "utf-8")
    (here / "nets.py").write_text(f"{HEAD}shared = LSTM(8)\n", "utf-8")
    return here


def test_any_number_of_processes_gives_the_same_bytes(many: Path) -> None:
    alone = invoke("--jobs", "1", "--no-cache")
    together = invoke("--jobs", "3", "--no-cache")
    cold, warm = invoke("--jobs", "2"), invoke()
    assert alone.stdout_bytes == together.stdout_bytes == cold.stdout_bytes == warm.stdout_bytes
    assert json.loads(alone.stdout)["summary"]["errors"] > 5


def test_runs_can_share_a_cache(many: Path) -> None:
    command = [sys.executable, "-m", "rnninspect", "check-stack", "--format", "json", "--jobs", "2"]
    with ThreadPoolExecutor(3) as pool:
        outputs = list(
            pool.map(lambda _: subprocess.run(command, capture_output=True).stdout, range(3))
        )
    assert outputs[0]
    assert outputs[0] == outputs[1] == outputs[2]


def test_a_crash_on_one_file_is_its_own_matter(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = file.check_data

    def crashing(data: bytes, found: Any, *rest: Any) -> Any:
        if found.path == "p005.py":
            raise ZeroDivisionError("strange")
        if found.path == "p007.py":
            os.kill(os.getpid(), signal.SIGKILL)
        return real(data, found, *rest)

    monkeypatch.setattr(file, "check_data", crashing)
    result = check(way=Way(jobs=2))
    bad = {one.path: one for one in result.files if one.status == "unreadable"}
    assert set(bad) == {"p005.py", "p007.py"}
    assert all(one.is_our_bug for one in bad.values())
    said = {one.place.path for one in result.diagnostics if one.code == "RNN902"}
    assert said == {"p005.py", "p007.py"}
    assert len(result.files) == FEW + CHUNK + 1
