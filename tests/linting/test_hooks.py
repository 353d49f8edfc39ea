"""Where the lint step runs: pre-commit, the GitHub action, completion; each as a user has it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from rnninspect.cli.main import main
from rnninspect.linting.settings import Configuration
from tests.linting.conftest import BROKEN, RIGHT

ROOT = Path(__file__).parents[2]
SCRIPTS = str(Path(sys.executable).parent)


def git(folder: Path, *args: str) -> None:
    who = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    subprocess.run(["git", *who, *args], cwd=folder, check=True, capture_output=True)


def copied(folder: Path) -> None:
    """What belongs to the project, as a repository of its own."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in listed.stdout.splitlines():
        if name.startswith(("tests/", "sample_models/")) or not (ROOT / name).is_file():
            continue
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "all")


def test_pre_commit_runs_the_hooks(tmp_path: Path) -> None:
    hooks, work = tmp_path / "hooks", tmp_path / "work"
    hooks.mkdir()
    work.mkdir()
    copied(hooks)
    head = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=hooks, check=True, capture_output=True, text=True
    )
    git(work, "init", "-q")
    used = [{"id": "rnninspect"}, {"id": "rnninspect-fix", "stages": ["manual"]}]
    repo = {"repo": hooks.as_uri(), "rev": head.stdout.strip(), "hooks": used}
    (work / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [repo]}))
    (work / "train.py").write_text(BROKEN)
    (work / "notes.txt").write_text("keras")
    git(work, "add", "-A")
    env = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "home")}

    def pre_commit(*args: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "pre_commit", "run", "--all-files", *args],
            cwd=work,
            env=env,
            capture_output=True,
            text=True,
        )

    failed = pre_commit()
    assert failed.returncode == 1, failed.stdout + failed.stderr
    assert "RNN101" in failed.stdout
    assert (work / "train.py").read_text() == BROKEN
    fixed = pre_commit("--hook-stage", "manual", "rnninspect-fix")
    assert fixed.returncode == 1  # pre-commit wants the change to be looked at
    assert (work / "train.py").read_text() == RIGHT
    git(work, "add", "-A")
    passed = pre_commit()
    assert passed.returncode == 0, passed.stdout + passed.stderr


def test_the_action_runs_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    steps: list[Mapping[str, Any]] = action["runs"]["steps"]
    check = next(one for one in steps if one.get("id") == "check")
    (tmp_path / "a b.py").write_text(BROKEN)
    (tmp_path / "train.py").write_text(BROKEN)
    env = {
        **os.environ,
        "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}",
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "RUNNER_TEMP": str(tmp_path),
        "CHECK_PATHS": action["inputs"]["paths"]["default"],
        "CHECK_ARGS": "--fail-on warning",
    }
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", check["run"]],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1, done.stderr
    assert done.stdout.count("::error file=") == 2
    sarif = tmp_path / "rnninspect.sarif"
    assert (tmp_path / "output").read_text() == f"sarif-file={sarif}\n"
    assert len(json.loads(sarif.read_bytes())["runs"][0]["results"]) == 2
    upload = next(one for one in steps if "upload-sarif" in one.get("uses", ""))
    assert "always()" in upload["if"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete(shell: str) -> None:
    source = subprocess.run(
        [f"{SCRIPTS}/rnninspect"],
        env={**os.environ, "_RNNINSPECT_COMPLETE": f"{shell}_source"},
        capture_output=True,
        text=True,
    )
    assert source.returncode == 0, source.stderr
    assert "rnninspect" in source.stdout
    asked = {"COMP_WORDS": "rnninspect check-stack --no-c", "COMP_CWORD": "2"}
    if shell == "fish":
        asked["COMP_CWORD"] = "--no-c"
    answer = subprocess.run(
        [f"{SCRIPTS}/rnninspect"],
        env={**os.environ, "_RNNINSPECT_COMPLETE": f"{shell}_complete", **asked},
        capture_output=True,
        text=True,
    )
    assert "--no-cache" in answer.stdout


def test_the_settings_of_the_readme_are_taken(here: Path) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    (block,) = re.findall(r"```toml\n(\[tool\.rnninspect\].*?)```", readme, re.S)
    (here / "pyproject.toml").write_text(block)
    settings = Configuration().of("p.py")
    assert settings.select == ("RNN1", "RNN5", "RNN9")
    assert settings.max_params == 1_000_000
    assert settings.keras_version == "2.13"


def test_the_gitlab_snippet_of_the_readme_runs(here: Path) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    blocks = [yaml.safe_load(one) for one in re.findall(r"```yaml\n(.*?)```", readme, re.S)]
    job = next(one["rnninspect"] for one in blocks if "rnninspect" in one)
    (here / "train.py").write_text(BROKEN)
    command = job["script"][-1].split()[1:]
    assert CliRunner().invoke(main, command).exit_code == 1
    report = here / job["artifacts"]["reports"]["codequality"]
    assert [one["check_name"] for one in json.loads(report.read_bytes())] == ["RNN101"]
