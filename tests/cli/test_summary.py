"""`rnninspect summary`, as a user runs it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from syrupy.assertion import SnapshotAssertion

from rnninspect.cli.main import main

SAMPLES = (
    "simple_rnn_stack.keras",
    "lstm_stack.h5",
    "gru_stack.keras",
    "bidirectional_tagger.keras",
    "encoder_decoder.keras",
    "conv_lstm.keras",
    "custom_layer.keras",
)


@pytest.fixture(autouse=True)
def here(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run beside the samples, without what the developer's terminal says."""
    monkeypatch.chdir(samples)
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)


def run(*arguments: str, **environment: str) -> Result:
    return CliRunner(env=environment).invoke(main, ["summary", *arguments])


def table(*arguments: str, **environment: str) -> str:
    result = run(*arguments, "--compare", "none", **environment)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("width", ["100", "80", "60"])
def test_the_look_of_a_stack(width: str, snapshot: SnapshotAssertion) -> None:
    assert table("gru_stack.keras", "--gates", COLUMNS=width) == snapshot


@pytest.mark.parametrize("width", ["130", "60"])
def test_the_look_of_a_graph(width: str, snapshot: SnapshotAssertion) -> None:
    assert table("encoder_decoder.keras", COLUMNS=width) == snapshot


def test_the_look_of_what_is_not_known(snapshot: SnapshotAssertion) -> None:
    result = run("custom_layer.keras", "--compare", "stored")
    assert result.exit_code == 0
    assert result.stdout == snapshot


def test_the_look_of_markdown(snapshot: SnapshotAssertion) -> None:
    assert table("bidirectional_tagger.keras", "--format", "markdown", "--gates") == snapshot


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("width", ["130", "80", "60"])
def test_no_line_is_wider_than_the_terminal(name: str, width: str) -> None:
    lines = table(name, "--gates", COLUMNS=width).splitlines()
    assert max(map(len, lines)) <= int(width)


def test_a_pipe_gets_each_row_on_one_line() -> None:
    rows = [line for line in table("encoder_decoder.keras").splitlines() if "(LSTM)" in line]
    assert len(rows) == 2
    assert "encoder[0][1], encoder[0][2]" in rows[1]
    assert all(line == line.rstrip() for line in rows)


def printed_numbers(text: str) -> tuple[list[int], int]:
    """The parameters of the rows that are not indented, and the printed total."""
    rows = re.findall(r"^\| `.*?` \| `.*?` \| ([\d,?]+) \|", text, flags=re.MULTILINE)
    total = re.search(r"Total params: (?:at least )?([\d,]+)", text)
    assert total is not None
    numbers = [int(row.replace(",", "")) for row in rows if row != "?"]
    return numbers, int(total[1].replace(",", ""))


@pytest.mark.parametrize("name", SAMPLES)
def test_columns_add_up_and_every_format_says_the_same(name: str) -> None:
    rows, total = printed_numbers(table(name, "--format", "markdown"))
    assert sum(rows) == total
    data = json.loads(table(name, "--format", "json"))
    totals = data["models"][0]["totals"]
    assert totals["params"] == total
    assert sum(layer["params"] or 0 for layer in data["models"][0]["layers"]) == total
    text = table(name)
    at_least = "at least " if totals["at_least"] else ""
    assert f" Total params: {at_least}{total:,} (" in text
    assert f" Trainable params: {at_least}{totals['trainable_params']:,}\n" in text
    assert f" Non-trainable params: {at_least}{totals['non_trainable_params']:,}\n" in text


@pytest.mark.keras
@pytest.mark.parametrize("name", ["simple_rnn_stack.keras", "lstm_stack.h5", "lstm_stack.json"])
def test_both_witnesses_agree_by_default(name: str) -> None:
    result = run(name)
    assert result.exit_code == 0
    assert re.search(r"✓ Keras 3\S* \(tensorflow \S+\) agrees on 3 layers", result.stdout)
    words = "not compared" if name.endswith("json") else "✓ stored weights agree on 3 layers"
    assert words in result.stdout
    assert result.stderr == ""


@pytest.mark.keras
def test_the_comparison_in_json() -> None:
    data = json.loads(run("gru_stack.keras", "--format", "json").stdout)
    comparisons = data["models"][0]["comparisons"]
    assert [one["against"] for one in comparisons] == ["stored weights", "keras"]
    assert [one["status"] for one in comparisons] == ["agree", "agree"]
    assert comparisons[1]["rows"][0] == {"layer": "gru", "ours": 1152, "theirs": 1152}


