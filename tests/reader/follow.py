"""Follow small programs, and compare what the reader claims to know with what CPython computes."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from textwrap import dedent
from typing import Any

from rnninspect.ir.shape import Shape
from rnninspect.reader.context import Frame
from rnninspect.reader.interpreter import Interpreter
from rnninspect.reader.record import Record
from rnninspect.reader.store import State
from rnninspect.reader.values import (
    Array,
    DictRef,
    External,
    FrameRef,
    InstanceRef,
    ListRef,
    ScopeRef,
    SetRef,
    Unresolved,
    Value,
)

os.environ["RNNINSPECT_STRICT"] = "1"


class UNKNOWN:
    """Stands for what the reader does not claim to know."""


def states_after(text: str) -> tuple[ScopeRef, list[State]]:
    """Return the scope of a program, and the states in which it can end."""
    reader = Interpreter(Record())
    scope = ScopeRef(path="program.py")
    reader.state.new_names(scope, {"__name__": "__main__"})
    reader.frame = Frame(scope, "program.py", None)
    return scope, reader.block(ast.parse(text).body, [reader.state]).next


def claims(text: str) -> list[dict[str, Any]]:
    """Return what is known of each name where a program ends, for each way there."""
    scope, states = states_after(dedent(text))
    return [
        {
            name: plain(state, value)
            for name, value in state.names(scope).values.items()
            if not name.startswith("__")
        }
        for state in states
    ]


def known(text: str) -> dict[str, Any]:
    """Return what is known where a program ends that has one way through it."""
    (only,) = claims(text)
    return only


def plain(state: State, value: Value, depth: int = 6) -> Any:
    """Return a value as Python has it; UNKNOWN where it, or a part that matters, is not known."""
    if isinstance(value, Unresolved) or depth == 0:
        return UNKNOWN
    if isinstance(value, ListRef):
        cell = state.get(value)
        return [plain(state, v, depth - 1) for v in cell.items] if cell.exact else UNKNOWN
    if isinstance(value, DictRef):
        cell = state.get(value)
        if not cell.exact:
            return UNKNOWN
        return {key: plain(state, v, depth - 1) for key, v in cell.items.items()}
    if isinstance(value, SetRef):
        cell = state.get(value)
        return set(cell.items) if cell.exact else UNKNOWN
    if type(value) is tuple:
        return tuple(plain(state, part, depth - 1) for part in value)
    if isinstance(value, Array):
        return ("array", sizes(value.shape))
    if isinstance(value, FrameRef):
        return ("table", sizes(state.get(value).shape))
    if isinstance(value, InstanceRef):
        return {name: plain(state, v, depth - 1) for name, v in state.names(value).values.items()}
    return UNKNOWN if isinstance(value, External) else value


def sizes(shape: Shape) -> tuple[int | None, ...] | None:
    """Return the sizes of a shape, None for each that is not known; None without a rank."""
    return shape.sizes


def contradictions(text: str, **given: Any) -> Iterator[str]:
    """Execute a program, and yield each claim that is not what the execution has.

    ``given`` are names that the execution begins with and of which the reader knows nothing.
    """
    values: dict[str, Any] = {"__name__": "__main__", **given}
    exec(compile(dedent(text), "program.py", "exec"), values)
    ways = claims(text)
    wrong = [
        [
            f"{name}: claimed {claim!r}, was {values[name]!r}"
            for name, claim in way.items()
            if name in values and not agrees(claim, values[name])
        ]
        for way in ways
    ]
    if all(wrong) or not ways:
        yield from wrong[0] if wrong else ["the program does not end"]


def agrees(claim: Any, value: Any) -> bool:
    """Whether a claim holds of a value of an execution."""
    if claim is UNKNOWN:
        return True
    if isinstance(claim, tuple) and claim[:1] in (("array",), ("table",)):
        return claim[1] is None or (
            len(claim[1]) == len(value.shape)
            and all(c in (None, size) for c, size in zip(claim[1], value.shape, strict=True))
        )
    if isinstance(claim, list):
        same = len(claim) == len(value) and all(map(agrees, claim, value))
        return isinstance(value, list) or hasattr(value, "append") if same else False
    if isinstance(claim, dict):
        other = value if isinstance(value, dict) else getattr(value, "__dict__", None)
        if other is None and hasattr(value, "_asdict"):
            other = value._asdict()
        return other is None or (
            list(claim) == list(other) and all(agrees(claim[key], other[key]) for key in claim)
        )
    if isinstance(claim, tuple) and isinstance(value, tuple):
        return len(claim) == len(value) and all(map(agrees, claim, value))
    if isinstance(claim, bool | int | float | str | set | frozenset | None):
        return bool(claim == value)
    return True
