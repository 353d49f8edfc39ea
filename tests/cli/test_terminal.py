"""Progress and notes: for people only, and on standard error."""

from __future__ import annotations

import io
import sys
import time

import pytest

from rnninspect.cli.terminal import Settings, note, waiting


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    made = Terminal()
    monkeypatch.setattr(sys, "stderr", made)
    monkeypatch.setenv("TERM", "xterm-256color")
    return made


def test_waiting_shows_what_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    err = terminal(monkeypatch)
    with waiting(Settings(), "Waiting for \x1bKeras"):
        time.sleep(0.3)
    assert "Waiting for \\x1bKeras" in err.getvalue()


def test_what_is_quick_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    err = terminal(monkeypatch)
    with waiting(Settings(), "Reading", after_seconds=60):
        pass
    assert err.getvalue() == ""


def test_quiet_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    err = terminal(monkeypatch)
    with waiting(Settings(quiet=True), "Waiting"):
        time.sleep(0.1)
    note(Settings(quiet=True), "something")
    assert err.getvalue() == ""


def test_a_pipe_gets_no_spinner(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stderr", pipe)
    with waiting(Settings(), "Waiting"):
        time.sleep(0.1)
    assert pipe.getvalue() == ""


def test_an_error_ends_the_spinner(monkeypatch: pytest.MonkeyPatch) -> None:
    err = terminal(monkeypatch)
    with pytest.raises(KeyError), waiting(Settings(), "Waiting"):
        time.sleep(0.2)
        raise KeyError
    assert "\x1b[?25h" in err.getvalue(), "the cursor is visible again"
