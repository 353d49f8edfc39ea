"""The child process in which Keras builds recipes: a line of JSON in, a line of JSON out.

``{"recipe": ...}`` or ``{"path": ..., "format": ..., "trust": ...}``, each with an optional
``"save"``: where to put the model. The answer holds the rows of ``model.summary()``, or ``error``
and, for a use that Keras rejected, ``node``.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from typing import Any

from rnninspect.keras_runtime.keras_process import load
from rnninspect.keras_runtime.live_model import describe, engine
from rnninspect.keras_runtime.rebuild import Rejection, rebuild


def main() -> None:
    """Answer each request until standard input ends."""
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    problem = ""
    keras: Any = None
    try:
        keras = importlib.import_module("keras")  # heavy: the reason for this process
    except BaseException as error:  # noqa: BLE001  an import can end in anything
        problem = f"Keras could not be imported ({type(error).__name__}: {error})"
    for line in sys.stdin:
        reply = {"error": problem} if problem else _reply(json.loads(line), keras)
        answer.write(json.dumps(reply) + "\n")
        answer.flush()
    os._exit(0)


def _reply(request: dict[str, Any], keras: Any) -> dict[str, Any]:
    try:
        keras.utils.clear_session()
        recipe = request.get("recipe")
        model = load(keras, request) if recipe is None else rebuild(keras, recipe)
        if "save" in request:
            model.save(request["save"])
        return describe(model, keras)
    except Rejection as rejection:
        return {"error": str(rejection), "node": rejection.node, "engine": engine(keras)}
    except BaseException as error:  # noqa: BLE001  no layer may end this process
        return {"error": f"{type(error).__name__}: {error}", "engine": engine(keras)}


if __name__ == "__main__":
    main()
