"""Small programs, read and executed: what the reader knows of each name must be what it became."""

from __future__ import annotations

from textwrap import dedent
from types import FunctionType, ModuleType
from typing import Any

from rnninspect.reader.program import Program, read_program
from rnninspect.reader.text.code import pieces_of
from tests.reader.follow import agrees, claims, contradictions

UNKNOWN_INPUT = "import sys\nunknown = len(sys.argv)\n"
"""The beginning of a program: ``unknown`` is a number that no reader knows."""


def executed(text: str) -> dict[str, Any]:
    """Return the data that a program leaves behind when CPython runs it."""
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(dedent(text), "program.py", "exec"), names)
    return {
        name: value
        for name, value in names.items()
        if not name.startswith("__") and not isinstance(value, FunctionType | type | ModuleType)
    }


def misses(text: str) -> list[str]:
    """Return the names of which the reader does not know just what the execution has."""
    ways = claims(text)
    wrong = []
    for name, value in executed(text).items():
        claimed = [way.get(name, "nothing") for way in ways]
        if not claimed or not all(_is_same(claim, value) for claim in claimed):
            wrong.append(f"{name}: {claimed!r}, but it was {value!r}")
    return wrong


def _is_same(claim: Any, value: Any) -> bool:
    if isinstance(value, bool | int | float | str | bytes | list | dict | set | tuple | None):
        return type(claim) is type(value) and bool(claim == value)
    return agrees(claim, value)


def possible(text: str, name: str = "x") -> list[Any]:
    """Return what a name can be at the end of a program, one value for each way; in any order."""
    assert list(contradictions(dedent(text))) == []
    return sorted((way.get(name, "unbound") for way in claims(text)), key=repr)


def program_of(text: str, **more: Any) -> Program:
    """Return what is understood of a program of Keras; its names need not be imported."""
    imports = (
        "import keras\nfrom keras import Input, Model, Sequential, ops\n"
        "from keras.layers import *\nimport numpy as np\n"
    )
    data = (imports + dedent(text)).encode()
    return read_program(pieces_of(data, "p.py"), "p.py", **more)
