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
from rnninspect.fixing.fix import read_text
from rnninspect.linting import file
from rnninspect.linting.run import CHUNK, FEW, Way, check
from tests.linting.conftest import BROKEN, HEAD, RIGHT
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


def test_nothing_is_read_again_that_did_not_change(
    many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    way = Way(jobs=1, cache_folder="kept")
    first = check(way=way)
    read: list[str] = []
    real = file.check_file

    def counted(found: Any, *rest: Any) -> Any:
        read.append(found.path)
        return real(found, *rest)

    monkeypatch.setattr("rnninspect.linting.run.check_file", counted)
    assert check(way=way) == first
    assert read == []
    (many / "p003.py").write_text(BROKEN)
    check(way=way)
    assert read == ["p003.py"]


def test_a_change_in_an_imported_file_counts(here: Path) -> None:
    (here / "nets.py").write_text(f"{HEAD}def make(units):\n    return LSTM(units)\n")
    (here / "train.py").write_text(
        f"{HEAD}from nets import make\nmodel = Sequential([Input((20, 6)), make(8), LSTM(4)])\n"
    )
    way = Way(cache_folder="kept")
    assert len(check(["train.py"], way=way).diagnostics) == 1
    (here / "nets.py").write_text(
        f"{HEAD}def make(units):\n    return LSTM(units, return_sequences=True)\n"
    )
    assert len(check(["train.py"], way=way).diagnostics) == 0
    (here / "nets.py").unlink()
    assert len(check(["train.py"], way=way).diagnostics) == 0
    (here / "nets.py").write_text(f"{HEAD}def make(units):\n    return LSTM(units)\n")
    assert len(check(["train.py"], way=way).diagnostics) == 1


def test_settings_are_part_of_what_is_kept(here: Path) -> None:
    (here / "p.py").write_text(RIGHT)
    assert invoke("p.py").exit_code == 0
    (here / "rnninspect.toml").write_text("max-params = 1\n")
    assert invoke("p.py").exit_code == 1


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"imports": [], "result": [1, 2, 3]}'])
def test_a_damaged_cache_is_as_none(here: Path, damage: bytes) -> None:
    (here / "p.py").write_text(BROKEN)
    before = invoke("--cache-dir", "kept")
    entries = list((here / "kept").rglob("*.json"))
    assert len(entries) == 1
    entries[0].write_bytes(damage)
    assert invoke("--cache-dir", "kept").stdout == before.stdout
    assert len(json.loads(entries[0].read_bytes())["result"]) == 3


def test_a_cache_that_cannot_be_written_does_not_matter(here: Path) -> None:
    (here / "p.py").write_text(BROKEN)
    (here / "kept").write_text("a file")
    assert invoke("--cache-dir", "kept").exit_code == 1


def test_runs_can_share_a_cache(many: Path) -> None:
    command = [sys.executable, "-m", "rnninspect", "check-stack", "--format", "json", "--jobs", "2"]
    with ThreadPoolExecutor(3) as pool:
        outputs = list(
            pool.map(lambda _: subprocess.run(command, capture_output=True).stdout, range(3))
        )
    assert outputs[0]
    assert outputs[0] == outputs[1] == outputs[2]


def test_the_cache_is_no_part_of_a_repository(here: Path) -> None:
    (here / "p.py").write_text(BROKEN)
    subprocess.run(["git", "init", "-q", "."], check=True)
    invoke()
    status = subprocess.run(["git", "status", "--porcelain"], capture_output=True, text=True)
    assert status.stdout.split() == ["??", "p.py"]
    assert [one.name for one in here.iterdir() if one.name.startswith(".rnn")]


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


def test_standard_input_is_checked_as_the_file_it_belongs_to(here: Path) -> None:
    (here / "rnninspect.toml").write_text("[per-file-ignores]\n'old.py' = ['RNN101']\n")
    result = invoke("--stdin-filename", "new.py", "-", text=BROKEN)
    assert result.exit_code == 1
    assert json.loads(result.stdout)["diagnostics"][0]["path"] == "new.py"
    assert invoke("--stdin-filename", "old.py", "-", text=BROKEN).exit_code == 0
    assert invoke("-", text=BROKEN).exit_code == 1
    assert invoke("-", "new.py", text=BROKEN).exit_code == 2
    assert invoke("-", text="import keras\nx = = 1\n").exit_code == 2


def test_standard_input_is_mended_on_standard_output(here: Path) -> None:
    result = CliRunner().invoke(main, ["check-stack", "--fix", "-"], input=BROKEN)
    assert result.stdout == RIGHT
    assert result.exit_code == 0
    assert "1 mended" in result.stderr


def test_what_was_shared_by_import_does_not_go_from_one_program_to_the_next(here: Path) -> None:
    (here / "base.py").write_text(
        "from keras import Input, Sequential\nfrom keras.layers import LSTM, Dense\n"
        "model = Sequential([Input((20, 6)), LSTM(8)])\nshared = Dense(4)\n"
    )
    for name, size in (("a.py", 3), ("b.py", 5)):
        (here / name).write_text(
            "from keras import Input\nfrom keras.layers import RepeatVector\n"
            "from base import model, shared\n"
            f"model.add(RepeatVector(3))\ny = shared(Input(({size},)))\n"
        )
    assert check().diagnostics == ()


def test_a_folder_that_was_there_keeps_its_own_files(here: Path) -> None:
    (here / "p.py").write_text(BROKEN)
    (here / ".gitignore").write_text("mine\n")
    (here / "1-2").mkdir()
    (here / "0.0.1-1").mkdir()
    assert invoke("--cache-dir", ".").exit_code == 1
    assert (here / ".gitignore").read_text() == "mine\n"
    assert (here / "1-2").is_dir()
    assert not (here / "0.0.1-1").exists()  # entries of another version


def test_what_was_checked_is_what_is_kept(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "p.py").write_text(BROKEN)
    real = file.check_data

    def changed_meanwhile(data: bytes, found: Any, *rest: Any) -> Any:
        (here / "p.py").write_text(RIGHT)
        return real(data, found, *rest)

    monkeypatch.setattr(file, "check_data", changed_meanwhile)
    assert invoke().exit_code == 1
    monkeypatch.undo()
    monkeypatch.chdir(here)
    assert invoke().exit_code == 0


def test_a_crash_while_mending_is_its_own_matter(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "bad.py").write_text(BROKEN)
    (here / "good.py").write_text(BROKEN)

    def crashing(data: bytes, path: str, *rest: Any) -> Any:
        if path == "bad.py":
            raise ZeroDivisionError("strange")
        return read_text(data, path, *rest)

    monkeypatch.setattr("rnninspect.linting.mending.read_text", crashing)
    assert invoke("--fix").exit_code == 1
    assert (here / "bad.py").read_text() == BROKEN
    assert (here / "good.py").read_text() == RIGHT


def test_what_is_no_model_is_not_read_again(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "other.json").write_text('{"things": [{"class_name": "Thing"}]}')
    way = Way(cache_folder="kept")
    first = check(way=way)
    assert [one.status for one in first.files] == ["skipped"]
    monkeypatch.setattr(file, "check_data", None)
    assert check(way=way) == first
