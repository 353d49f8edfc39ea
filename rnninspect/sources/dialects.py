"""Dialects: the names and defaults of Keras 1 and 2 become those of Keras 3.

Every rename applies where the old name is present and the new one is not, so that a config of
Keras 3 passes unchanged. Sources: ``keras/legacy/interfaces.py`` of Keras 2.0, which names what
changed; the constructors of Keras 1.2 and of tf.keras 2.
"""

from __future__ import annotations

from collections.abc import Mapping

from rnninspect.json_values import Json, JsonObject
from rnninspect.layers import registry
from rnninspect.layers.base import Layer
from rnninspect.layers.registry import ALIASES

CLASSES: Mapping[str, str] = {
    "AtrousConvolution1D": "Conv1D",
    "AtrousConvolution2D": "Conv2D",
    "AtrousConv1D": "Conv1D",
    "AtrousConv2D": "Conv2D",
    "BatchNormalizationV1": "BatchNormalization",
    "BatchNormalizationV2": "BatchNormalization",
    "Convolution2DTranspose": "Conv2DTranspose",
    "Deconvolution2D": "Conv2DTranspose",
    "Deconvolution3D": "Conv3DTranspose",
    "SyncBatchNormalization": "BatchNormalization",
    "TimeDistributedDense": "Dense",
    "UnifiedGRU": "GRU",
    "UnifiedLSTM": "LSTM",
}
"""Classes of Keras 1 and 2 that Keras 3 has under another name or as part of another class.

A table, not a part of the declarations: whether a name in a config, a program or a printed summary
is a layer's must be decided without importing the families of layers.
"""

_WINDOW_PARTS = ("nb_row", "nb_col"), ("kernel_dim1", "kernel_dim2", "kernel_dim3")
_DATA_FORMATS = {"tf": "channels_last", "th": "channels_first"}
_MERGES = {
    "sum": "Add",
    "mul": "Multiply",
    "concat": "Concatenate",
    "ave": "Average",
    "max": "Maximum",
    "min": "Minimum",
    "dot": "Dot",
    "cos": "Dot",
}


def modern(class_name: str, config: JsonObject, major: int | None) -> tuple[str, dict[str, Json]]:
    """Return the class and the arguments as Keras 3 calls them.

    ``major`` is the version of Keras that wrote the config, None where that is not known.
    """
    class_name = CLASSES.get(class_name) or ALIASES.get(class_name, class_name)
    if class_name == "Merge" and not config.get("layers"):
        class_name, config = _merged(config)
    arguments: dict[str, Json] = dict(config)
    declaration = registry.find(class_name) or Layer
    for old, new in declaration.earlier_names().items():
        if old in arguments and new not in arguments:
            arguments[new] = arguments.pop(old)
    for parts in _WINDOW_PARTS:
        if "kernel_size" not in arguments and all(part in arguments for part in parts):
            arguments["kernel_size"] = [arguments[part] for part in parts]
    if "dim_ordering" in arguments and "data_format" not in arguments:
        arguments["data_format"] = _DATA_FORMATS.get(str(arguments["dim_ordering"]))
    if major is None or major < 3:
        for name, value in declaration.earlier_defaults.items():
            arguments.setdefault(name, value)
    return class_name, arguments


def _merged(config: JsonObject) -> tuple[str, JsonObject]:
    """Return the class and the arguments of Keras 1's Merge in a graph, by its mode."""
    arguments = {key: config[key] for key in ("name", "trainable", "dtype") if key in config}
    class_name = _MERGES.get(str(config.get("mode")), "Merge")
    if class_name == "Concatenate":
        arguments["axis"] = config.get("concat_axis", -1)
    elif class_name == "Dot":
        axes = config.get("dot_axes", -1)
        # Keras 1 nests them as [[2], [2]].
        if isinstance(axes, list):
            axes = [axis[0] if isinstance(axis, list) and axis else axis for axis in axes]
        arguments["axes"] = axes
        arguments["normalize"] = config.get("mode") == "cos"
    return class_name, arguments


def major_of(version: Json) -> int | None:
    """Return the first number of a version such as ``2.2.4-tf``; None without one."""
    if not isinstance(version, str):
        return None
    first = version.partition(".")[0]
    return int(first) if first.isdecimal() and len(first) < 4 else None


def guessed_major(config: Json) -> int | None:
    """Return the version that the form of a config implies; None where it could be several."""
    if isinstance(config, list):
        return 1
    entries = config.get("layers") if isinstance(config, Mapping) else None
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, Mapping) and "module" in entry:
            return 3
        inner = entry.get("config") if isinstance(entry, Mapping) else None
        if isinstance(inner, Mapping) and inner.keys() & {"nb_filter", "inner_init", "border_mode"}:
            return 1
    return None