def altered(samples: Path, target: Path) -> str:
    """A GRU whose config says another bias than its weights have."""
    with (
        zipfile.ZipFile(samples / "gru_stack.keras") as one,
        zipfile.ZipFile(target, "w") as two,
    ):
        for name in one.namelist():
            data = one.read(name)
            if name == "config.json":
                data = data.replace(b'"reset_after": true', b'"reset_after": false', 1)
            two.writestr(name, data)
    return str(target)


def test_a_disagreement_is_shown_row_by_row_with_exit_status_1(
    samples: Path, tmp_path: Path
) -> None:
    path = altered(samples, tmp_path / "m.keras")
    for form in ("table", "markdown", "json"):
        result = run(path, "--compare", "stored", "--format", form)
        assert result.exit_code == 1
        assert "1,104" in result.stdout or '"ours": 1104' in result.stdout
        assert "expected (48,), found (2, 48)" in result.stdout


@pytest.mark.keras
def test_a_custom_layer_is_not_given_to_keras() -> None:
    result = run("custom_layer.keras", "--compare", "keras")
    assert result.exit_code == 0
    assert "- Keras: not compared: StepWeights" in result.stdout
    assert "--trust loads it all the same" in result.stdout


def test_without_keras_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    result = run("gru_stack.keras")
    assert result.exit_code == 0
    lines = [line for line in result.stdout.splitlines() if "not installed" in line]
    assert lines == [
        " - Keras: not compared: Keras is not installed; install it with: "
        "pip install 'rnninspect[tensorflow]'"
    ]
    assert "✓ stored weights agree on 3 layers" in result.stdout


def test_shapes_for_a_batch() -> None:
    assert "(32, 20, 16)" in table("gru_stack.keras", "--batch", "32")


def test_nested_models_are_indented_or_left_out(tmp_path: Path) -> None:
    path = tmp_path / "nested.json"
    path.write_text(json.dumps(nested()))
    assert "\n   inside (Dense)" in table(str(path))
    assert "inside" not in table(str(path), "--no-expand").split("Total")[0]


def nested() -> dict[str, Any]:
    def layer(class_name: str, name: str, **config: Any) -> dict[str, Any]:
        return {"class_name": class_name, "module": "keras", "config": {"name": name, **config}}

    shape = {"batch_shape": [None, 6]}
    inner = [layer("InputLayer", "in", **shape), layer("Dense", "inside", units=3)]
    outer = [layer("InputLayer", "out", **shape), layer("Sequential", "inner", layers=inner)]
    return layer("Sequential", "outer", layers=outer)


EVIL = "evil\x1b]0;title\x07[red]|`*<b>\u202e\n"


@pytest.mark.parametrize("form", ["table", "markdown", "json"])
def test_names_from_files_cannot_steer_the_terminal(form: str, tmp_path: Path) -> None:
    config = nested()
    config["config"]["name"] = EVIL
    config["config"]["layers"][1]["config"]["name"] = EVIL
    path = tmp_path / "evil.json"
    path.write_text(json.dumps(config))
    text = table(str(path), "--format", form)
    assert not [char for char in text if not char.isprintable() and char != "\n"] or form == "json"
    if form == "json":
        assert json.loads(text)["models"][0]["layers"][0]["name"] == EVIL
        assert "\x1b" not in text
    else:
        assert "evil\\x1b]0;title\\x07[red]" in text


@pytest.mark.parametrize("form", ["table", "markdown", "json"])
def test_lone_surrogates_and_old_encodings_do_not_hinder(form: str, tmp_path: Path) -> None:
    config = nested()
    config["config"]["layers"][1]["config"]["name"] = "\ud800 ü"
    path = tmp_path / "m.json"
    path.write_text(json.dumps(config))
    for encoding in ("utf-8", "ascii", "cp1252"):
        done = program("summary", str(path), "--compare", "none", "--format", form,
                       PYTHONIOENCODING=encoding)  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert b"(6 + 1)" in done.stdout


def test_colour_is_for_terminals_unless_it_is_asked_for() -> None:
    assert "\x1b[" not in table("gru_stack.keras")
    assert "\x1b[" in table("gru_stack.keras", "--color", "always")
    assert "\x1b[" in table("gru_stack.keras", "--color", "always", NO_COLOR="1")
    assert "\x1b[" not in table("gru_stack.keras", "--color", "never", FORCE_COLOR="1")


