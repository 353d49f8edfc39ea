"""The table of library functions and methods: which file knows a dotted path."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from rnninspect.reader.values import Value

Implementation = Callable[[Any, Sequence[Value], Mapping[str, Value], Any], Value]
"""``(context, args, kwargs, node) → value``"""

_FILES: Mapping[str, str] = {
    "builtins": "builtin",
    "argparse": "arguments",
    "optparse": "arguments",
    "types": "standard",
    "collections": "containers_more",
    "copy": "standard",
    "dataclasses": "standard",
    "enum": "standard",
    "functools": "functional",
    "itertools": "iterators",
    "operator": "functional",
    "math": "mathematics",
    "random": "mathematics",
    "statistics": "mathematics",
    "os": "system",
    "sys": "system",
    "pathlib": "system",
    "re": "standard",
    "json": "standard",
    "string": "standard",
    "contextlib": "functional",
    "abc": "functional",
    "typing": "functional",
    "numpy": "numpy_functions",
    "pandas": "tables",
    "sklearn": "learning",
    "scipy": "numpy_functions",
    "tensorflow": "tensorflow_functions",
}
"""The file of this folder that knows a library, by the first part of its dotted paths."""


@cache
def find_function(path: str) -> Implementation | None:
    """Return what a library's function does; None if no file knows it."""
    name = _FILES.get(path.partition(".")[0])
    if name is None:
        return None
    functions: Mapping[str, Implementation] = _module(name).FUNCTIONS
    found = functions.get(path)
    if found is None:
        fallback = getattr(_module(name), "fallback", None)
        return None if fallback is None else fallback(path)
    return found


@cache
def _module(name: str) -> Any:
    return import_module(f"rnninspect.reader.library.{name}")
