"""How commands end."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from rnninspect.cli.program import Program


def group(error: BaseException) -> Program:
    made = Program("x")

    @made.command()
    def fail() -> None:
        raise error

    return made


def test_our_own_bug_is_one_line_and_exit_status_70() -> None:
    result = CliRunner().invoke(group(KeyError("a\nb")), ["fail"])
    assert result.exit_code == 70
    first, second = result.stderr.splitlines()
    assert first.startswith("bug in rnninspect 0.1.0: KeyError: ")
    assert "(Python 3." in first
    assert "RNNINSPECT_TRACEBACK=1" in second


def test_the_traceback_is_there_for_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RNNINSPECT_TRACEBACK", "1")
    result = CliRunner().invoke(group(KeyError("a")), ["fail"])
    assert isinstance(result.exception, KeyError)


@pytest.mark.parametrize(
    ("error", "status"), [(KeyboardInterrupt(), 130), (click.Abort(), 130), (MemoryError(), 2)]
)
def test_interrupts_and_exhaustion_end_quietly(error: BaseException, status: int) -> None:
    result = CliRunner().invoke(group(error), ["fail"])
    assert result.exit_code == status
    assert "Traceback" not in result.output


def test_a_click_error_without_context_is_one_line() -> None:
    result = CliRunner().invoke(group(click.ClickException("no\nnewline")), ["fail"])
    assert result.exit_code == 1
    assert result.stderr == "error: no newline\n"


def test_without_a_command_help_is_shown() -> None:
    from rnninspect.cli.main import main

    result = CliRunner().invoke(main, [])
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: rnninspect")
    assert "summary" in result.stdout
