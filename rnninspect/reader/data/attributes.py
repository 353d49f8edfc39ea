"""Attributes of data."""

from __future__ import annotations

from typing import Any

from rnninspect.reader.sizes import sizes_of
from rnninspect.reader.values import *
from rnninspect.reader.values import NativeMethod, Unresolved


def attribute_of_data(ctx: Any, value: Any, name: str, node: Any) -> Any:
    shape = (
        ctx.state.get(value).shape if isinstance(value, FrameRef) else getattr(value, "shape", None)
    )
    if name in ("shape",) and shape is not None:
        return shape
    if name == "ndim" and shape is not None and shape.rank is not None:
        return shape.rank
    if name in ("_keras_shape",) and shape is not None:
        return sizes_of(shape)
    if name in ("dtype", "name", "size", "index", "columns", "ndim"):
        return Unresolved("an attribute of the data")
    return NativeMethod(value, name)
