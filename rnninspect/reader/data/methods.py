"""Methods of data: of arrays, tables and data sets."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from rnninspect.reader.context import Context
from rnninspect.reader.data.array_methods import array_method
from rnninspect.reader.data.datasets import dataset_method
from rnninspect.reader.data.frame_methods import frame_method
from rnninspect.reader.library.calling import Args, Kwargs
from rnninspect.reader.values import Array, Dataset, FrameRef, Value


def call_method_of_data(
    ctx: Context, value: Value, name: str, args: Args, kwargs: Kwargs, node: Any
) -> Value:
    """Return what a method of an array, a table or a data set gives."""
    if name in _OPERATORS and len(args) == 1:
        return ctx.binary(_OPERATORS[name](), value, args[0], node)
    if name == "__getitem__" and args:
        return ctx.item(value, args[0], node)
    if isinstance(value, FrameRef):
        return frame_method(ctx, value, name, args, kwargs, node)
    if isinstance(value, Dataset):
        return dataset_method(ctx, value, name, args, kwargs, node)
    if isinstance(value, Array):
        return array_method(ctx, value, name, args, kwargs, node)
    return ctx.call_unseen([value, *args, *kwargs.values()], f"`{name}` is not followed")


_OPERATORS: Mapping[str, type[ast.operator]] = {
    "__add__": ast.Add, "add": ast.Add, "__sub__": ast.Sub, "sub": ast.Sub, "subtract": ast.Sub,
    "__mul__": ast.Mult, "mul": ast.Mult, "multiply": ast.Mult, "__truediv__": ast.Div,
    "div": ast.Div, "divide": ast.Div, "truediv": ast.Div, "__matmul__": ast.MatMult,
}  # fmt: skip
