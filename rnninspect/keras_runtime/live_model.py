"""What a live Keras model states about itself: its summary, its config, its weights.

Works on the objects of whichever Keras made them, and imports none.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeGuard

from rnninspect.ir.structures import NestedSizes
from rnninspect.json_values import Json
from rnninspect.keras_runtime.keras_types import (
    Keras,
    KerasLayer,
    KerasModel,
    KerasOperation,
    KerasVariable,
)
from rnninspect.sources.keras_summary import KerasRow, KerasSummary
from rnninspect.sources.models import StoredTensor

SUMMARY_WIDTH_COLUMNS = 200
MAX_SUMMARY_LAYERS = 3000
"""Above this, laying out the printed summary takes longer than all the rest."""


class Totals(NamedTuple):
    """The three counts below a summary; None where it has none."""

    params: int | None = None
    trainable: int | None = None
    non_trainable: int | None = None


def describe(model: KerasModel, keras: Keras) -> KerasSummary:
    """Return rows and totals as ``model.summary()`` shows them."""
    layers = _operations_of(model)
    totals = _printed_totals(model) if len(layers) <= MAX_SUMMARY_LAYERS else Totals()
    if totals.params is None:
        totals = Totals(
            model.count_params() if getattr(model, "built", True) else None,
            _count(model.trainable_weights),
            _count(model.non_trainable_weights),
        )
    return KerasSummary(engine(keras), model.name, tuple(_rows(layers)), *totals)


def _operations_of(model: KerasModel) -> list[KerasOperation]:
    operations: Iterable[KerasOperation] = getattr(model, "_operations", None) or model.layers
    return list(operations)


def _printed_totals(model: KerasModel) -> Totals:
    lines: list[str] = []
    try:
        model.summary(line_length=SUMMARY_WIDTH_COLUMNS, print_fn=lambda s, **_: lines.append(s))
    except (TypeError, ValueError):
        return Totals()
    return read_totals("\n".join(lines))


def read_totals(summary: str) -> Totals:
    """Return the three counts below a printed summary (Keras 2 and 3)."""
    labels = ("Total params", "Trainable params", "Non-trainable params")
    matches = (re.search(rf"(?:^|\n)\s*{label}: ([\d,]+)", summary) for label in labels)
    return Totals(*(int(match[1].replace(",", "")) if match else None for match in matches))


def _rows(operations: Iterable[KerasOperation]) -> Iterator[KerasRow]:
    for operation in operations:
        if type(operation).__name__ != "InputLayer":
            yield _row(operation)


def _row(operation: KerasOperation) -> KerasRow:
    """Return one layer's row; counts are None where it is not built."""
    weights: Iterable[KerasVariable] | None = getattr(operation, "weights", None)
    trainable: Iterable[KerasVariable] = getattr(operation, "trainable_weights", ())
    inner: Iterable[KerasLayer] = getattr(operation, "layers", ())
    is_built = getattr(operation, "built", weights is None)
    return KerasRow(
        name=operation.name,
        class_name=type(operation).__name__,
        shape=_output_shape(operation),
        params=_count(weights or ()) if is_built else None,
        trainable=_count(trainable) if is_built else None,
        children=tuple(_rows(inner)),
    )


def _count(weights: Iterable[KerasVariable]) -> int:
    return sum(math.prod(int(axis) for axis in weight.shape) for weight in weights)


def _output_shape(operation: KerasOperation) -> NestedSizes:
    """Return the outputs of the last use, as Keras's summary does (``format_layer_shape``)."""
    nodes = getattr(operation, "_inbound_nodes", None)
    if nodes and hasattr(nodes[-1], "output_tensors"):
        return _sizes(nodes[-1].output_tensors)
    built_on = getattr(operation, "_build_shapes_dict", None)
    compute = getattr(operation, "compute_output_shape", None)
    if built_on and compute is not None:
        try:
            return _sizes(compute(**built_on))
        except (NotImplementedError, TypeError, ValueError):
            return None
    try:
        return _sizes(getattr(operation, "output_shape", None))
    except RuntimeError:
        return None


def _sizes(value: object) -> NestedSizes:
    """Return tensors, shapes and structures of them as nested lists of sizes."""
    if hasattr(value, "shape"):
        return [None if n is None else int(n) for n in value.shape]
    if isinstance(value, dict):
        return [_sizes(value[key]) for key in sorted(value)]
    if isinstance(value, list | tuple):
        return [item if isinstance(item, int) else _sizes(item) for item in value]
    return None


def engine(keras: Keras) -> str:
    """Return which Keras on which backend: ``keras 3.15.1 (tensorflow 2.21.0)``."""
    try:
        backend = keras.backend.backend()
    except AttributeError:
        backend = "tensorflow"
    module = sys.modules.get(backend)
    version = getattr(module, "__version__", "")
    return f"keras {keras.__version__} ({f'{backend} {version}'.strip()})"


def keras_of(layer: object) -> Keras:
    """Return the Keras package that made a layer or model; it is imported already."""
    package = next(
        (base.__module__.split(".")[0] for base in type(layer).__mro__ if _is_keras(base)), "keras"
    )
    return sys.modules[package]


def _is_keras(base: type) -> bool:
    return base.__module__.split(".")[0] in ("keras", "tf_keras")


def is_model(value: object) -> TypeGuard[KerasModel]:
    """Whether a value is a live Keras model."""
    return hasattr(value, "count_params") and any(
        base.__name__ == "Model" and _is_keras(base) for base in type(value).__mro__
    )


def config_of(model: KerasModel) -> dict[str, Json]:
    """Return the config as a file would hold it; of a model without a graph, its layers' configs.

    The latter stand under ``listed_layers``.
    """
    if hasattr(model, "_functional") or hasattr(model, "_operations_by_depth"):
        try:
            config = json.loads(model.to_json())
        except (NotImplementedError, TypeError, ValueError):
            config = None
        if isinstance(config, dict) and "layers" in config.get("config", {}):
            return config
    return {
        "class_name": type(model).__name__,
        "config": {"name": model.name},
        "listed_layers": [_entry(layer) for layer in model.layers],
    }


def _entry(layer: KerasLayer) -> dict[str, Json]:
    """Return a layer's serialized form; if it cannot be serialized, its class and name."""
    entry: dict[str, Json]
    try:
        entry = json.loads(json.dumps(keras_of(layer).saving.serialize_keras_object(layer)))
    except (AttributeError, NotImplementedError, RuntimeError, TypeError, ValueError):
        entry = {"class_name": type(layer).__name__, "module": None}
    config = entry.get("config")
    named = {**config, "name": layer.name} if isinstance(config, dict) else {"name": layer.name}
    return {**entry, "config": named}


def weights_of(model: KerasModel) -> Iterator[StoredTensor]:
    """Yield each weight of each layer, under ``layer name/path of the weight``."""
    for layer in model.layers:
        for weight in layer.weights:
            path = getattr(weight, "path", weight.name)
            dtype = str(getattr(weight.dtype, "name", weight.dtype))
            yield StoredTensor(f"{layer.name}/{path}", tuple(int(n) for n in weight.shape), dtype)
