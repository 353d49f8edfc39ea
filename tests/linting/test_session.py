from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rnninspect.cli.main import main
from rnninspect.errors import BadRequest, SourceNotFound
from rnninspect.linting.baseline import Baseline
from rnninspect.linting.session import Session, check, check_text, write_suppressions
from rnninspect.linting.settings import Configuration
from rnninspect.reader.naming import EXPRESSION
from tests.linting.conftest import BROKEN, RIGHT


def invoke(*args: str, text: str | None = None) -> Result:
    return CliRunner().invoke(main, ["check-stack", "--format", "json", *args], input=text)


def test_standard_input_is_checked_as_the_file_it_belongs_to(here: Path) -> None:
    (here / "rnninspect.toml").write_text("[per-file-ignores]\n'old.py' = ['RNN101']\n")
    result = invoke("--stdin-filename", "new.py", "-", text=BROKEN)
    assert result.exit_code == 1
    assert json.loads(result.stdout)["diagnostics"][0]["path"] == "new.py"
    assert invoke("--stdin-filename", "old.py", "-", text=BROKEN).exit_code == 0
    assert invoke("-", text=BROKEN).exit_code == 1
    assert invoke("-", "new.py", text=BROKEN).exit_code == 2
    assert invoke("-", text="import keras\nx = = 1\n").exit_code == 2


def test_standard_input_is_fixed_on_standard_output(here: Path) -> None:
    result = CliRunner().invoke(main, ["check-stack", "--fix", "-"], input=BROKEN)
    assert result.stdout == RIGHT
    assert result.exit_code == 0
    assert "1 fixed" in result.stderr


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


def test_fixes_are_written_before_the_check(here: Path) -> None:
    (here / "p.py").write_text(BROKEN)
    session = Session(Configuration(), fixes=True)
    assert [file.after for file in session.fixed_files()] == [RIGHT.encode()]
    assert (here / "p.py").read_text() == BROKEN
    result = session.run()
    assert (result.fixed, result.diagnostics) == (1, ())
    assert (here / "p.py").read_text() == RIGHT


def test_a_baseline_comes_after_the_suppressions(here: Path) -> None:
    (here / "p.py").write_text(BROKEN)
    known = check()
    Baseline("known.json").write(known.diagnostics)
    session = Session(Configuration(), baseline="known.json")
    assert session.run().diagnostics == ()
    assert write_suppressions(known) == (1, 1)
    result = session.run()
    assert result.diagnostics == ()
    assert "stale" in result.notes[0]


def test_what_is_done_is_told(here: Path) -> None:
    (here / "p.py").write_text(BROKEN)
    told: list[tuple[str, int, int]] = []
    Session(Configuration(), fixes=True, progress=lambda *what: told.append(what)).run()
    assert told[0] == ("Fixing", 0, 1)
    assert told[-1] == ("Checking", 1, 1)


def test_a_text_is_fixed_and_checked_without_a_file(here: Path) -> None:
    session = Session(Configuration(), fixes=True)
    text, result = session.run_text(BROKEN.encode(), "p.py")
    assert (text, result.fixed, result.diagnostics) == (RIGHT.encode(), 1, ())
    assert not (here / "p.py").exists()


def test_the_settings_hold_for_an_expression_too(here: Path) -> None:
    (here / "rnninspect.toml").write_text("max-params = 1\nkeras-version = '2.13'\n")
    expression = b"Sequential([Input((20, 6)), LSTM(8)])"
    found = check_text(expression, EXPRESSION, configuration=Configuration()).diagnostics
    assert [one.code for one in found] == ["RNN501"]
    assert check_text(expression, EXPRESSION).diagnostics == ()


def test_what_cannot_be_done_is_raised(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SourceNotFound):
        Session(Configuration(), ("none.py",)).run()
    monkeypatch.setattr("rnninspect.keras_runtime.builder.keras_is_installed", lambda: False)
    with pytest.raises(BadRequest):
        Session(Configuration(), verify=True).run()
