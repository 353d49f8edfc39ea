"""check_file: one file becomes its findings, whatever it holds and whatever goes wrong."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NamedTuple

from rnninspect.diagnostics import Diagnostic, Place, Severity
from rnninspect.errors import NotAModel, RnnInspectError, SourceNotFound
from rnninspect.ir.model import Model
from rnninspect.language import said
from rnninspect.linting.discovery import PROGRAMS, Found
from rnninspect.linting.result import CheckedFile
from rnninspect.linting.suppression import Suppression
from rnninspect.rules.words import state
from rnninspect.sources.limits import FILE_TIMEOUT_SECONDS
from rnninspect.sources.python.modules import Tree

if TYPE_CHECKING:
    from rnninspect.fixing.fix import Reading
    from rnninspect.keras_runtime.builder import Builder
    from rnninspect.linting.cache import Cache
    from rnninspect.verifying import Verification

REPORT = "Please report it; RNNINSPECT_TRACEBACK=1 shows the traceback."
SIGNS = (b"keras", b"Keras", b"KERAS")
"""A program that has none of these builds no model."""
_CONFIG_SIGN = b'"class_name"'


class Demands(NamedTuple):
    """What the settings of a file demand of its check."""

    max_params: int | None = None
    max_bytes: int | None = None
    major: int | None = None
    timeout_seconds: float = FILE_TIMEOUT_SECONDS
    fixes: bool = True
    """Whether the fix of each finding is worked out."""


NO_DEMANDS = Demands()


class FileResult(NamedTuple):
    """What one file gave, before anything is silenced or left out."""

    file: CheckedFile
    found: tuple[Diagnostic, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    verification: Verification | None = None


class TimeIsUp(BaseException):
    """A file took too long; not an Exception, so that nothing on the way keeps it."""


def check_file(
    found: Found,
    tree: Tree,
    demands: Demands = NO_DEMANDS,
    builder: Builder | None = None,
    cache: Cache | None = None,
) -> FileResult:
    """Check one file, and keep what it gave. Raises nothing that the file could be the cause of."""
    path = found.path
    try:
        data = bytes_of(path)
        if (early := dismissed(found, data)) is not None:
            return early
        try:
            with at_most(demands.timeout_seconds):
                result = check_data(data, found, tree, demands, builder)
        except NotAModel as error:
            if found.is_named:
                raise
            result = FileResult(CheckedFile(path, "skipped", reason=error.message))
        if cache is not None:
            cache.put(found, data, demands, result, tree)
        return result
    except RnnInspectError as error:
        return FileResult(CheckedFile(path, "unreadable", reason=error.message, hint=error.hint))
    except TimeIsUp:
        reason = f"{path}: it could not be checked in {demands.timeout_seconds:g} seconds"
        hint = "Give it more time with --timeout, or exclude it."
        file = CheckedFile(path, "unreadable", reason=reason, hint=hint)
        return FileResult(file, (not_checked(path, said("the time was up")),))
    except Exception as error:
        # One file that is stranger than foreseen must not hide what the others have.
        if os.environ.get("RNNINSPECT_TRACEBACK"):
            raise
        return failed(path, f"{type(error).__name__}: {error}")


def failed(path: str, what: str) -> FileResult:
    """The result of a file on which rnninspect itself failed."""
    reason = f"{path}: bug in rnninspect: {what}"
    file = CheckedFile(path, "unreadable", reason=reason, hint=REPORT, is_our_bug=True)
    return FileResult(file, (not_checked(path, what),))


def not_checked(path: str, why: str) -> Diagnostic:
    """The finding that a file could not be checked."""
    return Diagnostic(
        code="RNN902",
        name="not-checked",
        severity=Severity.HINT,
        message=said("this file was not checked to its end: {why}", why=why),
        place=Place(path),
        help=said("see the error for what to do"),
    )


def bytes_of(path: str) -> bytes:
    """What a program or a JSON file holds; nothing of other models, whose readers open them.

    Raises SourceNotFound.
    """
    if not path.endswith((*PROGRAMS, ".json")):
        return b""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise SourceNotFound(f"{path}: it cannot be read ({reason})") from None


def dismissed(found: Found, data: bytes) -> FileResult | None:
    """The result of a file without any sign of Keras; None for one that has to be read."""
    if found.path.endswith(PROGRAMS):
        if not any(sign in data for sign in SIGNS):
            return FileResult(CheckedFile(found.path, "checked"))
    elif found.path.endswith(".json") and not found.is_named and _CONFIG_SIGN not in data:
        reason = f"{found.path}: this JSON is not a Keras model"
        return FileResult(CheckedFile(found.path, "skipped", reason=reason))
    return None


def check_data(
    data: bytes,
    found: Found,
    tree: Tree | None,
    demands: Demands = NO_DEMANDS,
    builder: Builder | None = None,
    at_hand: tuple[str, ...] = (),
) -> FileResult:
    """Check what a file holds. Raises RnnInspectError."""
    state(demands.major)
    if not found.path.endswith(PROGRAMS) and not at_hand:
        return _of_models(found.path, demands)
    # Saved models do not pay for the imports.
    from rnninspect.fixing.fix import read_text, with_fixes
    from rnninspect.linting.suppression import suppressions_of

    reading = read_text(data, found.path, at_hand, tree)
    diagnostics, verdict = with_fixes(reading) if demands.fixes else reading.diagnostics, None
    if builder is not None:
        # As above.
        from rnninspect.verifying import verify

        diagnostics, verdict = verify(reading.program, diagnostics, builder)
    diagnostics += _over_budget(reading.program.models, demands)
    silenced = suppressions_of(data, reading.pieces, found.path)
    return FileResult(_read(reading), diagnostics, silenced, verdict)


def _of_models(path: str, demands: Demands) -> FileResult:
    # Programs do not pay for the imports.
    from rnninspect.rules.check import check_model
    from rnninspect.sources.read import read

    models = read(path)
    found = tuple(one for model in models.models for one in check_model(model))
    found += tuple(
        one._replace(place=one.place._replace(path=path))
        for one in _over_budget(models.models, demands)
    )
    return FileResult(_file(path, models.models, len(models.models)), found)


def _over_budget(models: Sequence[Model], demands: Demands) -> tuple[Diagnostic, ...]:
    if demands.max_params is None and demands.max_bytes is None:
        return ()
    # Only settings with a budget pay for the import.
    from rnninspect.rules.budgets import over_budget

    return tuple(
        one for model in models for one in over_budget(model, demands.max_params, demands.max_bytes)
    )


def _file(path: str, models: Sequence[Model], count: int, reason: str = "") -> CheckedFile:
    complete = [model for model in models if is_understood(model)]
    layers = sum(len(model.nodes) for model in models)
    return CheckedFile(path, "checked", count, len(complete), layers, reason or None)


def is_understood(model: Model) -> bool:
    """Whether the rank of every tensor in a model and every layer's weights are known."""
    if model.hidden_inputs and model.place.line is not None:
        return False  # a tensor of the program that is not known
    return all(not list(use.unknowns()) for use in model.reference.values())


def _read(reading: Reading) -> CheckedFile:
    program = reading.program
    reason = program.incomplete or next(iter(program.unknown), "")
    built = [
        model
        for model in program.models
        if all(use.rejected is None for use in model.reference.values())
    ]
    count = len(built) + len(program.unknown) + len(program.rejected)
    return _file(reading.path, built, count, reason)


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise TimeIsUp when a block takes longer, where the system can tell."""
    is_main = threading.current_thread() is threading.main_thread()
    if seconds <= 0 or not hasattr(signal, "setitimer") or not is_main:
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise TimeIsUp

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
