"""What a live Keras model says about itself: its summary, its config, its weights.

Works on the objects of whichever Keras made them, and imports none.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from typing import Any

SUMMARY_WIDTH_COLUMNS = 200
MAX_SUMMARY_LAYERS = 3000
"""Above this, laying out the printed summary takes longer than all the rest."""


def describe(model: Any, keras: Any) -> dict[str, Any]:
    """Rows and totals as ``model.summary()`` shows them."""
    lines: list[str] = []
    layers = getattr(model, "_operations", None) or model.layers
    totals: dict[str, int | None] = {}
    if len(layers) <= MAX_SUMMARY_LAYERS:
        try:
            model.summary(
                line_length=SUMMARY_WIDTH_COLUMNS, print_fn=lambda s, **_: lines.append(s)
            )
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


def keras_of(model: Any) -> Any:
    """The Keras package that made a model, which is imported already."""
    package = next(
        (base.__module__.split(".")[0] for base in type(model).__mro__ if _is_keras(base)), "keras"
    )
    return sys.modules[package]


def _is_keras(base: type) -> bool:
    return base.__module__.split(".")[0] in ("keras", "tf_keras")


def is_model(value: Any) -> bool:
    """Whether a value is a live Keras model."""
    return hasattr(value, "count_params") and any(
        base.__name__ == "Model" and _is_keras(base) for base in type(value).__mro__
    )


def config_of(model: Any) -> dict[str, Any]:
    """The model's config as a file would hold it; its layers one by one where it has no graph."""
    class_name = type(model).__name__
    if hasattr(model, "_functional") or hasattr(model, "_operations_by_depth"):
        try:
            config = json.loads(model.to_json())
        except (NotImplementedError, TypeError, ValueError):
            config = None
        if isinstance(config, dict) and "layers" in config.get("config", {}):
            return config
    entries = [_entry(layer) for layer in model.layers]
    return {"class_name": class_name, "config": {"name": model.name}, "listed_layers": entries}


def _entry(layer: Any) -> dict[str, Any]:
    """A layer's serialized form; of one that cannot be serialized, its class and name."""
    try:
        serialized = keras_of(layer).saving.serialize_keras_object(layer)
        entry = json.loads(json.dumps(serialized))
    except (AttributeError, NotImplementedError, RuntimeError, TypeError, ValueError):
        entry = {"class_name": type(layer).__name__, "module": None, "config": {}}
    entry.setdefault("config", {})["name"] = layer.name
    return dict(entry)


def weights_of(model: Any) -> Iterator[tuple[str, tuple[int, ...], str]]:
    """Each weight of each layer: ``layer name/path of the weight``, shape, dtype."""
    for layer in model.layers:
        for weight in layer.weights:
            path = getattr(weight, "path", weight.name)
            dtype = str(getattr(weight.dtype, "name", weight.dtype))
            yield f"{layer.name}/{path}", tuple(int(n) for n in weight.shape), dtype
