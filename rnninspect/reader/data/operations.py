"""Operators on data."""

from __future__ import annotations

from typing import Any

from rnninspect.reader.keras.operations import operation
from rnninspect.reader.sizes import unknown_array
from rnninspect.reader.values import Tensor


def binary_operation(ctx: Any, name: str, left: Any, right: Any, node: Any) -> Any:
    if isinstance(left, Tensor) or isinstance(right, Tensor):
        if name == "matmul":
            return operation(ctx, "matmul", [left], {"b": right}, node)
        return operation(ctx, name, [left, right], {}, node)
    return unknown_array()
