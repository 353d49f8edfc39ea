"""The child process that imports a user's module and asks its model about itself.

Called with a module, an attribute and the directory to import from; answers with one JSON value
on standard output. What the user's code prints goes to standard error.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import Any

from rnninspect.keras_runtime.live_model import config_of, describe, is_model, keras_of, weights_of


class NoModel(Exception):
    """There is no model to be had: ``problem`` is which kind of reason, as live.py knows them."""

    def __init__(self, problem: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.reply = {"problem": problem, "message": message, "hint": hint}


def main(module: str, attribute: str, directory: str) -> None:
    """Answer for one ``module:attribute``."""
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    sys.path.insert(0, directory)
    try:
        model = _model(module, attribute)
        keras = keras_of(model)
        reply: dict[str, Any] = {
            "config": config_of(model),
            "weights": list(weights_of(model)),
            "keras_version": keras.__version__,
            "summary": describe(model, keras),
        }
        text = json.dumps(reply)
    except NoModel as problem:
        text = json.dumps(problem.reply)
    except BaseException as error:  # noqa: BLE001  user code can end in anything, even SystemExit
        hint = "Import and call it in Python for the whole traceback."
        text = json.dumps({"problem": "failed", "message": _raised(error), "hint": hint})
    answer.write(text)
    answer.flush()
    sys.stdout.flush()
    os._exit(0)  # tearing TensorFlow down takes longer than the answer


def _model(module: str, attribute: str) -> Any:
    try:
        value: Any = import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{module}.".startswith(f"{error.name}."):
            raise
        raise NoModel(
            "missing",
            f"there is no module {error.name!r}",
            "Modules are looked for in the current directory and among installed packages.",
        ) from None
    for name in attribute.split("."):
        if not hasattr(value, name):
            raise NoModel("missing", f"{module} has no {attribute!r}", _similar(value, name))
        value = getattr(value, name)
    if callable(value) and not is_model(value):
        value = value()
    if not is_model(value):
        raise NoModel(
            "not a model",
            f"this is of type {type(value).__name__}, not a Keras model",
            "Name a Keras model, or a function without required arguments that returns one.",
        )
    return value


def _similar(owner: Any, name: str) -> str:
    from difflib import get_close_matches  # needed for a typing mistake only

    matches = get_close_matches(name, dir(owner), n=1)
    return f"Did you mean {matches[0]}?" if matches else "Check the attribute's name."


def _raised(error: BaseException) -> str:
    """One line: what was raised, and the last place in the user's own code."""
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
    return f"its code raised {text}{place}"[:600]


if __name__ == "__main__":
    main(*sys.argv[1:4])
