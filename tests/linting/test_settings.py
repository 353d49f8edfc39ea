from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rnninspect.cli.main import main
from tests.linting.conftest import BROKEN, RIGHT


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["check-stack", "--format", "concise", *args])


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_the_nearest_file_holds(here: Path) -> None:
    write(here / "a" / "p.py", BROKEN)
    write(here / "b" / "p.py", BROKEN)
    write(here / "pyproject.toml", "[tool.other]\n[tool.rnninspect]\nignore = ['RNN1']\n")
    assert run().exit_code == 0
    write(here / "b" / "rnninspect.toml", "select = ['RNN101']\n")
    result = run()
    assert result.exit_code == 1
    assert "b/p.py" in result.stdout
    assert "a/p.py" not in result.stdout
    assert run("--isolated").stdout.count("RNN101") == 2
    assert run("--config", "pyproject.toml").exit_code == 0


def test_the_command_line_wins(here: Path) -> None:
    write(here / "p.py", BROKEN)
    write(here / "rnninspect.toml", "ignore = ['RNN101']\nfail-on = 'hint'\n")
    assert run().exit_code == 0
    assert run("--ignore", "RNN102").exit_code == 1
    assert run("--ignore", "RNN102", "--select", "RNN103").exit_code == 0
    assert run("--ignore", "RNN102", "--select", "RNN103", "--extend-select", "RNN101").exit_code


def test_rules_can_be_ignored_for_some_files(here: Path) -> None:
    write(here / "tests" / "p.py", BROKEN)
    write(here / "src" / "p.py", BROKEN)
    write(here / "rnninspect.toml", "[per-file-ignores]\n'tests/*' = ['RNN101']\n")
    result = run()
    assert "src/p.py" in result.stdout
    assert "tests/p.py" not in result.stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("selct = ['RNN1']", "Did you mean select?"),
        ("select = ['RNN999']", "there is no rule"),
        ("fail-on = 'never'", "error, warning or hint"),
        ("max-params = 'many'", "a number of parameters"),
        ("keras-version = 'new'", "a version of Keras"),
        ("select = [", "not TOML"),
    ],
)
def test_what_is_wrong_in_a_file_is_one_line(here: Path, text: str, said: str) -> None:
    write(here / "p.py", RIGHT)
    write(here / "rnninspect.toml", text)
    result = run()
    assert result.exit_code == 2
    assert "rnninspect.toml" in result.stderr
    assert said in result.stderr


def test_budgets_are_errors_where_they_are_stated(here: Path) -> None:
    write(here / "p.py", RIGHT)
    assert run().exit_code == 0
    # 4 × (6 + 8 + 1) × 8 + 4 × (8 + 4 + 1) × 4 = 480 + 208
    write(here / "rnninspect.toml", "max-params = 688\nmax-bytes = 2752\n")
    assert run().exit_code == 0
    write(here / "rnninspect.toml", "max-params = 687\nmax-bytes = 2751\n")
    result = run()
    assert result.exit_code == 1
    assert "RNN501 `sequential` has 688 params; 687 are allowed" in result.stdout
    assert "RNN502 `sequential` has 2,752 bytes; 2,751 are allowed" in result.stdout


def test_the_words_are_those_of_the_stated_keras(here: Path) -> None:
    write(here / "p.py", BROKEN)
    write(here / "rnninspect.toml", "keras-version = '2.13'\n")
    result = CliRunner().invoke(main, ["check-stack", "--no-cache"])
    assert 'Input 0 of layer "lstm_1" is incompatible' in result.stdout.replace("\n", "")


def test_settings_are_shown(here: Path) -> None:
    write(here / "rnninspect.toml", "select = ['RNN101']\nmax-params = 5\n")
    shown = run("--show-settings", "--ignore", "RNN102").stdout.splitlines()
    assert {"select = RNN101", "ignore = RNN102", "max-params = 5", "fail-on = error"} <= set(shown)


def test_unknown_rules_and_missing_paths_are_said(here: Path) -> None:
    assert run("--select", "RNN7").exit_code == 2
    assert run("none.py").exit_code == 2
    assert run("--config", "none.toml").exit_code == 2
