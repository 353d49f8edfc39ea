from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rnninspect.fixing.fix import read_text
from rnninspect.linting.discovery import discover
from rnninspect.linting.fixes import fixed_files, fixed_text, suppressed_files
from rnninspect.linting.session import check
from rnninspect.linting.settings import Configuration
from tests.linting.conftest import BROKEN, HEAD, RIGHT
from tests.linting.test_session import invoke


def test_a_crash_while_fixing_is_its_own_matter(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "bad.py").write_text(BROKEN)
    (here / "good.py").write_text(BROKEN)

    def crashing(data: bytes, path: str, *rest: Any) -> Any:
        if path == "bad.py":
            raise ZeroDivisionError("strange")
        return read_text(data, path, *rest)

    monkeypatch.setattr("rnninspect.linting.fixes.read_text", crashing)
    assert invoke("--fix").exit_code == 1
    assert (here / "bad.py").read_text() == BROKEN
    assert (here / "good.py").read_text() == RIGHT


def test_only_findings_that_are_shown_are_fixed(here: Path) -> None:
    for configuration in (
        Configuration({"ignore": ("RNN101",)}),
        Configuration({"select": ("RNN9",)}),
    ):
        assert fixed_text(BROKEN.encode(), "p.py", configuration) is None
    silenced = BROKEN.replace("])", "])  # noqa: RNN101")
    assert fixed_text(silenced.encode(), "p.py", Configuration()) is None
    changed = fixed_text(BROKEN.encode(), "p.py", Configuration())
    assert changed is not None
    assert (changed.before, changed.after, changed.fixes) == (BROKEN.encode(), RIGHT.encode(), 1)


def test_files_that_cannot_be_read_are_left_out(here: Path) -> None:
    (here / "a.py").write_text("import keras\nx = = 1\n")
    (here / "b.py").write_text("x = 1\n")
    (here / "c.py").write_text(BROKEN)
    files = tuple(discover((".",), Configuration()))
    assert [file.path for file in fixed_files(files, Configuration())] == ["c.py"]
    assert fixed_files(files, Configuration(), timeout_seconds=1e-6) == ()


def test_a_warning_does_not_block_the_fix_of_an_error(here: Path) -> None:
    (here / "rnninspect.toml").write_text("max-params = 1\n")  # RNN501 stays after the fix
    (here / "p.py").write_text(f"{BROKEN}other = Sequential([Input((20, 6)), LSTM(8)])\n")
    result = invoke("--fix")
    assert result.exit_code == 1
    assert (here / "p.py").read_text().startswith(RIGHT)


def test_comments_turn_findings_off(here: Path) -> None:
    (here / "p.py").write_text(f"{HEAD}x = 1  # noqa: RNN101\n{BROKEN.removeprefix(HEAD)}")
    (changed,) = suppressed_files(check().diagnostics)
    assert changed.fixes == 1
    assert changed.after.decode().splitlines()[-1].endswith("LSTM(4)])  # noqa: RNN101")
