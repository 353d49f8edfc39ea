from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from rnninspect.cli.main import main
from rnninspect.linting import cache, file
from rnninspect.linting.cache import program_version
from rnninspect.linting.run import Way
from rnninspect.linting.session import check
from tests.linting.conftest import BROKEN, HEAD, RIGHT
from tests.programs import program


def invoke(*args: str) -> Result:
    return CliRunner().invoke(main, ["check-stack", "--format", "json", *args])


def test_nothing_is_read_again_that_did_not_change(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        (here / f"p{number:03}.py").write_text(program(number), "utf-8")
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
    (here / "p003.py").write_text(BROKEN)
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


def test_the_cache_is_no_part_of_a_repository(here: Path) -> None:
    (here / "p.py").write_text(BROKEN)
    subprocess.run(["git", "init", "-q", "."], check=True)
    invoke()
    status = subprocess.run(["git", "status", "--porcelain"], capture_output=True, text=True)
    assert status.stdout.split() == ["??", "p.py"]
    assert [one.name for one in here.iterdir() if one.name.startswith(".rnn")]


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


def test_what_is_no_model_is_not_read_again(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "other.json").write_text('{"things": [{"class_name": "Thing"}]}')
    way = Way(cache_folder="kept")
    first = check(way=way)
    assert [one.status for one in first.files] == ["skipped"]
    monkeypatch.setattr(file, "check_data", None)
    assert check(way=way) == first


@pytest.fixture
def checked(here: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], bool]:
    """A function that checks a file and says whether it was read."""
    (here / "p.py").write_text(BROKEN)
    read: list[str] = []
    real = file.check_data

    def counted(data: bytes, source: Any, *rest: Any) -> Any:
        read.append(source.path)
        return real(data, source, *rest)

    monkeypatch.setattr(file, "check_data", counted)

    def was_read() -> bool:
        read.clear()
        check(["p.py"], way=Way(jobs=1, cache_folder="kept"))
        return bool(read)

    assert was_read()
    assert not was_read()
    return was_read


def test_another_rule_is_a_miss(
    checked: Callable[[], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "codes", lambda: ("RNN101",))
    assert checked()
    assert not checked()


@pytest.mark.parametrize("setting", ["max-params = 5", "max-bytes = 5", "keras-version = '2.13'"])
def test_another_setting_of_a_rule_is_a_miss(
    checked: Callable[[], bool], here: Path, setting: str
) -> None:
    (here / "rnninspect.toml").write_text(setting)
    assert checked()
    assert not checked()


def test_another_version_of_keras_is_a_miss(
    checked: Callable[[], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    for major in (1, 2):
        monkeypatch.setattr("rnninspect.linting.settings.installed_major", lambda: major)  # noqa: B023
        assert checked()
        assert not checked()


def test_another_version_of_the_program_is_a_miss(
    checked: Callable[[], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "program_version", lambda: "f" * 16)
    assert checked()
    assert not checked()


def test_the_version_of_the_program_is_that_of_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "rnn101.py").write_text("x = 1")
    (tmp_path / "notes.md").write_text("x")
    monkeypatch.setattr(cache, "PACKAGE", tmp_path)

    def version() -> str:
        program_version.cache_clear()
        return program_version()

    try:
        first = version()
        (tmp_path / "notes.md").write_text("another text")
        assert version() == first
        (tmp_path / "rules" / "rnn101.py").write_text("x = 12")
        changed = version()
        assert changed != first
        (tmp_path / "rules" / "rnn102.py").write_text("x = 1")
        assert version() not in (first, changed)
    finally:
        program_version.cache_clear()
