"""Items of data."""

from __future__ import annotations

from typing import Any

from rnninspect.reader.keras.operations import operation
from rnninspect.reader.sizes import unknown_array
from rnninspect.reader.values import Tensor


def item_of_data(ctx: Any, value: Any, key: Any, node: Any) -> Any:
    if isinstance(value, Tensor):
        return operation(ctx, "getitem", [value], {"slice_spec": key}, node)
    return unknown_array()
