"""Symbolic tensors as a program uses them: ``x.shape``, ``x[:, -1]``, ``a + b``, ``x.sum()``."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from rnninspect.reader.context import Context
from rnninspect.reader.keras.operations import operation
from rnninspect.reader.sizes import sizes_of
from rnninspect.reader.values import NativeMethod, Tensor, Unresolved, Value

_UNKNOWN = frozenset("dtype name size sparse".split())


def attribute_of_tensor(value: Tensor, name: str) -> Value:
    """Return an attribute of a tensor; else a method of it."""
    if name == "shape":
        return value.shape
    if name in ("ndim", "rank") and value.shape.rank is not None:
        return value.shape.rank
    if name == "_keras_shape":
        return sizes_of(value.shape)
    if name in _UNKNOWN or name in ("ndim", "rank"):
        return Unresolved(f"`{name}` of a tensor is not known")
    return NativeMethod(value, name)


def item_of_tensor(ctx: Context, value: Tensor, key: Value, node: ast.AST) -> Value:
    """Return ``value[key]``."""
    return operation(ctx, "getitem", [value], {"slice_spec": key}, node)


def binary_of_tensors(ctx: Context, name: str, left: Value, right: Value, node: ast.AST) -> Value:
    """Return ``left operator right``, of which one is a tensor."""
    if name == "matmul":
        return operation(ctx, "matmul", [left], {"b": right}, node)
    return operation(ctx, name, [left, right], {}, node)


def call_method_of_tensor(
    ctx: Context,
    value: Tensor,
    name: str,
    args: Sequence[Value],
    kwargs: Mapping[str, Value],
    node: ast.AST,
) -> Value:
    """Return what ``value.name(...)`` results in."""
    function = name.strip("_") if name.startswith("__") else name
    return operation(ctx, function, [value, *args], kwargs, node)
