"""Quantized kernels: the tensors that stand in for a kernel in int8, int4, float8, GPTQ and AWQ.

Source: ``_int8_build``, ``_int4_build``, ``_float8_build``, ``_gptq_build``, ``_awq_build`` of
``Dense``, ``EinsumDense`` and ``Embedding`` in ``keras/src/layers/core``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rnninspect.ir.dims import Dim, UnknownValue, product
from rnninspect.ir.shape import Shape
from rnninspect.ir.weights import Weight

DEFAULT_AMAX_HISTORY_LENGTH = 1024


class Quantization(NamedTuple):
    """How a layer's kernel is kept; ``group`` is how many rows share a scale, None for all."""

    mode: str
    bits: int = 8
    group: int | None = None
    amax_history_length: int = DEFAULT_AMAX_HISTORY_LENGTH


def is_quantized(policy: object) -> bool:
    """Whether weights are quantized by a dtype policy."""
    if isinstance(policy, str):
        return "_from_" in policy
    if not isinstance(policy, Mapping):
        return False
    config = policy.get("config")
    if policy.get("class_name") == "DTypePolicyMap":
        return isinstance(config, Mapping) and bool(config.get("policy_map"))
    return isinstance(config, Mapping) and "mode" in config


def quantization_of(policy: object, quantization_config: object) -> Quantization | None:
    """Return the quantization from a dtype policy and a quantization config; None without one."""
    if not is_quantized(policy):
        return None
    config = policy.get("config") if isinstance(policy, Mapping) else None
    mode = config.get("mode") if isinstance(config, Mapping) else str(policy).partition("_from_")[0]
    match = re.fullmatch(r"(int8|int4|float8|gptq|awq)((?:/-?\d+)*)", str(mode))
    if match is None:
        raise UnknownValue(f"quantization of the mode {mode!r} is not modelled")
    numbers = [int(number) for number in match[2].split("/") if number]
    length = config.get("amax_history_length") if isinstance(config, Mapping) else None
    kind = match[1]
    group = numbers[-1] if numbers else None
    stated: object = None
    if isinstance(quantization_config, Mapping):
        stated = quantization_config.get("config")
    if kind == "int4" and isinstance(stated, Mapping) and "block_size" in stated:
        group = stated["block_size"]
    if group is not None and (not isinstance(group, int) or group <= 0):
        group = None
    return Quantization(
        kind,
        numbers[0] if kind == "gptq" and numbers else 4,
        group,
        length if isinstance(length, int) else DEFAULT_AMAX_HISTORY_LENGTH,
    )


def quantized_kernel(
    how: Quantization, kernel: tuple[Dim, ...], rows: Dim, columns: Dim, scale: tuple[Dim, ...]
) -> Iterator[Weight]:
    """Yield the weights in place of a kernel of summed ``rows`` and resulting ``columns``.

    ``scale`` is the shape of an int8 kernel's scales.
    """
    if how.mode == "float8":
        yield Weight("kernel", kernel)
        for name in ("inputs", "kernel", "outputs_grad"):
            yield Weight(f"{name}_scale", (), dtype="float32")
            length = Dim.named("amax_history_length", how.amax_history_length)
            yield Weight(f"{name}_amax_history", (length,), dtype="float32")
    elif how.mode == "int8":
        yield Weight("kernel", kernel, trainable=False, dtype="int8")
        yield Weight("kernel_scale", scale, trainable=False)
    elif how.mode == "int4":
        packed = halved(columns)
        yield Weight("kernel", (rows, packed), trainable=False, dtype="int8")
        yield from _scales("kernel", how, rows, columns, groups_first=True)
    else:
        packed = halved(columns) if how.bits == 4 else columns
        yield Weight("kernel", (packed, rows), trainable=False, dtype="uint8")
        groups = Dim.of(1) if how.group is None else _groups(rows, how.group)
        yield Weight("kernel_scale", (columns, groups), trainable=False)
        yield Weight("kernel_zero", (columns, groups), trainable=False, dtype="uint8")
        if how.mode == "awq":
            yield Weight("awq_scales", (rows,), trainable=False)
        yield Weight("g_idx", (rows,), trainable=False, dtype="float32")


def quantized_table(
    how: Quantization, rows: Dim, width: Dim, *, reverse: bool = False
) -> Iterator[Weight]:
    """Yield the weights in place of an embedding's table; ``reverse`` for the way back."""
    if how.mode not in ("int8", "int4"):
        raise UnknownValue(f"an embedding in {how.mode} is not modelled")
    name = "reverse_embeddings" if reverse else "embeddings"
    packed = width if how.mode == "int8" else halved(width)
    shape = (packed, rows) if reverse else (rows, packed)
    yield Weight(name, shape, trainable=False, dtype="int8")
    if how.mode == "int8":
        yield Weight(f"{name}_scale", (rows,), trainable=False)
    else:
        for weight in _scales(name, how, width, rows, groups_first=reverse):
            # Keras keeps no index of its own for the way back, and its zeros in the layer's dtype.
            if reverse and weight.name == "g_idx":
                continue
            zero = reverse and weight.name.endswith("_zero")
            yield Weight(weight.name, weight.shape, trainable=False) if zero else weight


def _scales(
    name: str, how: Quantization, rows: Dim, columns: Dim, *, groups_first: bool
) -> Iterator[Weight]:
    if how.group is None:
        yield Weight(f"{name}_scale", (columns,), trainable=False)
        return
    groups = _groups(rows, how.group)
    shape = (groups, columns) if groups_first else (columns, groups)
    yield Weight(f"{name}_scale", shape, trainable=False)
    yield Weight(f"{name}_zero", shape, trainable=False, dtype="int8")
    yield Weight("g_idx", (rows,), trainable=False, dtype="float32")


def _groups(rows: Dim, size: int) -> Dim:
    return rows.apply(lambda n: -(-n // size)).called("groups")


def halved(columns: Dim) -> Dim:
    """Return the size of an axis that packs two numbers of four bits into a byte."""
    return columns.apply(lambda n: (n + 1) // 2).called("packed")


def rows_and_columns(kernel: Shape, summed: tuple[bool, ...]) -> tuple[Dim, Dim]:
    """Return the summed axes of a kernel and the resulting ones, each as one."""
    rows = product(dim for dim, gone in zip(kernel, summed, strict=True) if gone)
    columns = product(dim for dim, gone in zip(kernel, summed, strict=True) if not gone)
    return rows, columns
