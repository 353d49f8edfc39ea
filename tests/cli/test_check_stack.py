from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rnninspect.cli.main import main

BROKEN = """\
from keras import Input, Sequential
from keras.layers import LSTM, Dropout, SimpleRNN

model = Sequential([Input((20, 6))])
model.add(SimpleRNN(16))
model.add(Dropout(0.2))
model.add(LSTM(32))
"""


def run(*arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": "100"}).invoke(main, ["check-stack", *arguments])


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("train.py").write_text(BROKEN, encoding="utf-8")
    return "train.py"


def test_the_line_and_the_layer_that_caused_it_are_shown(broken: str) -> None:
    result = run(broken)
    assert result.exit_code == 1
    assert "error[RNN101]" in result.stdout
    assert "--> train.py:7:11" in result.stdout
    assert "5 | model.add(SimpleRNN(16))" in result.stdout
    assert "`dropout`)" in result.stdout
    assert "(None, 20, 6) → simple_rnn → (None, 16)" in result.stdout


def test_what_was_not_followed_is_listed(broken: str) -> None:
    Path("odd.py").write_text(
        "from keras import *\nlayer = layers.LSTM(8, **options)\n", encoding="utf-8"
    )
    text = "not followed: odd.py:2: the arguments of a call are not known"
    assert text in run("--show-unknown", "odd.py").stdout
    assert text not in run("odd.py").stdout
    data = json.loads(run("--format", "json", "odd.py").stdout)
    assert data["files"][0]["not_followed"] == [
        {
            "path": "odd.py",
            "cell": None,
            "line": 2,
            "reason": "the arguments of a call are not known",
        }
    ]


def test_concise_is_a_line_each_as_editors_read_it(broken: str) -> None:
    first = run(broken, "--format", "concise").stdout.splitlines()[0]
    assert first.startswith("train.py:7:11: RNN101 `lstm` needs a sequence")


def test_json_has_the_form_of_the_contract(broken: str) -> None:
    result = run(broken, "--format", "json")
    data = json.loads(result.stdout)
    assert data["schema"] == "rnninspect.check/1"
    (one,) = data["diagnostics"]
    assert (one["code"], one["name"]) == ("RNN101", "sequence-dropped-too-early")
    assert (one["line"], one["column"], one["end_line"], one["end_column"]) == (7, 11, 7, 19)
    assert one["input_shape"] == [None, 16]
    assert (one["expected_ndim"], one["found_ndim"]) == (3, 2)
    assert one["cause"]["layer"] == "simple_rnn" and one["cause"]["line"] == 5
    assert data["summary"]["errors"] == 1


def test_a_clean_run_is_one_line(broken: str) -> None:
    text = BROKEN.replace("SimpleRNN(16)", "SimpleRNN(16, return_sequences=True)")
    Path("train.py").write_text(text, encoding="utf-8")
    result = run(broken)
    assert result.exit_code == 0
    assert result.stdout == ("no errors in 1 file: 1 of 1 model understood completely, 3 layers\n")


def test_an_expression_is_read_and_never_run() -> None:
    bad = "Sequential([Input((20, 6)), SimpleRNN(16), LSTM(32)])"
    assert run("-e", bad).exit_code == 1
    assert run("-e", bad.replace("16", "16, return_sequences=True")).exit_code == 0
    assert run("-e", "__import__('os').abort()").exit_code == 0


def test_an_expression_is_placed_in_itself() -> None:
    bad = "Sequential([Input((20, 6)), SimpleRNN(16), LSTM(32)])"
    assert run("-e", bad, "--format", "concise").stdout.startswith("<expression>:1:44: RNN101")
    result = run("-e", "Sequential([")
    assert result.exit_code == 2 and "(line 1)" in result.stderr
    assert run("-e", bad, "train.py").exit_code == 2


def test_a_saved_architecture_is_checked_at_its_config_path(tmp_path: Path) -> None:
    first = {"name": "a", "units": 4, "batch_input_shape": [None, 9, 2]}
    configs = first, {"name": "b", "units": 4}
    layers = [{"class_name": "LSTM", "config": one} for one in configs]
    path = tmp_path / "m.json"
    config = {"class_name": "Sequential", "config": {"name": "m", "layers": layers}}
    path.write_text(json.dumps({**config, "keras_version": "2.4.0"}), encoding="utf-8")
    result = run(str(path), "--format", "json")
    (one,) = json.loads(result.stdout)["diagnostics"]
    assert one["code"] == "RNN101" and one["config_path"] == "config.layers[1]"


def test_rules_can_be_chosen(broken: str) -> None:
    assert run(broken, "--ignore", "RNN101").exit_code == 0
    assert run(broken, "--select", "RNN102").exit_code == 0
    assert run(broken, "--select", "RNN1").exit_code == 1
    assert run(broken, "--exit-zero").exit_code == 0
    result = run(broken, "--select", "RNN777")
    assert result.exit_code == 2 and "RNN777" in result.stderr


def test_a_program_that_does_not_parse_is_said_and_the_rest_goes_on(broken: str) -> None:
    Path("old.py").write_text("import keras\nx = = 1\n", encoding="utf-8")
    result = run(".")
    assert result.exit_code == 2
    assert "old.py: this is not Python 3 (line 2)" in result.stderr
    assert "RNN101" in result.stdout


def test_a_finding_in_a_notebook_has_its_cell(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# A model"]},
        {"cell_type": "code", "source": ["!pip install keras\n", "x = 1"]},
        {"cell_type": "code", "source": BROKEN.splitlines(keepends=True)},
    ]
    path = tmp_path / "n.ipynb"
    path.write_text(json.dumps({"nbformat": 4, "cells": cells}), encoding="utf-8")
    (one,) = json.loads(run(str(path), "--format", "json").stdout)["diagnostics"]
    assert (one["cell"], one["line"]) == (3, 7)


FIXED = BROKEN.replace("SimpleRNN(16)", "SimpleRNN(16, return_sequences=True)")


def test_fix_writes_the_repair_and_nothing_else(broken: str) -> None:
    result = run(broken, "--fix")
    assert result.exit_code == 0
    assert "1 fixed, no errors" in result.stdout
    assert Path(broken).read_text(encoding="utf-8") == FIXED


def test_diff_prints_the_patch_and_writes_nothing(broken: str) -> None:
    result = run(broken, "--diff")
    assert result.exit_code == 1
    assert "+model.add(SimpleRNN(16, return_sequences=True))\n" in result.stdout
    assert Path(broken).read_text(encoding="utf-8") == BROKEN
    assert run(broken, "--diff", "--ignore", "RNN101").exit_code == 0


def test_json_has_the_fix(broken: str) -> None:
    (one,) = json.loads(run(broken, "--format", "json").stdout)["diagnostics"]
    (edit,) = one["fix"]["edits"]
    assert one["fix"]["safe"] is True
    assert edit["start"] == edit["end"] == [5, 23]
    assert edit["text"] == ", return_sequences=True"


def test_an_expression_is_fixed_on_standard_output() -> None:
    bad = "Sequential([Input((20, 6)), SimpleRNN(16), LSTM(32)])"
    result = run("-e", bad, "--fix")
    assert result.stdout.splitlines()[0] == bad.replace("16)", "16, return_sequences=True)")


def test_unsafe_fixes_are_made_only_when_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "p.py"
    text = (
        "from keras import *\nfrom keras.layers import *\nm = Sequential([Input((20,)), LSTM(4)])\n"
    )
    file.write_text(text)
    assert run(str(file), "--fix").exit_code == 1
    assert file.read_text() == text
    assert run(str(file), "--unsafe-fixes").exit_code == 0
    assert file.read_text() == text.replace("(20,)", "(20, 1)")


@pytest.mark.keras
def test_keras_confirms_what_is_found_and_builds_what_is_not(broken: str) -> None:
    Path("good.py").write_text(FIXED, encoding="utf-8")
    result = run(".", "--verify", "--format", "json")
    data = json.loads(result.stdout)
    assert data["diagnostics"][0]["verified"] is True
    assert data["verification"]["confirmed"] == 1 and data["verification"]["built"] == 1
    assert data["verification"]["contradictions"] == []
    assert "1 error confirmed, 1 model built" in run(".", "--verify").stdout


@pytest.mark.keras
def test_a_contradiction_of_keras_is_shown_as_our_bug(
    broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rnninspect.keras_runtime.builder import Builder
    from rnninspect.sources.keras_summary import KerasSummary

    reply = KerasSummary("keras", "m", (), params=0, trainable=0, non_trainable=0)
    monkeypatch.setattr(Builder, "ask", lambda self, request: reply)
    result = run(broken, "--verify")
    assert result.exit_code == 70
    assert "we say RNN101, Keras builds it" in result.stderr


def test_markdown_is_checked_where_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    fence = "".join(f"    {line}\n" for line in BROKEN.splitlines())
    text = (
        f"# Notes\n\n```sh\npip install keras\n```\n\n1. A list:\n\n    ```python\n{fence}    ```\n"
    )
    Path("notes.md").write_text(text, encoding="utf-8")
    assert "0 files" in run(".").stdout
    found = run(".", "--markdown", "--format", "concise").stdout
    assert found.startswith("notes.md:16:15: RNN101")
    assert run("notes.md", "--fix").exit_code == 0
    assert Path("notes.md").read_text(encoding="utf-8") == text.replace(
        "SimpleRNN(16)", "SimpleRNN(16, return_sequences=True)"
    )


def test_fail_on(broken: str) -> None:
    assert run(broken, "--fail-on", "hint").exit_code == 1
    assert run(broken, "--exit-zero", "--fail-on", "hint").exit_code == 0
