"""The child process in which Keras loads a model and says what its ``model.summary()`` says.

Started at once with nothing to do, so that TensorFlow is being imported while the answer is
worked out; told by one line of JSON on standard input which file to load, or that there is none.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from rnninspect.keras_runtime.live_model import describe, engine
from rnninspect.keras_runtime.rebuild import Rejection, rebuild


def main() -> None:
    """Import Keras, wait for a file, answer with one line of JSON on standard output."""
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    reply: dict[str, Any]
    try:
        import keras  # heavy: the reason for this process
    except BaseException as error:  # noqa: BLE001  an import can end in anything, even SystemExit
        sys.stdin.readline()
        reply = {"error": f"Keras could not be imported ({_line(error)})", "imported": False}
    else:
        request = json.loads(sys.stdin.readline() or "null")
        if request is None:
            os._exit(0)
        try:
            reply = describe(load(keras, request), keras)
        except BaseException as error:  # noqa: BLE001  neither may a layer end this process
            reply = {"error": _line(error), "engine": engine(keras)}
    answer.write(json.dumps(reply))
    answer.flush()
    os._exit(0)  # tearing TensorFlow down takes longer than the answer


def load(keras: Any, request: dict[str, Any]) -> Any:
    """The model in a file, in Keras's safe mode unless the user said that it is trusted."""
    path, trust = request["path"], request["trust"]
    if trust and hasattr(keras, "config"):
        keras.config.enable_unsafe_deserialization()
    if request["format"] == "recipe":
        return rebuild(keras, json.loads(Path(path).read_text(encoding="utf-8")))
    if request["format"] == "json":
        return keras.models.model_from_json(Path(path).read_text(encoding="utf-8"))
    try:
        return keras.models.load_model(path, compile=False, safe_mode=not trust)
    except TypeError:  # Keras before 2.13 has no safe_mode
        return keras.models.load_model(path, compile=False)


def _line(error: BaseException) -> str:
    if isinstance(error, Rejection):
        return str(error).partition("\n")[0][:500]
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    text = lines[0] if lines else ""
    return f"{type(error).__name__}: {text}"[:500] if text else type(error).__name__


if __name__ == "__main__":
    main()
