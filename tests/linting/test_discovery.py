from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from rnninspect.cli.main import main
from tests.linting.conftest import RIGHT


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def files(*args: str) -> list[str]:
    result = CliRunner().invoke(main, ["check-stack", "--show-files", *args])
    assert result.exit_code == 0
    return result.stdout.splitlines()


def test_what_git_ignores_is_left_out(here: Path) -> None:
    for name in ("a.py", "skip/b.py", "skip/keep.py", "deep/out/c.py", "deep/d.py", "e_gen.py"):
        write(here / name, RIGHT)
    (here / ".git").mkdir()
    write(here / ".gitignore", "/skip/*\n!/skip/keep.py\n*_gen.py\n")
    write(here / "deep" / ".gitignore", "out/\n!e_gen.py\n")
    write(here / "deep" / "e_gen.py", RIGHT)
    write(here / ".git" / "info" / "exclude", "nothing\n")
    assert files() == ["a.py", "deep/d.py", "deep/e_gen.py", "skip/keep.py"]
    assert files("deep") == ["deep/d.py", "deep/e_gen.py"]
    assert files("e_gen.py") == ["e_gen.py"]


def test_environments_caches_and_hidden_folders_are_left_out(here: Path) -> None:
    for name in ("a.py", ".venv/b.py", "node_modules/c.py", ".hidden/d.py", "__pycache__/e.py"):
        write(here / name, RIGHT)
    write(here / "myenv" / "pyvenv.cfg", "")
    write(here / "myenv" / "f.py", RIGHT)
    write(here / "notes.txt", "")
    assert files() == ["a.py"]
    assert files(".hidden/d.py") == [".hidden/d.py"]


def test_links_are_not_followed_in_circles(here: Path) -> None:
    write(here / "a" / "p.py", RIGHT)
    (here / "a" / "again").symlink_to(here / "a")
    (here / "same.py").symlink_to(here / "a" / "p.py")
    assert files() == ["a/p.py"]


def test_patterns_leave_files_out(here: Path) -> None:
    for name in ("a.py", "legacy/b.py", "x/test_c.py", "build/d.py"):
        write(here / name, RIGHT)
    assert files() == ["a.py", "legacy/b.py", "x/test_c.py"]
    assert files("--extend-exclude", "legacy", "--extend-exclude", "test_*.py") == ["a.py"]
    assert files("--exclude", "a.py") == ["build/d.py", "legacy/b.py", "x/test_c.py"]
    assert files("--exclude", "legacy", "legacy/b.py") == ["legacy/b.py"]
    assert files("--exclude", "legacy", "--force-exclude", "legacy/b.py") == []


def test_texts_are_there_if_they_hold_a_printed_summary(here: Path) -> None:
    write(here / "log.txt", "Epoch 1\nLayer (type)    Output Shape    Param #\n")
    write(here / "train.log", "Layer (type)    Output Shape    Param #\n")
    write(here / "requirements.txt", "keras\n")
    assert files() == ["log.txt", "train.log"]
    assert files("requirements.txt") == ["requirements.txt"]
