"""A child process that answers, does not answer, or answers nonsense."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from rnninspect.keras_runtime.protocol import Failed, ImportAttribute, Problem
from rnninspect.keras_runtime.worker import NoReply, Worker

ECHO = """
import sys
print("ready", file=sys.stderr, flush=True)
for line in sys.stdin:
    {action}
"""
FAILED = '{"kind": "Failed", "problem": "missing", "message": "m", "hint": "", "node": null}'
REQUEST = ImportAttribute("module", "attribute")


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let children import the modules of tmp_path."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


def child(tmp_path: Path, action: str) -> str:
    (tmp_path / "echo_child.py").write_text(ECHO.format(action=action), encoding="utf-8")
    return "echo_child"


def test_requests_are_answered_one_after_the_other(start: None, tmp_path: Path) -> None:
    with Worker(child(tmp_path, f"print({FAILED!r}, flush=True)")) as worker:
        for _ in range(2):
            worker.send(REQUEST)
            assert worker.receive(60) == Failed(Problem.MISSING, "m")
        assert worker.is_running
    assert not worker.is_running


def test_a_worker_that_takes_too_long_is_stopped(start: None, tmp_path: Path) -> None:
    with Worker(child(tmp_path, "pass")) as worker:
        worker.send(REQUEST)
        began = time.monotonic()
        with pytest.raises(NoReply, match=r"no answer within 0\.2 seconds") as caught:
            worker.receive(0.2)
        assert time.monotonic() - began < 30
        assert caught.value.status is None
        assert not worker.is_running


def test_the_exit_status_of_a_worker_that_ends_is_named(start: None, tmp_path: Path) -> None:
    with Worker(child(tmp_path, "sys.exit(7)")) as worker:
        worker.send(REQUEST)
        with pytest.raises(NoReply, match=r"without an answer \(exit status 7\)") as caught:
            worker.receive(60)
        assert caught.value.status == 7
        worker.send(REQUEST)  # to a process that has ended: no error of its own


def test_an_answer_of_another_type_is_not_believed(start: None, tmp_path: Path) -> None:
    with Worker(child(tmp_path, "print('[1]', flush=True)")) as worker:
        worker.send(REQUEST)
        with pytest.raises(NoReply, match="an answer that cannot be read"):
            worker.receive(60)


def test_what_it_writes_to_standard_error_is_kept_where_asked(start: None, tmp_path: Path) -> None:
    module = child(tmp_path, f"print({FAILED!r}, flush=True)")
    for keeps_errors, lines in ((True, ["ready\n"]), (False, [])):
        worker = Worker(module, keeps_errors=keeps_errors)
        worker.send(REQUEST)
        worker.receive(60)
        assert worker.stop() == lines


def test_the_current_directory_is_not_imported_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = child(tmp_path, "pass")
    monkeypatch.delenv("PYTHONPATH", raising=False)
    monkeypatch.chdir(tmp_path)
    with Worker(module) as worker:
        worker.send(REQUEST)
        with pytest.raises(NoReply, match="without an answer"):
            worker.receive(60)


def test_a_program_that_is_not_python_gives_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with Worker("any") as worker, pytest.raises(NoReply, match="exit status 1"):
        worker.receive(60)
