"""Methods of texts and bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rnninspect.reader.context import Context
from rnninspect.reader.formatting import brace_formatted
from rnninspect.reader.iteration import all_items
from rnninspect.reader.library.calling import MAX_ITEMS, Args, Kwargs, unread
from rnninspect.reader.library.lists import exhaust
from rnninspect.reader.values import Unresolved, Value, is_constant

_TEXT = frozenset(
    """lower upper strip lstrip rstrip split rsplit splitlines replace startswith endswith title
    capitalize casefold swapcase find rfind index rindex count isdigit isalpha isalnum isnumeric
    isdecimal islower isupper isspace istitle isidentifier partition rpartition removeprefix
    removesuffix zfill ljust rjust center encode decode expandtabs format_map translate
    maketrans""".split()
)


_GROWING = frozenset("zfill ljust rjust center expandtabs replace".split())


_RESULTS: Mapping[str, type] = {
    **dict.fromkeys(
        """lower upper strip lstrip rstrip replace title capitalize casefold swapcase zfill ljust
        rjust center join removeprefix removesuffix expandtabs translate format_map""".split(),
        str,
    ),
    **dict.fromkeys("find rfind index rindex count".split(), int),
    **dict.fromkeys("startswith endswith".split(), bool),
    "encode": bytes,
}


def _kind_of_result(text: str | bytes, name: str) -> type | None:
    """Return the type that a method gives whatever it is called with."""
    kind = _RESULTS.get(name)
    return type(text) if kind is str else kind


def text_method(
    ctx: Context, text: str | bytes, name: str, args: Args, kwargs: Kwargs, node: Any
) -> Value:
    """Return what a method of a text gives."""
    if name == "format" and isinstance(text, str):
        return brace_formatted(text, tuple(args), dict(kwargs))
    if name == "join" and args:
        items = all_items(ctx, args[0])
        if items is not None and all(type(item) is type(text) for item in items):
            if sum(map(len, items)) <= 10 * MAX_ITEMS:
                return text.join(items)
            return Unresolved("a text is too long to be worked out", type(text))
        exhaust(ctx, args[0])
        return Unresolved("a text is not known", type(text))
    values = [*args, *kwargs.values()]
    if name not in _TEXT or not all(map(is_constant, values)):
        return unread(ctx, args, kwargs, "a text is not known", _kind_of_result(text, name))
    if name in _GROWING and any(isinstance(value, int) and value > MAX_ITEMS for value in args):
        return Unresolved("a text is too long to be worked out", type(text))
    try:
        result = getattr(text, name)(*args, **kwargs)
    except (TypeError, ValueError, AttributeError, LookupError):
        return Unresolved("a text is not known")
    if isinstance(result, list):
        return ctx.new_list(result)
    if isinstance(result, dict):
        return Unresolved("a table of characters")
    if isinstance(result, str | bytes) and len(result) > 10 * MAX_ITEMS:
        return Unresolved("a text is too long to be worked out", type(text))
    return result