def test_options_may_stand_before_the_command() -> None:
    result = CliRunner().invoke(
        main, ["--color", "always", "summary", "gru_stack.keras", "--compare", "none"]
    )
    assert "\x1b[" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nothing.keras"], "nothing.keras: there is no such file"),
        (["gru_stack.keras", "--model", "x"], "there is no model 'x'"),
        (["gru_stack.keras", "--batch", "0"], "--batch"),
        (["gru_stack.keras", "--format", "html"], "'html'"),
        (["gru_stack.keras", "--nonsense"], "--nonsense"),
        ([], "MODEL"),
        (["../LICENSE"], "not a format that holds a Keras model"),
        (["-e", "1", "gru_stack.keras"], "one of MODEL and -e EXPR"),
        (["-e", "1 + 1"], "no model is built here"),
    ],
)
def test_what_cannot_be_done_is_one_line_a_hint_and_exit_status_2(
    arguments: list[str], words: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert lines[0].startswith("error: ") and words in lines[0]
    assert len(lines) == 2 and lines[1].startswith("hint: ")


def test_help_has_examples_and_exit_statuses() -> None:
    for arguments in (["-h"], ["summary", "-h"]):
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 0
        assert "rnninspect summary model.keras" in result.stdout
        assert "Exit status" in result.stdout


def test_a_config_on_standard_input(samples: Path) -> None:
    text = (samples / "lstm_stack.json").read_text()
    result = CliRunner().invoke(main, ["summary", "-", "--compare", "none"], input=text)
    assert result.exit_code == 0
    assert "4 × (6 + 16 + 1) × 16" in result.stdout


def test_numbers_of_any_size_are_printed(tmp_path: Path) -> None:
    config = nested()
    layers = config["config"]["layers"]
    layers[0]["config"]["batch_shape"] = [None, *[2**62] * 60]
    layers[1] = {"class_name": "Flatten", "module": "keras", "config": {"name": "flat"}}
    for number in range(300):
        name = {"name": f"repeat{number}", "n": 2**62}
        layers.append({"class_name": "RepeatVector", "module": "keras", "config": name})
        name = {"name": f"flat{number}"}
        layers.append({"class_name": "Flatten", "module": "keras", "config": name})
    path = tmp_path / "m.json"
    path.write_text(json.dumps(config))
    for form in ("table", "json", "markdown"):
        assert len(table(str(path), "--format", form)) > 10_000


def test_an_unbuilt_model_says_what_it_does_not_know(tmp_path: Path) -> None:
    config = nested()
    del config["config"]["layers"][0], config["config"]["layers"][0]["config"]["layers"][0]
    path = tmp_path / "m.json"
    path.write_text(json.dumps(config))
    assert "Total params: at least 3 (" in table(str(path))
    assert "(features + 1) × 3" in table(str(path))


# The installed program


PROGRAM = str(Path(sysconfig.get_path("scripts")) / "rnninspect")


def program(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [PROGRAM, *arguments],
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )


def test_the_installed_program_does_the_same() -> None:
    done = program("summary", "gru_stack.keras", "--compare", "none")
    assert done.returncode == 0
    assert done.stdout.decode() == table("gru_stack.keras")
    assert done.stderr == b""


def test_python_dash_m_does_the_same() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rnninspect", "--version"], capture_output=True, check=True
    )
    assert done.stdout == b"rnninspect 0.1.0\n"


def test_the_exit_status_comes_through(samples: Path, tmp_path: Path) -> None:
    path = altered(samples, tmp_path / "m.keras")
    assert program("summary", path, "--compare", "stored").returncode == 1
    assert program("summary", "nothing.keras").returncode == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_reader_that_leaves_is_no_error() -> None:
    command = f"'{PROGRAM}' summary gru_stack.keras --compare none | head -n 1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert done.stdout.startswith(b"Model:")
    assert b"Traceback" not in done.stderr


@pytest.mark.keras
def test_a_live_model_says_that_code_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.py").write_text(
        "import keras\nprint('noise')\ndef build():\n"
        "    return keras.Sequential([keras.Input((20, 6)), keras.layers.GRU(3)])\n"
    )
    done = program("summary", "mine:build")
    assert done.returncode == 0
    assert b"note: mine:build runs your code, in a child process\n" in done.stderr
    assert b"noise" not in done.stdout
    assert "✓ Keras 3" in done.stdout.decode()
    quiet = program("summary", "mine:build", "--quiet", "--compare", "none")
    assert b"note:" not in quiet.stderr


@pytest.mark.keras
def test_the_table_is_out_before_keras_answers() -> None:
    command = [PROGRAM, "summary", "gru_stack.keras"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        early = b""
        while b"Non-trainable" not in early:
            early += process.stdout.readline()
        running = process.poll() is None
        rest = process.stdout.read()
    assert running
    assert "✓ Keras 3" in rest.decode()
