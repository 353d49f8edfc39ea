"""The table of library functions and methods: which file knows a dotted path."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any

from rnninspect.reader.library.calling import Implementation
from rnninspect.reader.values import Unresolved, Value

_FILES: Mapping[str, str] = {
    "builtins": "builtin",
    "abc": "functional",
    "absl": "arguments",
    "argparse": "arguments",
    "collections": "collection_types",
    "contextlib": "functional",
    "copy": "copying",
    "dataclasses": "records",
    "datetime": "standard",
    "enum": "records",
    "functools": "functional",
    "itertools": "iterators",
    "json": "standard",
    "keras": "keras_data",
    "keras_preprocessing": "keras_data",
    "math": "mathematics",
    "numpy": "numpy_functions",
    "operator": "functional",
    "optparse": "arguments",
    "os": "system",
    "pandas": "tables",
    "pathlib": "system",
    "pickle": "standard",
    "random": "randomness",
    "re": "standard",
    "scipy": "numpy_functions",
    "sklearn": "learning",
    "statistics": "mathematics",
    "string": "standard",
    "sys": "system",
    "tensorflow": "tensorflow_functions",
    "time": "standard",
    "tqdm": "standard",
    "types": "records",
    "typing": "functional",
}
"""The file of this folder that knows a library, by the first part of its dotted paths."""


@cache
def find_function(path: str) -> Implementation | None:
    """Return what a library's function does; None if no file knows it."""
    name = _FILES.get(path.partition(".")[0])
    if name is None:
        return None
    functions: Mapping[str, Implementation] = _module(name).FUNCTIONS
    known = functions.get(path)
    if known is not None:
        return known
    fallback = getattr(_module(name), "fallback", None)
    found: Implementation | None = None if fallback is None else fallback(path)
    return found


def find_constant(path: str) -> Value:
    """Return a constant of a library (``math.pi``). Raises KeyError."""
    name = _FILES.get(path.partition(".")[0])
    if name is None:
        raise KeyError(path)
    return _again(getattr(_module(name), "CONSTANTS", {})[path])


def _again(value: Value) -> Value:
    """Return a constant; what is not known of it is another unknown each time."""
    if isinstance(value, Unresolved):
        return Unresolved(value.reason, value.kind)
    return tuple(map(_again, value)) if type(value) is tuple else value


@cache
def _module(name: str) -> Any:
    return import_module(f"rnninspect.reader.library.{name}")
