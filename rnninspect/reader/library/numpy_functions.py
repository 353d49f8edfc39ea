"""NumPy: the shapes of what its functions give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rnninspect.ir.dims import UnknownValue
from rnninspect.ir.operation import Rejected
from rnninspect.ir.operations import Spelling, find_path
from rnninspect.reader.context import Context
from rnninspect.reader.data.frames import like_frame
from rnninspect.reader.library import numpy_making, numpy_random, numpy_reshaping
from rnninspect.reader.library.calling import Args, Implementation, Kwargs
from rnninspect.reader.library.numpy_table import (
    as_arrays,
    of_numbers,
    on_tensors,
    result_dtype,
    work_out,
)
from rnninspect.reader.sizes import unknown_array
from rnninspect.reader.values import Array, FrameRef, Value


def _of_table(path: str, spelling: Spelling) -> Implementation:
    """Return a function of the table of operations, on arrays."""
    name = path.rpartition(".")[2]

    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        tensors = on_tensors(ctx, path, args, kwargs, node)
        if tensors is not None:
            return tensors
        if "out" in kwargs:
            ctx.state.note_array_write()
        known = of_numbers(ctx, name, args, kwargs)
        if known is not None:
            return known
        ctx.call_back(
            [value for value in (*args, *kwargs.values()) if not isinstance(value, Array)],
            f"what `{name}` gives is not known",
        )
        try:
            result = work_out(ctx, spelling, args, kwargs)
        except (Rejected, UnknownValue, TypeError):
            return unknown_array()
        frame = args[0] if args and isinstance(args[0], FrameRef) else None
        if frame is not None and spelling.shape_function == "like_first":
            return like_frame(ctx, frame)
        return as_arrays(ctx, result, result_dtype(ctx, name, args))

    return call


def fallback(path: str) -> Implementation | None:
    """Return what a function does that the table of operations knows."""
    return of_arrays(path)


def of_arrays(path: str) -> Implementation | None:
    """Return what an operation of the table does with arrays; None for no operation."""
    spelling = find_path(path)
    return None if spelling is None else _of_table(path, spelling)


FUNCTIONS: Mapping[str, Implementation] = {
    **numpy_making.FUNCTIONS,
    **numpy_random.FUNCTIONS,
    **numpy_reshaping.FUNCTIONS,
}

CONSTANTS = numpy_making.CONSTANTS
