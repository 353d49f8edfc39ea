"""A process that writes and executes programs, so that a hang or a full memory ends only it.

It has another hash seed than the reader's process: whoever claims to know the order of a set of
strings is caught.
"""

from __future__ import annotations

import gc
import io
import marshal
import os
import resource
import select
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, BinaryIO

from tests.reader.soundness.execution import (
    Observations,
    OutOfSteps,
    compile_program,
    execute_code,
)
from tests.reader.soundness.generator.repair import write_living_program
from tests.reader.soundness.snapshot import Snapshot

ROOT = Path(__file__).parents[3]
MEMORY_BYTES = 1 << 30
RETIRE_KIBIBYTES = 300_000  # of a worker; the next request starts another one
SECONDS = 1.0  # of one program, where steps are not counted (inside of C code)
LENGTH = struct.Struct("<I")


@dataclass
class Request:
    """What to execute: the text, or the generated program of the seed."""

    seed: int
    text: str | None = None
    executions: int = 6


@dataclass
class Answer:
    """The executed text and what was seen; None where it hung or does not compile."""

    text: str
    seen: Observations | None


def pack(text: str, seen: Observations) -> tuple[Any, ...]:
    states = [
        (point, execution, state.local, state.module, tuple(map(tuple, state.objects)))
        for (point, state), execution in seen.states.items()
    ]
    return (text, seen.executions, seen.finished, seen.reached, states)


def unpack(data: tuple[Any, ...]) -> Answer:
    text, executions, finished, reached, states = data
    seen = Observations(executions, finished, reached)
    for point, execution, local, module, objects in states:
        seen.states[point, Snapshot.from_tuples((local, module, objects))] = execution
    return Answer(text, seen)


def _stop(_: int, __: FrameType | None) -> None:
    raise OutOfSteps


def answer(request: Request) -> tuple[Any, ...]:
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    text = request.text or ""
    try:
        if request.text is None:
            text, code = write_living_program(request.seed)
        else:
            code = compile_program(text).code
        return pack(text, execute_code(code, request.seed, request.executions))
    except (OutOfSteps, SyntaxError, MemoryError):
        return (text,)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    signal.signal(signal.SIGALRM, _stop)
    gc.freeze()
    while head := requests.read(LENGTH.size):
        seed, text, executions = marshal.loads(requests.read(LENGTH.unpack(head)[0]))
        result = answer(Request(seed, text, executions))
        full = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > RETIRE_KIBIBYTES
        data = marshal.dumps((full, result))  # a full worker is ended: it has become slow
        answers.write(LENGTH.pack(len(data)) + data)
        answers.flush()


class Worker:
    """The other end: sends requests ahead, so that the reader works while programs are executed."""

    def __init__(self, hash_seed: int = 1) -> None:
        self.hash_seed = hash_seed
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> subprocess.Popen[bytes]:
        if self.process is None:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.reader.soundness.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=ROOT,
                env={**os.environ, "PYTHONHASHSEED": str(self.hash_seed)},
            )
        return self.process

    def close(self) -> None:
        if self.process is not None:
            self.process.kill()
            for stream in (self.process.stdin, self.process.stdout):
                if stream is not None:
                    try:
                        stream.close()
                    except BrokenPipeError:
                        continue
            self.process.wait()
            self.process = None

    def send(self, request: Request) -> None:
        stream = self.start().stdin
        assert stream is not None
        data = marshal.dumps((request.seed, request.text, request.executions))
        try:
            stream.write(LENGTH.pack(len(data)) + data)
            stream.flush()
        except BrokenPipeError:
            return  # seen by whoever waits for the answer

    def receive(self, request: Request) -> Answer:
        """Return the answer to what was sent last; a process that does not answer is ended."""
        assert self.process is not None
        stream = self.process.stdout
        assert isinstance(stream, io.BufferedReader)
        ready = stream.peek(1) if select.select([stream], [], [], SECONDS * 3)[0] else b""
        head = stream.read(LENGTH.size) if ready else b""
        if len(head) < LENGTH.size:
            self.close()
            return Answer(request.text or "", None)
        data = marshal.loads(stream.read(LENGTH.unpack(head)[0]))
        full, data = data
        if full:
            self.close()
        return unpack(data) if len(data) > 1 else Answer(data[0], None)

    def execute(self, request: Request) -> Answer:
        self.send(request)
        return self.receive(request)


@contextmanager
def worker(hash_seed: int = 1) -> Iterator[Worker]:
    """Yield a worker that ends with the block."""
    started = Worker(hash_seed)
    try:
        yield started
    finally:
        started.close()


if __name__ == "__main__":
    # Programs that write to standard output must not end up among the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, answers)
