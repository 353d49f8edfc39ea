"""Builder: real Keras in a child process, which loads or builds one model after the other."""

from __future__ import annotations

import importlib.util

from rnninspect.keras_runtime.protocol import Failed, KerasRequest, LiveModel, Problem
from rnninspect.keras_runtime.worker import NoReply, Worker
from rnninspect.sources.keras_summary import KerasSummary
from rnninspect.sources.limits import DEFAULT_TIMEOUT_SECONDS

NOT_INSTALLED = "Keras is not installed; install it with: pip install 'rnninspect[tensorflow]'"


def keras_is_installed() -> bool:
    """Whether ``import keras`` would find a package; imports nothing."""
    try:
        return importlib.util.find_spec("keras") is not None
    except (ImportError, ValueError):
        return False


class KerasUnavailable(Exception):
    """Keras gave no answer; ``reason`` is one line that says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Builder(Worker):
    """Keras in a child process; it starts importing at once and stays until it is stopped."""

    def __init__(self, timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS) -> None:
        super().__init__("rnninspect.keras_runtime.keras_process")
        self._timeout_seconds = timeout_seconds

    def ask(self, request: KerasRequest) -> KerasSummary | Failed:
        """Return the summary of the model, or how Keras rejects it; raise KerasUnavailable."""
        self.send(request)
        return self.answer()

    def answer(self) -> KerasSummary | Failed:
        """Return the reply to a request that was sent before; raise KerasUnavailable."""
        try:
            reply = self.receive(self._timeout_seconds)
        except NoReply as error:
            if error.status is None:
                raise KerasUnavailable(f"Keras gave {error.reason} (see --timeout)") from None
            raise KerasUnavailable(f"Keras {error.reason}") from None
        assert not isinstance(reply, LiveModel)
        if isinstance(reply, Failed) and reply.problem is Problem.NO_KERAS:
            raise KerasUnavailable(reply.line)
        return reply
