"""check_file: one file becomes its findings, whatever it holds and whatever goes wrong."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from rnninspect.diagnostics import Diagnostic
from rnninspect.errors import NotAModel, RnnInspectError, SourceNotFound
from rnninspect.ir.model import Model
from rnninspect.language import said
from rnninspect.linting.discovery import PROGRAMS, SourceFile
from rnninspect.linting.result import NO_DEMANDS, Demands, FileResult, FileSummary
from rnninspect.reader.tree import Tree
from rnninspect.rules.rule import RuleSettings

if TYPE_CHECKING:
    from rnninspect.fixing.fix import Reading
    from rnninspect.keras_runtime.builder import Builder
    from rnninspect.linting.cache import Cache
    from rnninspect.sources.models import Models

REPORT = "Please report it; RNNINSPECT_TRACEBACK=1 shows the traceback."
SIGNS = (b"keras", b"Keras", b"KERAS")
"""A program that has none of these builds no model."""
_CONFIG_SIGN = b'"class_name"'


class TimeIsUp(BaseException):
    """A file took too long; not an Exception, so that nothing on the way keeps it."""


def check_file(
    source: SourceFile,
    tree: Tree,
    demands: Demands = NO_DEMANDS,
    builder: Builder | None = None,
    cache: Cache | None = None,
) -> FileResult:
    """Check one file and cache the result. Raises nothing that the file could be the cause of."""
    path = source.path
    try:
        data = bytes_of(path)
        if (early := dismissed(source, data)) is not None:
            return early
        try:
            with at_most(demands.timeout_seconds):
                result = check_data(data, source, tree, demands, builder)
        except NotAModel as error:
            if source.is_named:
                raise
            result = FileResult(FileSummary(path, "skipped", reason=error.message))
        if cache is not None:
            cache.put(source, data, demands, result, tree)
        return result
    except RnnInspectError as error:
        return FileResult(FileSummary(path, "unreadable", reason=error.message, hint=error.hint))
    except TimeIsUp:
        reason = f"{path}: it could not be checked in {demands.timeout_seconds:g} seconds"
        hint = "Give it more time with --timeout, or exclude it."
        file = FileSummary(path, "unreadable", reason=reason, hint=hint)
        return FileResult(file, _interrupted(path, said("the time was up")))
    except Exception as error:
        # One file that is stranger than foreseen must not hide what the others have.
        if os.environ.get("RNNINSPECT_TRACEBACK"):
            raise
        return failed(path, f"{type(error).__name__}: {error}")


def failed(path: str, what: str) -> FileResult:
    """Return the result of a file on which rnninspect itself failed."""
    reason = f"{path}: bug in rnninspect: {what}"
    file = FileSummary(path, "unreadable", reason=reason, hint=REPORT, is_our_bug=True)
    return FileResult(file, _interrupted(path, what))


def _interrupted(path: str, why: str) -> tuple[Diagnostic, ...]:
    # Few files pay for the imports.
    from rnninspect.rules.checked_file.subject import CheckedFile
    from rnninspect.rules.engine import check

    return tuple(check(CheckedFile(path, interruption=why)))


def bytes_of(path: str) -> bytes:
    """Read a program or a JSON file; return nothing for other models, whose readers open them.

    Raises SourceNotFound.
    """
    if not path.endswith((*PROGRAMS, ".json")):
        return b""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise SourceNotFound(f"{path}: it cannot be read ({reason})") from None


def dismissed(source: SourceFile, data: bytes) -> FileResult | None:
    """Return the result of a file without any sign of Keras; None for one that has to be read."""
    if source.path.endswith(PROGRAMS):
        if not any(sign in data for sign in SIGNS):
            return FileResult(FileSummary(source.path, "checked"))
    elif source.path.endswith(".json") and not source.is_named and _CONFIG_SIGN not in data:
        reason = f"{source.path}: this JSON is not a Keras model"
        return FileResult(FileSummary(source.path, "skipped", reason=reason))
    return None


def check_data(
    data: bytes,
    source: SourceFile,
    tree: Tree | None,
    demands: Demands = NO_DEMANDS,
    builder: Builder | None = None,
    at_hand: tuple[str, ...] = (),
) -> FileResult:
    """Check the content of a file. Raises RnnInspectError."""
    if not source.path.endswith(PROGRAMS) and not at_hand:
        return _check_saved(source.path, demands.rules)
    # Saved models do not pay for the imports.
    from rnninspect.fixing.fix import read_text, with_fixes
    from rnninspect.linting.suppression import suppressions_of
    from rnninspect.rules.models import check_analysed

    reading = read_text(data, source.path, at_hand, tree, demands.rules)
    diagnostics, verification = with_fixes(reading) if demands.fixes else reading.errors, None
    if builder is not None:
        # As above.
        from rnninspect.linting.verification import verify

        diagnostics, verification = verify(reading.program, diagnostics, builder)
    for model in reading.program.models:
        diagnostics += tuple(check_analysed(model, demands.rules, source.path))
    suppressions = suppressions_of(data, reading.pieces, source.path)
    return FileResult(_summary_of_program(reading), diagnostics, suppressions, verification)


def _check_saved(path: str, settings: RuleSettings) -> FileResult:
    # Programs do not pay for the imports.
    from rnninspect.rules.models import check_analysed, check_layer_calls
    from rnninspect.sources.read import read

    models = read(path)
    diagnostics: tuple[Diagnostic, ...] = ()
    for model in models.models:
        if models.printed is None:
            diagnostics += tuple(check_layer_calls(model, settings))
            diagnostics += tuple(check_analysed(model, settings, path))
        else:
            diagnostics += tuple(_check_printed(models, model, path, settings))
    return FileResult(_summary(path, models.models, len(models.models)), diagnostics)


def _check_printed(
    models: Models, model: Model, path: str, settings: RuleSettings
) -> Iterator[Diagnostic]:
    # Only printed summaries pay for the imports.
    from rnninspect.analysis.analyse import analyse_as_read
    from rnninspect.rules.engine import check
    from rnninspect.rules.printed_summary.subject import PrintedSummary

    return check(PrintedSummary(analyse_as_read(models, model), path), settings)


def _summary(path: str, models: Sequence[Model], count: int, reason: str = "") -> FileSummary:
    complete = [model for model in models if is_understood(model)]
    layers = sum(len(model.nodes) for model in models)
    return FileSummary(path, "checked", count, len(complete), layers, reason or None)


def is_understood(model: Model) -> bool:
    """Whether the rank of every tensor in a model and every layer's weights are known."""
    if model.hidden_inputs and model.place.line is not None:
        return False  # a tensor of the program that is not known
    return all(not list(use.unknowns()) for use in model.reference.values())


def _summary_of_program(reading: Reading) -> FileSummary:
    # Saved models do not pay for the import.
    from rnninspect.reader.program import doubts_of

    program = reading.program
    reason = program.incomplete or next(iter(program.unknown), "")
    built = [
        model
        for model in program.models
        if all(use.rejected is None for use in model.reference.values())
    ]
    count = len(built) + len(program.unknown) + len(program.rejected)
    summary = _summary(reading.path, built, count, reason)
    return summary._replace(
        doubts=tuple(dict.fromkeys(doubts_of(program))),
        not_followed=tuple(
            (place.path or reading.path, place.cell, place.line, why)
            for place, why in program.not_followed
        ),
    )


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise TimeIsUp when a block takes longer, where the system has timers."""
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
