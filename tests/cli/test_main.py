from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from rnninspect.cli.main import main


def test_without_a_command_the_help_names_every_command() -> None:
    result = CliRunner().invoke(main, [])
    assert result.exit_code == 0
    listed = result.stdout.partition("Commands:")[2]
    assert all(f"  {name} " in listed for name in main.modules)


@pytest.mark.parametrize("name", main.modules)
def test_every_command_has_help_with_examples_and_takes_the_options_of_all(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None and command.help
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0
    assert "Examples:" in result.stdout
    assert all(option in result.stdout for option in ("--lang", "--color", "--quiet", "-h"))


def test_an_option_before_the_command_holds_and_one_after_it_wins() -> None:
    lines = CliRunner().invoke(main, ["--lang", "ko", "explain", "bias"]).stdout
    assert "편향" in lines
    lines = CliRunner().invoke(main, ["--lang", "ko", "explain", "bias", "--lang", "en"]).stdout
    assert "편향" not in lines and "Bias" in lines
