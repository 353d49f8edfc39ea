"""``re``, ``json``, ``string``, ``time``, ``pickle`` and ``tqdm``."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from typing import Any

from rnninspect.reader.cells import ListCell
from rnninspect.reader.context import Context
from rnninspect.reader.library.calling import (
    MAX_ITEMS,
    Args,
    Implementation,
    Kwargs,
    argument,
    unknown_result,
    unread,
)
from rnninspect.reader.values import External, LibraryObject, Unresolved, Value

_SAFE_PATTERN = re.compile(
    r"[\w\s\\.,:;!?'\"/@#%&=<>~`-]*(?:\[[^\[\]]*\][+*]?)?[\w\s\\.,:;!?'\"-]*"
)
"""Patterns whose matching takes no longer than the text is long: at most one repeated set."""


def _substitute(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    plain = len(args) == 3 and not kwargs and all(isinstance(value, str) for value in args)
    if plain and _SAFE_PATTERN.fullmatch(args[0]) and len(args[2]) <= MAX_ITEMS:
        try:
            return re.sub(args[0], args[1], args[2])
        except (re.error, IndexError):
            return Unresolved("a pattern is not valid")
    return unread(ctx, args, kwargs, "a text is not known", str)


def _split(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    plain = len(args) == 2 and not kwargs and all(isinstance(value, str) for value in args)
    if plain and _SAFE_PATTERN.fullmatch(args[0]) and len(args[1]) <= MAX_ITEMS:
        try:
            return ctx.new_list(re.split(args[0], args[1]))
        except re.error:
            return Unresolved("a pattern is not valid")
    return ctx.new_list_of(ListCell.of_unknown_length(Unresolved("a part of a text")))


def _find_all(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    ctx.call_back([*args, *kwargs.values()], "what is found in a text is not known")
    return ctx.new_list_of(ListCell.of_unknown_length(Unresolved("what is found in a text")))


def _escape(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if len(args) == 1 and isinstance(args[0], str):
        return re.escape(args[0])
    return Unresolved("a text is not known")


def _dumps(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return unread(ctx, args, kwargs, "a text is not known", str)


def _nothing(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    ctx.call_back([*args, *kwargs.values()], "it is written")
    return None


def _progress(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    """Return what ``tqdm(items)`` goes over: the items themselves."""
    source = argument(args, kwargs, 0, "iterable")
    if source is None:
        return LibraryObject("tqdm.tqdm()")
    return source


def _progress_range(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return ctx.call(External("builtins.range"), args, {}, node)


_TIMES = "time perf_counter monotonic process_time thread_time".split()
_TQDM = "tqdm tqdm.auto tqdm.notebook tqdm.std tqdm.autonotebook".split()

FUNCTIONS: Mapping[str, Implementation] = {
    "re.sub": _substitute,
    "re.split": _split,
    "re.findall": _find_all,
    "re.escape": _escape,
    "re.match": unknown_result("what matches is not known"),
    "re.search": unknown_result("what matches is not known"),
    "re.fullmatch": unknown_result("what matches is not known"),
    "json.loads": unknown_result("what is read is not known"),
    "json.load": unknown_result("what is read is not known"),
    "json.dumps": _dumps,
    "json.dump": _nothing,
    "pickle.load": unknown_result("what is read is not known"),
    "pickle.loads": unknown_result("what is read is not known"),
    "pickle.dump": _nothing,
    "time.sleep": _nothing,
    **{f"time.{name}": unknown_result("a time", float) for name in _TIMES},
    "time.strftime": unknown_result("a time", str),
    "time.ctime": unknown_result("a time", str),
    **{f"{root}.tqdm": _progress for root in _TQDM},
    **{f"{root}.trange": _progress_range for root in _TQDM},
    "tqdm.tqdm_notebook": _progress,
}
CONSTANTS: Mapping[str, Value] = {
    f"string.{name}": getattr(string, name)
    for name in """ascii_letters ascii_lowercase ascii_uppercase digits hexdigits octdigits
    punctuation printable whitespace""".split()
}
