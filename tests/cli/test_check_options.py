from __future__ import annotations

from typing import Any

import click
from click.testing import CliRunner

from rnninspect.cli.check_options import CheckOptions, check_options
from rnninspect.cli.check_stack import check_stack
from rnninspect.render.formats import FORMATS


def parsed(*args: str) -> CheckOptions:
    kept: list[CheckOptions] = []

    @click.command()
    @check_options
    def command(**values: Any) -> None:
        kept.append(CheckOptions(**values))

    assert CliRunner().invoke(command, args, catch_exceptions=False).exit_code == 0
    return kept[0]


def test_every_field_is_an_option_in_the_same_order() -> None:
    declared = [one.name for one in check_stack.params if one.name in CheckOptions._fields]
    assert declared == list(CheckOptions._fields)


def test_an_option_has_the_name_of_its_field_unless_it_says_another() -> None:
    options = {one.name: one.opts for one in check_stack.params}
    assert options["extend_exclude"] == ["--extend-exclude"]
    assert options["output_format"] == ["--format"]
    assert options["fixes"] == ["--fix"]
    assert options["expression"] == ["-e"]


def test_values_are_those_of_the_command_line() -> None:
    options = parsed("--exclude", "a", "--exclude", "b", "--fix", "--timeout", "2.5", "--jobs", "3")
    assert (options.exclude, options.fixes, options.timeout, options.jobs) == (
        ("a", "b"),
        True,
        2.5,
        3,
    )
    assert parsed().output_format == "full"
    assert options.wants_fixes and parsed("--diff").wants_fixes and not parsed().wants_fixes


def test_fixes_are_worked_out_for_the_formats_that_show_them() -> None:
    shown = {name for name in FORMATS if parsed("--format", name).shows_fixes}
    assert shown == {"full", "json", "sarif"}
    assert parsed("--format", "concise", "--statistics").shows_fixes


def test_only_what_is_stated_wins_over_files() -> None:
    assert set(parsed().stated_settings().values()) == {None}
    stated = parsed("--select", "RNN1,rnn901", "--fail-on", "hint").stated_settings()
    assert (stated["select"], stated["fail_on"]) == (("RNN1", "RNN901"), "hint")
