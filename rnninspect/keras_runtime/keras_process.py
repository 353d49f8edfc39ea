"""The child process of Builder: imports Keras, then loads and builds what it is asked to."""

from __future__ import annotations

import json
from importlib import import_module

from rnninspect.keras_runtime.child import serve, take_streams
from rnninspect.keras_runtime.keras_types import Keras, KerasModel
from rnninspect.keras_runtime.live_model import describe, engine
from rnninspect.keras_runtime.protocol import (
    BuildRecipe,
    Failed,
    ImportAttribute,
    LoadConfig,
    LoadFile,
    Problem,
    Reply,
    Request,
)
from rnninspect.keras_runtime.rebuild import Rejection, rebuild


def main() -> None:
    """Import Keras and answer requests until standard input ends."""
    streams = take_streams(quiet=True)
    try:
        keras: Keras = import_module("keras")  # heavy: the reason for this process
    except BaseException as error:  # noqa: BLE001  an import can end in anything, even SystemExit
        failed = Failed(Problem.NO_KERAS, f"Keras could not be imported ({_line(error)})")
        serve(streams, lambda request: failed)
    serve(streams, lambda request: answer(keras, request))


def answer(keras: Keras, request: Request) -> Reply:
    """Return the summary of the requested model, or why Keras does not build it."""
    try:
        keras.utils.clear_session()
        model = _model(keras, request)
        if not isinstance(request, ImportAttribute) and request.save_to is not None:
            model.save(request.save_to)
        return describe(model, keras)
    except Rejection as rejection:
        message, node = str(rejection), rejection.node
    except BaseException as error:  # noqa: BLE001  no layer may end this process
        message, node = f"{type(error).__name__}: {error}", None
    return Failed(Problem.REJECTED, message, engine=engine(keras), node=node)


def _model(keras: Keras, request: Request) -> KerasModel:
    """Return the model of a request, loaded in Keras's safe mode unless the user trusts it."""
    match request:
        case BuildRecipe(recipe=recipe):
            return rebuild(keras, recipe)
        case LoadConfig(config=config, trust=trust):
            if trust:
                _allow_code(keras)
            return keras.models.model_from_json(json.dumps(config))
        case LoadFile(path=path, trust=trust):
            if trust:
                _allow_code(keras)
            try:
                return keras.models.load_model(path, compile=False, safe_mode=not trust)
            except TypeError:  # Keras before 2.13 has no safe_mode
                return keras.models.load_model(path, compile=False)
        case ImportAttribute():
            raise ValueError("this process does not import modules of the user")


def _allow_code(keras: Keras) -> None:
    if hasattr(keras, "config"):
        keras.config.enable_unsafe_deserialization()


def _line(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return f"{type(error).__name__}: {lines[0]}"[:500] if lines else type(error).__name__


if __name__ == "__main__":
    main()
