"""candidates: the arguments that may lead to a printed output shape and count, by class."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from rnninspect.ir.shape import Shape
from rnninspect.layers import registry
from rnninspect.layers.base import Layer

MAX_KERNEL = 4096
_KERNELS = (3, 5, 2, 1, 7, 4, 8, 9, 11, 6, 10, 16, 32, 64, 15, 13, 12)

MAX_INNER = 200
"""How many candidates of each inner layer of a TimeDistributed are tried."""

Arguments = dict[str, Any]
_WITH_WEIGHTS = ("Dense", "Conv1D", "Conv2D", "BatchNormalization", "LayerNormalization")
"""The layers that programs most often apply to each timestep, the recurrent ones apart.

Not all layers that have a reading: each one more makes the same count more ambiguous.
"""
_WITHOUT_WEIGHTS: Mapping[str, Arguments] = {
    "Flatten": {},
    "GlobalAveragePooling1D": {},
    "GlobalAveragePooling2D": {},
    "Activation": {"activation": "linear"},
    "MaxPooling2D": {},
    "MaxPooling1D": {},
    "Dropout": {"rate": 0.5},
}
"""The same of layers without weights, with the arguments that they require."""


class Printed(NamedTuple):
    """What is known of a printed row: its class, what goes in (if anything is known), its count."""

    name: str
    class_name: str
    inputs: tuple[Shape, ...]
    outputs: tuple[Shape, ...]
    params: int


def candidates(layer: type[Layer], row: Printed) -> Iterator[Arguments]:
    """Yield arguments that may lead to the printed output, the usual ones first."""
    maker = _MAKERS.get(layer.reading)
    if maker is not None and row.outputs and row.outputs[0].dims is not None:
        yield from maker(layer, row)


def recurrent_classes() -> tuple[str, ...]:
    """Return the recurrent layers of today's Keras, the usual ones first."""
    names = registry.FAMILIES["recurrent"].split()
    return tuple(name for name in names if _layer(name).reading == "recurrent")


def _layer(class_name: str) -> type[Layer]:
    declaration = registry.find(class_name)
    assert declaration is not None
    return declaration


def _width(row: Printed) -> int | None:
    sizes = row.outputs[0].sizes or ()
    return sizes[-1] if sizes else None


def _features(row: Printed) -> int | None:
    sizes = row.inputs[0].sizes if row.inputs else None
    return sizes[-1] if sizes else None


def _recurrent(layer: type[Layer], row: Printed) -> Iterator[Arguments]:
    units = _width(row)
    if units is None:
        return
    base: Arguments = {"units": units}
    if len(row.outputs[0].require()) == 3:
        base["return_sequences"] = True
    if len(row.outputs) > 1:
        base["return_state"] = True
    yield from ({**base, **more} for more in ({}, *layer.variants))


def _bidirectional(layer: type[Layer], row: Printed) -> Iterator[Arguments]:
    width = _width(row)
    if width is None:
        return
    plain: Arguments = {"return_sequences": True} if len(row.outputs[0].require()) == 3 else {}
    if len(row.outputs) > 2:
        plain["return_state"] = True
    for merge_mode in ("concat", "sum", None):
        if (merge_mode is None) != (len(row.outputs) == 2):
            continue
        units = width // 2 if merge_mode == "concat" else width
        if merge_mode == "concat" and width % 2:
            continue
        for inner in sorted(recurrent_classes(), key=lambda name: name.lower() not in row.name):
            for more in ({}, *_layer(inner).variants):
                arguments: Arguments = {"layer": (inner, {"units": units, **plain, **more})}
                yield (
                    arguments if merge_mode == "concat" else {**arguments, "merge_mode": merge_mode}
                )


def _dense(layer: type[Layer], row: Printed) -> Iterator[Arguments]:
    units = _width(row)
    if units is not None:
        yield {"units": units}
        yield {"units": units, "use_bias": False}


