"""The type of what JSON can hold, and functions that check a value before its type is believed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
"""A value that JSON can hold; tuples are written as lists."""
JsonObject: TypeAlias = "Mapping[str, Json]"


class Malformed(ValueError):
    """A JSON value does not have the type that its reader expects."""


def expect_object(value: Json) -> JsonObject:
    """Return the value as an object; raise Malformed if it is anything else."""
    if isinstance(value, Mapping):
        return value
    raise Malformed(f"expected an object, found {_kind(value)}")


def expect_list(value: Json) -> Sequence[Json]:
    """Return the value as a list; raise Malformed if it is anything else."""
    if isinstance(value, list | tuple):
        return value
    raise Malformed(f"expected a list, found {_kind(value)}")


def expect_text(value: Json) -> str:
    """Return the value as a string; raise Malformed if it is anything else."""
    if isinstance(value, str):
        return value
    raise Malformed(f"expected a string, found {_kind(value)}")


def expect_count(value: Json) -> int | None:
    """Return the value as a number of things, or None for null; raise Malformed otherwise."""
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
        return value
    raise Malformed(f"expected a count or null, found {_kind(value)}")


def _kind(value: Json) -> str:
    return type(value).__name__
