"""Objects of libraries: symbolic tensors are Keras's, arrays and tables are data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rnninspect.reader.context import Context
from rnninspect.reader.data import attributes, items, methods, operations
from rnninspect.reader.keras import tensors
from rnninspect.reader.values import Tensor, Value


def attribute_of_data(ctx: Context, value: Value, name: str, node: Any) -> Value:
    """Return an attribute of a tensor, an array, a table or a data set."""
    if isinstance(value, Tensor):
        return tensors.attribute_of_tensor(value, name)
    return attributes.attribute_of_data(ctx, value, name, node)


def item_of_data(ctx: Context, value: Value, key: Value, node: Any) -> Value:
    """Return ``value[key]`` of a tensor, an array or a table."""
    if isinstance(value, Tensor):
        return tensors.item_of_tensor(ctx, value, key, node)
    return items.item_of_data(ctx, value, key, node)


def binary_operation(ctx: Context, name: str, left: Value, right: Value, node: Any) -> Value:
    """Return ``left operator right`` where one of them is a tensor, an array or a table."""
    if isinstance(left, Tensor) or isinstance(right, Tensor):
        return tensors.binary_of_tensors(ctx, name, left, right, node)
    return operations.binary_operation(ctx, name, left, right, node)


def call_method_of_data(
    ctx: Context,
    value: Value,
    name: str,
    args: Sequence[Value],
    kwargs: Mapping[str, Value],
    node: Any,
) -> Value:
    """Return what a method of a tensor, an array, a table or a data set results in."""
    if isinstance(value, Tensor):
        return tensors.call_method_of_tensor(ctx, value, name, args, kwargs, node)
    return methods.call_method_of_data(ctx, value, name, args, kwargs, node)
