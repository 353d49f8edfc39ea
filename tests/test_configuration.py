"""The configuration of the tools and of CI: what other guards rely on stays switched on."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
CONFIG: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = CONFIG["project"]["optional-dependencies"]
TOOLS = CONFIG["tool"]
CI = (ROOT / ".ci" / "without-keras").read_text(encoding="utf-8")


def packages(extra: str) -> Iterator[str]:
    """Yield the packages that an extra installs, those of the extras that it names included."""
    for requirement in EXTRAS[extra]:
        match = re.match(r"([\w-]+)(?:\[([\w,]+)\])?", requirement)
        assert match is not None
        if match[1] == "rnninspect":
            for other in match[2].split(","):
                yield from packages(other)
        else:
            yield match[1]


def test_the_extra_for_tests_has_no_keras_and_that_for_development_has_all() -> None:
    assert not {"keras", "tensorflow"} & set(packages("test"))
    assert {*packages("test"), "keras", "tensorflow", "mypy", "ruff"} <= set(packages("dev"))


def test_ci_runs_the_tests_without_keras() -> None:
    assert "'.[test]'" in CI
    assert 'pytest --quiet -m "not keras"' in CI
    assert "\n.ci/without-keras\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    assert "run: .ci/without-keras\n" in workflow


def test_coverage_counts_the_branches_of_the_whole_package_and_ci_asks_for_it() -> None:
    assert TOOLS["coverage"]["run"] == {"branch": True, "source": ["rnninspect"]}
    assert TOOLS["coverage"]["report"]["fail_under"] >= 80
    assert re.search(r"pytest .*--cov$", CI, re.M)


@pytest.mark.parametrize(("percent", "status"), [(100, 2), (0, 0)])
def test_too_little_coverage_fails(percent: int, status: int, tmp_path: Path) -> None:
    source = tmp_path / "pack.py"
    source.write_text("def f(x):\n    if x:\n        return 1\n    return 2\n\nf(1)\n")
    configuration = tmp_path / "coveragerc"
    configuration.write_text(f"[run]\nbranch = true\n[report]\nfail_under = {percent}\n")
    command = [sys.executable, "-m", "coverage"]
    option = f"--rcfile={configuration}"
    subprocess.run([*command, "run", option, str(source)], cwd=tmp_path, check=True)
    done = subprocess.run([*command, "report", option], cwd=tmp_path, capture_output=True)
    assert done.returncode == status


def test_warnings_and_unknown_markers_are_errors_and_types_are_strict() -> None:
    pytest_options = TOOLS["pytest"]["ini_options"]
    assert pytest_options["filterwarnings"][0] == "error"
    assert {"--strict-markers", "--strict-config"} <= set(pytest_options["addopts"])
    assert TOOLS["mypy"]["strict"] is True
    assert {"rnninspect", "tests"} <= set(TOOLS["mypy"]["files"])
