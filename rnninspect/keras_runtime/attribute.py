"""``package.module:attribute``: the only source that runs the user's code, in a child process."""

from __future__ import annotations

import re
import sys

from rnninspect.errors import NotAModel, RnnInspectError, SourceNotFound, UserCodeFailed
from rnninspect.keras_runtime.live import models_of
from rnninspect.keras_runtime.protocol import Failed, ImportAttribute, LiveModel, Problem
from rnninspect.keras_runtime.worker import NoReply, Worker
from rnninspect.sources.models import Models

_CHATTER = re.compile(
    r"[IWE]\d{4} \d\d:\d\d:\d+\.\d+ |WARNING: All log messages before absl::InitializeLog"
    r"|To enable the following instructions: "
)


def read_attribute(source: str, timeout_seconds: float) -> Models:
    """Return the model of an attribute, or the one that a function of that name returns.

    Imports the module in a child process, in which the current directory can be imported. Raises
    SourceNotFound, NotAModel or UserCodeFailed.
    """
    module, _, attribute = source.partition(":")
    worker = Worker("rnninspect.keras_runtime.attribute_process", keeps_errors=True)
    try:
        worker.send(ImportAttribute(module, attribute))
        reply = worker.receive(timeout_seconds)
    except NoReply as error:
        raise _error_of(error, source) from None
    finally:
        _pass_on(worker.stop())
    if isinstance(reply, Failed):
        raise _failure(reply, source)
    assert isinstance(reply, LiveModel)
    return models_of(source, reply)


def _pass_on(lines: list[str]) -> None:
    """Write what the user's code printed to standard error, without TensorFlow's log lines."""
    for line in lines:
        if not _CHATTER.match(line):
            sys.stderr.write(line)


def _error_of(error: NoReply, source: str) -> UserCodeFailed:
    if error.status is not None:
        return UserCodeFailed(
            f"{source}: its process ended with status {error.status} and without a model"
        )
    return UserCodeFailed(
        f"{source}: {error.reason}",
        "Build the model in a function and name that, or raise --timeout.",
    )


def _failure(failed: Failed, source: str) -> RnnInspectError:
    kinds: dict[Problem, type[RnnInspectError]] = {
        Problem.MISSING: SourceNotFound,
        Problem.NOT_A_MODEL: NotAModel,
    }
    kind = kinds.get(failed.problem, UserCodeFailed)
    return kind(f"{source}: {failed.message}", failed.hint)
