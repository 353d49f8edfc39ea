"""The child's side: code that prints or reads cannot disturb the protocol."""

from __future__ import annotations

import subprocess
import sys

from rnninspect.keras_runtime.protocol import Failed, Problem, parse_reply

CODE = """
import os, sys
from rnninspect.keras_runtime.child import serve, take_streams
from rnninspect.keras_runtime.protocol import Failed, Problem

streams = take_streams(quiet={quiet})

def answer(request):
    print("printed")
    os.write(1, b"written\\n")
    return Failed(Problem.MISSING, f"{{request.path}} {{sys.stdin.read()!r}}")

serve(streams, answer)
"""
REQUESTS = '{"kind": "LoadFile", "path": "a"}\n{"kind": "LoadFile", "path": "b"}\n'


def run(*, quiet: bool) -> subprocess.CompletedProcess[str]:
    code = CODE.format(quiet=quiet)
    return subprocess.run(
        [sys.executable, "-c", code], input=REQUESTS, capture_output=True, text=True, check=True
    )


def test_only_replies_are_on_standard_output_and_input_is_empty() -> None:
    done = run(quiet=True)
    assert [parse_reply(line) for line in done.stdout.splitlines()] == [
        Failed(Problem.MISSING, "a ''"),
        Failed(Problem.MISSING, "b ''"),
    ]
    assert done.stderr == ""


def test_what_is_printed_goes_to_standard_error_unless_quiet() -> None:
    done = run(quiet=False)
    assert len(done.stdout.splitlines()) == 2
    assert sorted(done.stderr.splitlines()) == ["printed", "printed", "written", "written"]
