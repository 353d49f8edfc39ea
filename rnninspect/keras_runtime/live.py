"""A live Keras model: an object in this process, or ``package.module:attribute`` in a child's.

The second form is the only one that runs the user's code; it does so in a process of its own.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rnninspect.errors import NotAModel, RnnInspectError, SourceNotFound, UserCodeFailed
from rnninspect.keras_runtime.live_model import config_of, describe, keras_of, weights_of
from rnninspect.sources.config import read_config, read_layers
from rnninspect.sources.models import Models, StoredTensor, StoredWeights

_CHATTER = re.compile(
    r"[IWE]\d{4} \d\d:\d\d:\d+\.\d+ |WARNING: All log messages before absl::InitializeLog"
    r"|To enable the following instructions: "
)


def read_live(model: Any) -> Models:
    """The model in an object of this process."""
    config = config_of(model)
    tensors = tuple(StoredTensor(*tensor) for tensor in weights_of(model))
    keras = keras_of(model)
    return _models(
        shown=f"<{type(model).__name__}>",
        config=config,
        stored=StoredWeights("live", tensors),
        keras_version=str(keras.__version__),
        witness=describe(model, keras),
    )


def read_attribute(source: str, timeout_seconds: float) -> Models:
    """The model that ``package.module:attribute`` is, or that a function of that name returns.

    Runs the module in a child process, in which the current directory can be imported. Raises
    SourceNotFound, NotAModel or UserCodeFailed, whichever tells why there is no model.
    """
    process = [sys.executable, "-P", "-m", "rnninspect.keras_runtime.live_process"]
    module, _, attribute = source.partition(":")
    try:
        done = subprocess.run(
            [*process, module, attribute, str(Path.cwd())],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=timeout_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UserCodeFailed(
            f"{source}: gave no model within {timeout_seconds:g} seconds",
            "Build the model in a function and name that, or raise --timeout.",
        ) from None
    _pass_on(done.stderr.decode("utf-8", "replace"))
    try:
        reply = json.loads(done.stdout)
    except ValueError:
        raise UserCodeFailed(
            f"{source}: its process ended with status {done.returncode} and without a model"
        ) from None
    if "problem" in reply:
        raise _problem(reply["problem"], f"{source}: {reply['message']}", reply.get("hint", ""))
    tensors = tuple(
        StoredTensor(path, tuple(shape), dtype) for path, shape, dtype in reply["weights"]
    )
    return _models(
        shown=source,
        config=reply["config"],
        stored=StoredWeights("live", tensors),
        keras_version=reply["keras_version"],
        witness=reply["summary"],
    )


def _models(
    shown: str,
    config: Mapping[str, Any],
    stored: StoredWeights,
    keras_version: str,
    witness: Mapping[str, Any],
) -> Models:
    listed = config.get("listed_layers")
    if listed is None:
        model = read_config(config, shown)
    else:
        model = read_layers(config["config"]["name"], config["class_name"], listed, shown)
    return Models(
        path=shown,
        format="live",
        models=(model,),
        keras_version=keras_version,
        config=config,
        stored=lambda: stored,
        witness=witness,
    )


def _pass_on(printed: str) -> None:
    """What the user's code printed is the user's; what TensorFlow says of itself is left out."""
    for line in printed.splitlines():
        if not _CHATTER.match(line):
            sys.stderr.write(f"{line}\n")


def _problem(kind: str, message: str, hint: str) -> RnnInspectError:
    kinds = {"missing": SourceNotFound, "not a model": NotAModel}
    return kinds.get(kind, UserCodeFailed)(message, hint)
