"""``math`` and ``statistics``, on numbers that are known."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rnninspect.reader.context import Context
from rnninspect.reader.iteration import all_items
from rnninspect.reader.library.calling import Args, Implementation, Kwargs, number_kind, unread
from rnninspect.reader.values import Unresolved, Value

_WHOLE = frozenset("ceil floor trunc gcd lcm factorial comb perm isqrt".split())
_TESTS = frozenset("isclose isfinite isinf isnan".split())
_LARGE = 10**6


def _mathematics(name: str) -> Implementation:
    function: Callable[..., Any] = getattr(math, name)
    kind = int if name in _WHOLE else bool if name in _TESTS else float
    reason = f"what `{name}` gives is not known"

    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        values = [*args, *kwargs.values()]
        if all(map(_is_number, values)) and not _is_large(name, args):
            try:
                return function(*args, **kwargs)
            except (ValueError, OverflowError, TypeError, ZeroDivisionError):
                return Unresolved(f"`{name}` fails on this number")
        if all(isinstance(value, Unresolved) or _is_number(value) for value in values):
            if name in ("ceil", "floor", "trunc") and number_kind(args[0]) is None:
                return unread(ctx, args, kwargs, reason)
            return Unresolved(reason, kind)
        return unread(ctx, args, kwargs, reason)

    return call


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float)


def _is_large(name: str, args: Args) -> bool:
    if name in ("factorial", "comb", "perm"):
        return any(isinstance(n, int) and n > 1000 for n in args)
    return any(isinstance(n, int) and abs(n) > 10**300 for n in args)


def _are_small(values: Sequence[Value]) -> bool:
    return all(_is_number(n) and not (isinstance(n, int) and abs(n) > _LARGE**10) for n in values)


def _over_items(name: str) -> Implementation:
    """Return ``fsum``, ``prod`` and the averages: functions of all items of one argument."""
    function: Callable[..., Any] = getattr(math if hasattr(math, name) else statistics, name)
    kind = float if name in ("fsum", "fmean", "stdev", "pstdev") else None
    reason = f"what `{name}` gives is not known"

    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        items = all_items(ctx, args[0]) if args else None
        rest = [*args[1:], *kwargs.values()]
        if items is not None and _are_small([*items, *rest]):
            try:
                return function(items, *args[1:], **kwargs)
            except (ValueError, OverflowError, TypeError):
                return Unresolved(f"`{name}` fails on these numbers")
        if items is not None and name == "prod" and not args[1:]:
            kinds = {number_kind(item) for item in [*items, kwargs.get("start", 1)]}
            return Unresolved(reason, int if kinds <= {int, bool} else None)
        return unread(ctx, args, kwargs, reason, kind)

    return call


_NAMES = """acos acosh asin asinh atan atan2 atanh ceil comb copysign cos cosh degrees dist erf erfc
exp expm1 fabs factorial floor fmod gamma gcd hypot isclose isfinite isinf isnan isqrt lcm ldexp
lgamma log log10 log1p log2 modf perm pow radians remainder sin sinh sqrt tan tanh trunc"""

FUNCTIONS: Mapping[str, Implementation] = {
    **{f"math.{name}": _mathematics(name) for name in _NAMES.split() if name not in (
        "modf", "dist")},
    **{f"math.{name}": _over_items(name) for name in ("fsum", "prod")},
    **{f"statistics.{name}": _over_items(name) for name in (
        "mean", "fmean", "median", "median_low", "median_high", "stdev", "pstdev")},
}  # fmt: skip
CONSTANTS: Mapping[str, Value] = {
    "math.pi": math.pi,
    "math.e": math.e,
    "math.tau": math.tau,
    "math.inf": math.inf,
    "math.nan": math.nan,
}
