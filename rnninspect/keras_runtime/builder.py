"""Builder: real Keras in one child process, which builds one model after the other."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from rnninspect.keras_runtime.witness import KerasUnavailable, start_child, stop_child
from rnninspect.sources.limits import DEFAULT_TIMEOUT_SECONDS


class Builder:
    """Keras as a child process that stays until the ``with`` block ends."""

    def __init__(self, timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS) -> None:
        self._timeout_seconds = timeout_seconds
        self._answers: queue.Queue[str] = queue.Queue()
        self._process = start_child("rnninspect.keras_runtime.build_process")
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with suppress(ValueError):  # closed
            for line in self._process.stdout:
                self._answers.put(line)
        self._answers.put("")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        stop_child(self._process)

    def ask(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """What Keras answers to a request; raises KerasUnavailable where it gives no answer."""
        assert self._process.stdin is not None
        with suppress(OSError):  # it died: the answer is empty
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        try:
            line = self._answers.get(timeout=self._timeout_seconds)
        except queue.Empty:
            raise KerasUnavailable(
                f"Keras gave no answer within {self._timeout_seconds:g} seconds"
            ) from None
        if not line:
            raise KerasUnavailable("Keras ended without an answer")
        reply: dict[str, Any] = json.loads(line)
        if "error" in reply and "engine" not in reply:
            raise KerasUnavailable(str(reply["error"]))
        return reply
