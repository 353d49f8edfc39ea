"""KerasWitness: starts Keras in a child process, asks it about one file, and stops it."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from rnninspect.sources.limits import DEFAULT_TIMEOUT_SECONDS

NOT_INSTALLED = "Keras is not installed; install it with: pip install 'rnninspect[tensorflow]'"


def keras_is_installed() -> bool:
    """Whether ``import keras`` would find something, without importing it."""
    try:
        return importlib.util.find_spec("keras") is not None
    except (ImportError, ValueError):
        return False


def start_child(module: str) -> subprocess.Popen[str]:
    """Start a module that runs Keras: without its chatter, without a GPU."""
    environment = dict(os.environ)
    environment.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    environment.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    # -P: a file called keras.py in the current directory must not be imported.
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        text=True,
        encoding="utf-8",
    )


def stop_child(process: subprocess.Popen[str]) -> None:
    """End a child, whatever it is doing."""
    if process.poll() is None:
        process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None and not stream.closed:
            with suppress(OSError, ValueError):  # what was still to be written is not wanted
                stream.close()


class KerasUnavailable(Exception):
    """Keras gave no answer; the text says why, as one line."""

    def __init__(self, reason: str, engine: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.engine = engine


class KerasWitness:
    """Keras in a child process; it starts importing at once, and loads only what it is asked to.

    Whatever happens, leaving the ``with`` block ends the process.
    """

    def __init__(self) -> None:
        self._process = start_child("rnninspect.keras_runtime.keras_process")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def ask(self, path: str, source_format: str, *, trust: bool) -> None:
        """Hand over a file; the answer comes later."""
        request = {"path": path, "format": source_format, "trust": trust}
        assert self._process.stdin is not None
        with suppress(OSError):  # it died already; `answer` says so
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()

    def answer(self, timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS) -> dict[str, Any]:
        """What Keras says about the file; raises KerasUnavailable where it says nothing."""
        try:
            output, _ = self._process.communicate(timeout=timeout_seconds)
        except subprocess.TimeoutExpired:
            self.stop()
            raise KerasUnavailable(
                f"Keras gave no answer within {timeout_seconds:g} seconds (see --timeout)"
            ) from None
        try:
            reply = json.loads(output)
        except ValueError:
            raise KerasUnavailable(
                f"Keras ended without an answer (exit status {self._process.returncode})"
            ) from None
        if not isinstance(reply, dict):
            raise KerasUnavailable("Keras ended without an answer")
        if "error" in reply:
            reason = str(reply["error"])
            if reply.get("imported", True):
                reason = f"Keras could not load it: {reason}"
            raise KerasUnavailable(reason, reply.get("engine"))
        return reply

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        stop_child(self._process)
