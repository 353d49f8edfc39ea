"""The child process of ``module:attribute``: imports a user's module and describes its model."""

from __future__ import annotations

import os
import sys
import traceback
from importlib import import_module
from pathlib import Path

from rnninspect.keras_runtime.child import serve, take_streams
from rnninspect.keras_runtime.keras_types import KerasModel
from rnninspect.keras_runtime.live import live_model_of
from rnninspect.keras_runtime.live_model import is_model
from rnninspect.keras_runtime.protocol import Failed, ImportAttribute, Problem, Reply, Request

MAX_MESSAGE_CHARACTERS = 600


class NoModel(Exception):
    """The attribute is not a model; ``failed`` says why."""

    def __init__(self, problem: Problem, message: str, hint: str) -> None:
        super().__init__(message)
        self.failed = Failed(problem, message, hint)


def main() -> None:
    """Answer requests; what the user's code prints goes to standard error."""
    streams = take_streams(quiet=False)
    sys.path.insert(0, str(Path.cwd()))  # left out by -P so that our own imports were safe
    serve(streams, answer)


def answer(request: Request) -> Reply:
    """Return what a model of the user's states about itself, or why there is none."""
    assert isinstance(request, ImportAttribute)
    try:
        return live_model_of(_model(request.module, request.attribute))
    except NoModel as reason:
        return reason.failed
    except BaseException as error:  # noqa: BLE001  user code can end in anything, even SystemExit
        hint = "Import and call it in Python for the whole traceback."
        return Failed(Problem.USER_CODE, _raised(error), hint)


def _model(module: str, attribute: str) -> KerasModel:
    value = _import(module)
    for name in attribute.split("."):
        if not hasattr(value, name):
            message = f"{module} has no {attribute!r}"
            raise NoModel(Problem.MISSING, message, _similar(value, name))
        value = getattr(value, name)
    if callable(value) and not is_model(value):
        value = value()
    if not is_model(value):
        raise NoModel(
            Problem.NOT_A_MODEL,
            f"this is of type {type(value).__name__}, not a Keras model",
            "Name a Keras model, or a function without required arguments that returns one.",
        )
    return value


def _import(module: str) -> object:
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{module}.".startswith(f"{error.name}."):
            raise
        raise NoModel(
            Problem.MISSING,
            f"there is no module {error.name!r}",
            "Modules are looked for in the current directory and among installed packages.",
        ) from None


def _similar(owner: object, name: str) -> str:
    from difflib import get_close_matches  # needed for a typing mistake only

    matches = get_close_matches(name, dir(owner), n=1)
    return f"Did you mean {matches[0]}?" if matches else "Check the attribute's name."


def _raised(error: BaseException) -> str:
    """Return in one line what was raised, and the last place in the user's own code."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    text = f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename != __file__
        and "importlib" not in frame.filename
        and f"{os.sep}site-packages{os.sep}" not in frame.filename
    ]
    place = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
    return f"its code raised {text}{place}"[:MAX_MESSAGE_CHARACTERS]


if __name__ == "__main__":
    main()
