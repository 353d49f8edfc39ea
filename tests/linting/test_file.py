from __future__ import annotations

import json
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from rnninspect.cli.main import main
from rnninspect.linting import file
from rnninspect.linting.discovery import SourceFile
from rnninspect.linting.file import TimeIsUp, at_most, check_data, failed
from rnninspect.linting.result import Demands
from rnninspect.linting.session import check
from rnninspect.rules.registry import load_rule
from rnninspect.rules.rule import RuleSettings
from tests.linting.conftest import BROKEN, RIGHT
from tests.rules.examples import blocks


def invoke(*args: str) -> Result:
    return CliRunner().invoke(main, ["check-stack", "--format", "json", *args])


def test_a_file_that_takes_too_long_is_said(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "slow.py").write_text(BROKEN)
    (here / "fast.py").write_text(BROKEN)
    real = file.check_data

    def slow(data: bytes, found: Any, *rest: Any) -> Any:
        while found.path == "slow.py":
            pass
        return real(data, found, *rest)

    monkeypatch.setattr(file, "check_data", slow)
    result = invoke("--timeout", "0.2", "--no-cache")
    assert result.exit_code == 2
    data = json.loads(result.stdout)
    assert {one["path"]: one["status"] for one in data["files"]} == {
        "fast.py": "checked",
        "slow.py": "unreadable",
    }
    assert [one["code"] for one in data["diagnostics"]] == ["RNN101", "RNN902"]
    assert "--timeout" in result.stderr
    assert invoke("--timeout", "0.2", "--no-cache", "--exit-zero").exit_code == 0


def test_files_without_a_sign_of_keras_are_not_parsed(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "p.py").write_text("this is no Python\n")
    (here / "package.json").write_text('{"name": "x"}')
    data = json.loads(invoke().stdout)
    status = {one["path"]: one["status"] for one in data["files"]}
    assert status == {"p.py": "checked", "package.json": "skipped"}


def test_a_printed_summary_in_a_text_is_checked(here: Path) -> None:
    text = blocks(load_rule("RNN503"), "Example")["text"]
    (here / "log.txt").write_text(text)
    (here / "other.txt").write_text("nothing of Keras\n")
    (here / "named.out").write_text(text)
    found = check()
    assert [one.path for one in found.files] == ["log.txt"]
    assert [(one.code, one.place.path, one.layer) for one in found.diagnostics] == [
        ("RNN503", "log.txt", "dense")
    ]
    assert [one.code for one in check(["named.out"]).diagnostics] == ["RNN503"]


def test_what_is_found_beside_the_errors_comes_with_them(here: Path) -> None:
    source = SourceFile("p.py", ".", True)
    demands = Demands(RuleSettings(max_params=1), fixes=False)
    # The stack that fails is not a model that is built.
    data = f"{RIGHT}other = Sequential([Input((20, 6)), LSTM(8), LSTM(4)])\n".encode()
    result = check_data(data, source, None, demands)
    assert [one.code for one in result.diagnostics] == ["RNN101", "RNN501"]
    assert all(one.fix is None for one in result.diagnostics)


def test_our_own_failure_is_a_finding_and_a_reason() -> None:
    result = failed("p.py", "ValueError: strange")
    assert result.file.is_our_bug and result.file.status == "unreadable"
    assert [one.code for one in result.diagnostics] == ["RNN902"]
    assert "ValueError: strange" in result.diagnostics[0].message


def test_a_block_ends_when_its_time_is_up() -> None:
    with pytest.raises(TimeIsUp), at_most(0.01):
        time.sleep(5)
    with at_most(5):
        pass
    done: list[bool] = []

    def elsewhere() -> None:  # only the main thread has timers
        with at_most(0.001):
            time.sleep(0.01)
        done.append(True)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert done == [True]
