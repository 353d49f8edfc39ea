"""Ranks of unknown tensors: what a layer that took one says of it."""

from __future__ import annotations

from typing import Any

from rnninspect.ir.dims import Dim
from rnninspect.ir.operation import Call, Operation
from rnninspect.ir.shape import Shape
from rnninspect.reader.keras.plain import Tensors, shape_of
from rnninspect.reader.store import State
from rnninspect.reader.values import Tensor

MAX_RANK = 6
"""The largest rank that a layer is asked for."""


def shape_in(state: State, value: Any) -> Any:
    """Return the shape of a tensor, of which an earlier use may have told the rank."""
    if _is_unknown(value):
        for rank in range(1, MAX_RANK + 1):
            if state.decided.get(("rank", value, rank)):
                return _of_rank(rank, value.shape.reason)
    return shape_of(value)


def note_rank(state: State, operation: Operation, args: tuple[Tensors, ...]) -> None:
    """Remember the rank of an unknown tensor that a layer took, if it takes only that one."""
    if len(args) != 1 or not _is_unknown(args[0]):
        return
    accepted = [
        rank
        for rank in range(1, MAX_RANK + 1)
        if operation.apply(Call((_of_rank(rank, "not known"),))).rejected is None
    ]
    if len(accepted) == 1:
        state.decided["rank", args[0], accepted[0]] = True


def _is_unknown(value: Any) -> bool:
    return isinstance(value, Tensor) and value.is_single and value.shape.dims is None


def _of_rank(rank: int, reason: str) -> Shape:
    return Shape([Dim.unknown(reason) for _ in range(rank)])
