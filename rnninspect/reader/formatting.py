"""Texts that are put together: f-strings, ``%`` and ``format``, of values that are known."""

from __future__ import annotations

import re

from rnninspect.reader.context import Context
from rnninspect.reader.values import Unresolved, Value, is_constant

MAX_TEXT = 100_000
_LARGE = re.compile(r"\d{4,}|\*|\{[^}]*\{")
"""Widths that could make a text of gigabytes."""


def unknown_text() -> Unresolved:
    """Return a text that is not known."""
    return Unresolved("a text is not known", str)


def formatted_value(ctx: Context, value: Value, form: Value, node: object) -> Value:
    """Return ``f"{value!conversion:form}"``."""
    conversion = getattr(node, "conversion", -1)
    if not isinstance(form, str) or _LARGE.search(form) or not is_constant(value):
        return unknown_text()
    try:
        if conversion == ord("r"):
            value = repr(value)
        elif conversion == ord("s"):
            value = str(value)
        elif conversion == ord("a"):
            value = ascii(value)
        text = format(value, form)
    except (TypeError, ValueError, OverflowError):
        return unknown_text()
    return text if len(text) <= MAX_TEXT else unknown_text()


def percent_formatted(text: str, values: Value) -> Value:
    """Return ``text % values``."""
    if not is_constant(values) or _LARGE.search(text):
        return unknown_text()
    try:
        return text % values
    except (TypeError, ValueError, OverflowError, KeyError):
        return unknown_text()


def brace_formatted(text: str, args: tuple[Value, ...], kwargs: dict[str, Value]) -> Value:
    """Return ``text.format(*args, **kwargs)``."""
    values = (*args, *kwargs.values())
    if _LARGE.search(text) or "." in text.partition("{")[2].partition("}")[0]:
        return unknown_text()
    if not all(map(is_constant, values)):
        return unknown_text()
    try:
        return text.format(*args, **kwargs)
    except (TypeError, ValueError, OverflowError, LookupError, AttributeError):
        return unknown_text()
