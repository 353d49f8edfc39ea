"""The child process in which Keras loads a model and says what its ``model.summary()`` says.

Started at once with nothing to do, so that TensorFlow is being imported while the answer is
worked out; told by one line of JSON on standard input which file to load, or that there is none.
"""

from __future__ import annotations

import json
import os
import re
import sys
from typing import Any

SUMMARY_WIDTH_COLUMNS = 200
MAX_SUMMARY_LAYERS = 3000
"""Above this, laying out the printed summary takes longer than all the rest."""


def main() -> None:
    """Import Keras, wait for a file, answer with one line of JSON on standard output."""
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    reply: dict[str, Any]
    try:
        import keras  # heavy: the reason for this process
    except BaseException as error:  # an import can end in anything, even SystemExit
        sys.stdin.readline()
        reply = {"error": f"Keras could not be imported ({_line(error)})", "imported": False}
    else:
        request = json.loads(sys.stdin.readline() or "null")
        if request is None:
            os._exit(0)
        try:
            reply = describe(load(keras, request), keras)
        except BaseException as error:
            reply = {"error": _line(error), "engine": engine(keras)}
    answer.write(json.dumps(reply))
    answer.flush()
    os._exit(0)  # tearing TensorFlow down takes longer than the answer


def load(keras: Any, request: dict[str, Any]) -> Any:
    """The model in a file, in Keras's safe mode unless the user said that it is trusted."""
    path, trust = request["path"], request["trust"]
    if trust and hasattr(keras, "config"):
        keras.config.enable_unsafe_deserialization()
    if request["format"] == "json":
        with open(path, encoding="utf-8") as file:
            return keras.models.model_from_json(file.read())
    try:
        return keras.models.load_model(path, compile=False, safe_mode=not trust)
    except TypeError:  # Keras before 2.13 has no safe_mode
        return keras.models.load_model(path, compile=False)


def describe(model: Any, keras: Any) -> dict[str, Any]:
    """Rows and totals as ``model.summary()`` shows them."""
    lines: list[str] = []
    layers = getattr(model, "_operations", None) or model.layers
    totals: dict[str, int | None] = {}
    if len(layers) <= MAX_SUMMARY_LAYERS:
        try:
            model.summary(line_length=SUMMARY_WIDTH_COLUMNS, print_fn=lambda s, **_: lines.append(s))
            totals = read_totals("\n".join(lines))
        except (TypeError, ValueError):
            totals = {}
    if totals.get("params") is None:
        totals = {
            "params": model.count_params() if getattr(model, "built", True) else None,
            "trainable": _count(model.trainable_weights),
            "non_trainable": _count(model.non_trainable_weights),
        }
    rows = [row(layer) for layer in layers if type(layer).__name__ != "InputLayer"]
    return {"engine": engine(keras), "name": model.name, "rows": rows, **totals}


def read_totals(summary: str) -> dict[str, int | None]:
    """The three counts under a printed summary (Keras 2 and 3)."""
    found: dict[str, int | None] = {}
    for key, label in (
        ("params", "Total params"),
        ("trainable", "Trainable params"),
        ("non_trainable", "Non-trainable params"),
    ):
        match = re.search(rf"(?:^|\n)\s*{label}: ([\d,]+)", summary)
        found[key] = int(match[1].replace(",", "")) if match else None
    return found


def row(layer: Any) -> dict[str, Any]:
    """One layer: name, class, output shape as a nested list, counts; None where unbuilt."""
    has_weights = hasattr(layer, "weights")
    built = getattr(layer, "built", not has_weights)
    result: dict[str, Any] = {
        "name": layer.name,
        "class_name": type(layer).__name__,
        "shape": _output_shape(layer),
        "params": (_count(layer.weights) if has_weights else 0) if built else None,
        "trainable": (_count(layer.trainable_weights) if has_weights else 0) if built else None,
    }
    inner = getattr(layer, "layers", None)
    if inner:
        result["children"] = [row(one) for one in inner if type(one).__name__ != "InputLayer"]
    return result


def _count(weights: Any) -> int:
    total = 0
    for weight in weights:
        size = 1
        for axis in weight.shape:
            size *= int(axis)
        total += size
    return total


def _output_shape(layer: Any) -> Any:
    """As Keras's summary does: the outputs of the last use (``format_layer_shape``)."""
    nodes = getattr(layer, "_inbound_nodes", None)
    if nodes and hasattr(nodes[-1], "output_tensors"):
        return _shapes(nodes[-1].output_tensors)
    shapes = getattr(layer, "_build_shapes_dict", None)
    if shapes:
        try:
            return _shapes(layer.compute_output_shape(**shapes))
        except (NotImplementedError, TypeError, ValueError):
            return None
    try:
        return _shapes(layer.output_shape)
    except (AttributeError, RuntimeError):
        return None


def _shapes(value: Any) -> Any:
    if hasattr(value, "shape"):
        return [None if n is None else int(n) for n in value.shape]
    if isinstance(value, dict):
        return [_shapes(value[key]) for key in sorted(value)]
    if isinstance(value, list | tuple):
        if all(n is None or isinstance(n, int) for n in value):
            return list(value)
        return [_shapes(one) for one in value]
    return None


def engine(keras: Any) -> str:
    """Which Keras on which backend, for instance ``keras 3.15.1 (tensorflow 2.21.0)``."""
    try:
        backend = keras.backend.backend()
    except AttributeError:
        backend = "tensorflow"
    module = sys.modules.get(backend)
    version = getattr(module, "__version__", "")
    return f"keras {keras.__version__} ({f'{backend} {version}'.strip()})"


def _line(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    text = lines[0] if lines else ""
    return f"{type(error).__name__}: {text}"[:500] if text else type(error).__name__


if __name__ == "__main__":
    main()
