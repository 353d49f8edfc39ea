from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rnninspect.cli.main import main
from tests.linting.conftest import BROKEN, HEAD

LINE = "model = Sequential([Input((20, 6)), LSTM(8), LSTM(4)])"
LONG = "model = Sequential([\n    Input((20, 6)),\n    LSTM(8),\n    LSTM(4),{0}\n]){1}\n"


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["check-stack", "--format", "concise", "-q", *args])


@pytest.mark.parametrize(
    "body",
    [
        f"{LINE}  # noqa\n",
        f"{LINE}  # NOQA: RNN101\n",
        f"{LINE}  # noqa: E501, RNN101\n",
        LONG.format("  # noqa: RNN101", ""),
        LONG.format("", "  # noqa: RNN101"),
        f"# rnninspect: off\n{LINE}\n# rnninspect: on\n",
        f"# rnninspect: off\n{LINE}\n",
    ],
)
def test_comments_silence(here: Path, body: str) -> None:
    (here / "p.py").write_text(HEAD + body)
    result = run()
    assert (result.exit_code, result.stdout) == (0, "")


@pytest.mark.parametrize(
    "body",
    [
        f"{LINE}  # noqa: RNN102\n",
        f"{LINE}  # noqa: E501\n",
        f"text = '# noqa'; {LINE}\n",
        f"# rnninspect: off\n# rnninspect: on\n{LINE}\n",
        f"# noqa: RNN101\n{LINE}\n",
    ],
)
def test_other_comments_do_not(here: Path, body: str) -> None:
    (here / "p.py").write_text(HEAD + body)
    result = run()
    assert result.exit_code == 1
    assert "RNN101" in result.stdout


def test_what_silences_nothing_is_said(here: Path) -> None:
    text = HEAD + "x = 1  # noqa: RNN101\ny = 2  # noqa\nz = 3  # noqa: E501\n# rnninspect: off\n"
    (here / "p.py").write_text(text)
    result = run()
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "p.py:3:8: RNN901 `# noqa: RNN101` silences nothing",
        "p.py:6:1: RNN901 `# rnninspect: off` silences nothing",
    ]
    assert run("--fail-on", "hint").exit_code == 1


def notebook(path: Path, *cells: str) -> None:
    made = [{"cell_type": "code", "source": one, "metadata": {}, "outputs": []} for one in cells]
    path.write_text(json.dumps({"cells": made, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}))


def test_notebooks_have_their_comments(here: Path) -> None:
    notebook(here / "n.ipynb", HEAD, f"%matplotlib inline\n{LINE}  # noqa: RNN101\n")
    assert run().exit_code == 0


def test_a_comment_in_an_imported_file_counts(here: Path) -> None:
    (here / "nets.py").write_text(
        f"{HEAD}def make(units):\n    first = LSTM(units)\n"
        "    return Sequential([Input((20, 6)), first, LSTM(4)])  # noqa: RNN101\n"
    )
    (here / "train.py").write_text("import keras\nfrom nets import make\nmodel = make(8)\n")
    assert run("train.py").exit_code == 0
    assert run().stdout == ""


def test_comments_are_written(here: Path) -> None:
    (here / "p.py").write_text(HEAD + LONG.format("", "") + f"{LINE}  # noqa: RNN103\n")
    notebook(here / "n.ipynb", BROKEN)
    assert run("--add-noqa").exit_code == 0
    assert run("--fail-on", "error").stdout == ""
    text = (here / "p.py").read_text()
    assert "])  # noqa: RNN101\n" in text
    assert f"{LINE}  # noqa: RNN103, RNN101\n" in text


def test_nothing_silenced_is_mended(here: Path) -> None:
    text = f"{HEAD}{LINE}  # noqa: RNN101\n"
    (here / "p.py").write_text(text)
    assert run("--fix").exit_code == 0
    assert (here / "p.py").read_text() == text


def test_a_baseline_counts_what_was_there(here: Path) -> None:
    (here / "sub").mkdir()
    program = here / "sub" / "p.py"
    program.write_text(BROKEN)
    assert run("--write-baseline", "known.json").exit_code == 0
    data = json.loads((here / "known.json").read_text())
    assert data["counts"] == {"sub/p.py": {"RNN101": 1}}
    assert run("--baseline", "known.json").exit_code == 0
    program.write_text("# a line more\n" + BROKEN)
    assert run("--baseline", "known.json").exit_code == 0
    program.write_text(BROKEN + LINE + "\n")
    result = run("--baseline", "known.json")
    assert result.exit_code == 1
    assert result.stdout.count("RNN101") == 1
    program.write_text(HEAD)
    result = CliRunner().invoke(main, ["check-stack", "--baseline", "known.json"])
    assert "stale; rerun --write-baseline" in result.stderr


@pytest.mark.parametrize("text", ["", "[]", '{"counts": {"p.py": 3}}'])
def test_what_is_no_baseline_is_said(here: Path, text: str) -> None:
    (here / "known.json").write_text(text)
    result = run("--baseline", "known.json")
    assert result.exit_code == 2
    assert "not a baseline" in result.stderr
    assert run("--baseline", "none.json").exit_code == 2
