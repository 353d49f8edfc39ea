"""Worker: a child process that answers requests, and is ended whatever it is doing."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from contextlib import suppress
from types import TracebackType
from typing import IO, Self

from rnninspect.json_values import Malformed
from rnninspect.keras_runtime.protocol import Reply, Request, parse_reply, write_request

LAST_LINES_SECONDS = 1.0
"""How long to wait for the end of the output, which processes that the child started may hold."""


class NoReply(Exception):
    """A worker gave no reply; ``status`` is its exit status, None if it was still running."""

    def __init__(self, reason: str, status: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


class Worker:
    """A module of this package in a child process, which is started at once.

    The process imports what it needs while its user still works out what to ask. Leaving the
    ``with`` block ends it. With ``keeps_errors``, what it writes to standard error is kept for
    ``stop`` to return, else it is dropped.
    """

    def __init__(self, module: str, *, keeps_errors: bool = False) -> None:
        environment = dict(os.environ)
        environment.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
        environment.setdefault("CUDA_VISIBLE_DEVICES", "-1")
        # -P: a file called keras.py in the current directory must not be imported.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE if keeps_errors else subprocess.DEVNULL,
            env=environment,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        self._replies: queue.Queue[str] = queue.Queue()
        self._errors: list[str] = []
        self._readers = [
            threading.Thread(target=self._listen, args=(self._process.stdout,), daemon=True)
        ]
        if keeps_errors:
            keep = threading.Thread(target=self._keep, args=(self._process.stderr,), daemon=True)
            self._readers.append(keep)
        for reader in self._readers:
            reader.start()

    def _listen(self, stream: IO[str]) -> None:
        with suppress(ValueError):  # closed
            for line in stream:
                self._replies.put(line)
        self._replies.put("")

    def _keep(self, stream: IO[str]) -> None:
        with suppress(ValueError):  # closed
            self._errors.extend(stream)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def is_running(self) -> bool:
        """Whether the process has not ended."""
        return self._process.poll() is None

    def send(self, request: Request) -> None:
        """Send a request; ``receive`` returns its reply."""
        assert self._process.stdin is not None
        with suppress(OSError):  # it has ended already; `receive` reports that
            self._process.stdin.write(write_request(request) + "\n")
            self._process.stdin.flush()

    def receive(self, timeout_seconds: float) -> Reply:
        """Return the next reply; raise NoReply if there is none within the time, or no valid one.

        A worker that gave no reply in time is stopped, since a late reply would be taken for that
        of the next request.
        """
        try:
            line = self._replies.get(timeout=timeout_seconds)
        except queue.Empty:
            self.stop()
            raise NoReply(f"no answer within {timeout_seconds:g} seconds") from None
        if not line:
            status = self._process.wait()
            raise NoReply(f"ended without an answer (exit status {status})", status)
        try:
            return parse_reply(line)
        except Malformed as error:
            self.stop()
            raise NoReply(f"an answer that cannot be read ({error})") from None

    def stop(self) -> list[str]:
        """Stop the process and return the lines that it wrote to standard error."""
        if self.is_running:
            self._process.kill()
        self._process.wait()
        for reader in self._readers:
            reader.join(timeout=LAST_LINES_SECONDS)
        if not any(reader.is_alive() for reader in self._readers):
            for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
                if stream is not None and not stream.closed:
                    with suppress(OSError, ValueError):  # what is still to be written is not wanted
                        stream.close()
        return self._errors
