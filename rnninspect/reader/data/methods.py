"""Methods of data."""

from __future__ import annotations

from typing import Any

from rnninspect.reader.keras.dispatch import call_method_of_tensor
from rnninspect.reader.values import Tensor, Unresolved


def call_method_of_data(ctx: Any, r: Any, name: str, args: Any, kwargs: Any, node: Any) -> Any:
    if isinstance(r, Tensor):
        return call_method_of_tensor(ctx, r, name, args, kwargs, node)
    ctx.call_unseen([*args, *kwargs.values()], "x")
    return Unresolved("data")


def call_method_of_object(ctx: Any, r: Any, name: str, args: Any, kwargs: Any, node: Any) -> Any:
    return ctx.call_unseen([r, *args, *kwargs.values()], "x")


call_method_of_library = call_method_of_object