def _time_distributed(layer: type[Layer], row: Printed) -> Iterator[Arguments]:
    def without_time(shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        return tuple(
            shape if shape.dims is None else Shape((shape.dims[0], *shape.dims[2:]))
            for shape in shapes
        )

    inside = row._replace(inputs=without_time(row.inputs), outputs=without_time(row.outputs))
    if row.params == 0:
        sizes = (inside.outputs[0].sizes or ())[1:] if inside.outputs else ()
        for kind, required in _WITHOUT_WEIGHTS.items():
            yield {"layer": (kind, required)}
        yield {"layer": ("Reshape", {"target_shape": sizes})}
        return
    for kind in (*_WITH_WEIGHTS, *recurrent_classes()):
        for arguments in itertools.islice(candidates(_layer(kind), inside), MAX_INNER):
            yield {"layer": (kind, arguments)}


def _embedding(layer: type[Layer], row: Printed) -> Iterator[Arguments]:
    width = _width(row)
    if width and row.params % width == 0 and row.params:
        arguments: Arguments = {"input_dim": row.params // width, "output_dim": width}
        yield arguments
        yield {**arguments, "mask_zero": True}


def _divided(amount: int, by: int) -> int | None:
    return amount // by if by > 0 and amount > 0 and amount % by == 0 else None


def _convolution(layer: type[Layer], row: Printed) -> Iterator[Arguments]:
    filters, channels = _width(row), _features(row)
    if filters is None:
        return
    axes = layer.spatial_axes
    for use_bias in (True, False):
        rest = row.params - filters * use_bias
        if channels is None:
            # Neither window nor channels are known: the usual windows first.
            for side in _KERNELS:
                if _divided(rest, side**axes * filters) is not None:
                    bias: Arguments = {} if use_bias else {"use_bias": False}
                    sizes = (side,) * axes
                    yield {"filters": filters, "kernel_size": sizes, "padding": "same", **bias}
            continue
        channels_in = channels
        if _has(layer, "depth_multiplier"):
            window = _divided(rest - channels_in * filters, channels_in)
        else:
            window = _divided(rest, channels_in * filters)
        base: Arguments = (
            {"filters": filters} if use_bias else {"filters": filters, "use_bias": False}
        )
        for sizes in _kernels(window, axes):
            yield from _placed({**base, "kernel_size": sizes}, layer, row)
        if window is None and _has(layer, "groups"):
            for groups in (
                n for n in range(2, channels_in + 1) if channels_in % n == 0 and filters % n == 0
            ):
                for sizes in _kernels(_divided(rest, channels_in // groups * filters), axes):
                    more = {**base, "kernel_size": sizes, "groups": groups}
                    yield from _placed(more, layer, row)


def _placed(base: Arguments, layer: type[Layer], row: Printed) -> Iterator[Arguments]:
    """Yield the arguments with the paddings and strides that may lead to the printed output."""
    if not row.inputs or row.inputs[0].dims is None:
        yield {**base, "padding": "same"}
        return
    transposed = _has(layer, "output_padding")
    paddings = ("valid", "same", "causal") if layer.takes_causal else ("valid", "same")
    for strides in (1, 2, 3, 4, 5, 8):
        for padding in paddings:
            more: Arguments = {} if padding == "valid" else {"padding": padding}
            if strides > 1:
                more["strides"] = strides
            yield {**base, **more}
        if transposed and strides > 1:
            yield {**base, "strides": strides, "padding": "same", "output_padding": 1}
    for dilation in (2, 4, 8, 16):
        for padding in paddings:
            yield {**base, "dilation_rate": dilation, "padding": padding}


def _kernels(window: int | None, axes: int) -> Iterator[tuple[int, ...]]:
    """Yield the sizes of a window of this many places, those with equal sides first."""
    if window is None or not 0 < window <= MAX_KERNEL:
        return
    divisors = [n for n in range(1, window + 1) if window % n == 0]
    windows = [
        sizes for sizes in itertools.product(divisors, repeat=axes) if math.prod(sizes) == window
    ]
    yield from sorted(windows, key=lambda sizes: (max(sizes) - min(sizes), sizes))


def _depthwise(layer: type[Layer], row: Printed) -> Iterator[Arguments]:
    width, channels = _width(row), _features(row)
    if width is None:
        return
    axes = layer.spatial_axes
    depth = width // channels if channels else 1
    for use_bias in (True, False):
        for sizes in _kernels(_divided(row.params - width * use_bias, width), axes):
            base: Arguments = {"kernel_size": sizes, "depth_multiplier": depth}
            if not use_bias:
                base["use_bias"] = False
            yield from _placed(base, layer, row)


def _conv_lstm(layer: type[Layer], row: Printed) -> Iterator[Arguments]:
    filters, channels = _width(row), _features(row)
    if filters is None:
        return
    axes = layer.spatial_axes
    base: Arguments = {"filters": filters}
    if len(row.outputs[0].require()) == axes + 3:
        base["return_sequences"] = True
    for use_bias in (True, False):
        for channels_in in [channels] if channels is not None else [1, 3, *range(2, 65)]:
            window = _divided(
                row.params - 4 * filters * use_bias, 4 * filters * (channels_in + filters)
            )
            for sizes in _kernels(window, axes):
                more: Arguments = {} if use_bias else {"use_bias": False}
                yield from _placed({**base, "kernel_size": sizes, **more}, layer, row)


def _normalization(layer: type[Layer], row: Printed) -> Iterator[Arguments]:
    yield {}
    yield {"scale": False}
    yield {"center": False}
    yield {"center": False, "scale": False}
    rank = row.outputs[0].rank or 0
    for axis in range(1, rank - 1):
        yield {"axis": axis}
    if layer.takes_axes:
        for first in range(1, rank - 1):
            yield {"axis": tuple(range(first, rank))}


def _heads(layer: type[Layer], row: Printed) -> Iterator[Arguments]:
    features = _features(row) or _width(row)
    if features is None:
        return
    values = (row.inputs[1].sizes or (features,))[-1] if len(row.inputs) > 1 else features
    for use_bias in (True, False):
        per = 2 * features + 2 * (values or features) + (3 if use_bias else 0)
        width = _divided(row.params - (features if use_bias else 0), per)
        if width is None:
            continue
        heads = [n for n in range(1, width + 1) if width % n == 0]
        for num_heads in sorted(heads, key=lambda n: (n not in (8, 4, 2, 16, 12, 1), n)):
            more: Arguments = {} if use_bias else {"use_bias": False}
            yield {"num_heads": num_heads, "key_dim": width // num_heads, **more}


def _scores(layer: type[Layer], row: Printed) -> Iterator[Arguments]:
    if not _has(layer, "score_mode"):
        yield {}
        yield {"use_scale": False}
        return
    yield {}
    yield {"use_scale": True}
    yield {"score_mode": "concat"}
    yield {"use_scale": True, "score_mode": "concat"}


def _prelu(layer: type[Layer], row: Printed) -> Iterator[Arguments]:
    yield {}
    rank = row.outputs[0].rank or 0
    axes = range(1, rank)
    for count in range(1, rank):
        for shared in itertools.combinations(axes, count):
            yield {"shared_axes": list(shared)}


def _has(layer: type[Layer], argument: str) -> bool:
    return argument in layer.argument_kinds()


_MAKERS: Mapping[str, Callable[[type[Layer], Printed], Iterator[Arguments]]] = {
    "bidirectional": _bidirectional,
    "conv_lstm": _conv_lstm,
    "convolution": _convolution,
    "dense": _dense,
    "depthwise": _depthwise,
    "embedding": _embedding,
    "heads": _heads,
    "normalization": _normalization,
    "prelu": _prelu,
    "recurrent": _recurrent,
    "scores": _scores,
    "time_distributed": _time_distributed,
}
"""How arguments are found, by the ``reading`` of the declaration."""
