"""``random``: numbers of a known kind, items of which it is not known which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rnninspect.reader.cells import ListCell
from rnninspect.reader.context import Context
from rnninspect.reader.iteration import all_items, element_of
from rnninspect.reader.library.calling import (
    Args,
    Implementation,
    Kwargs,
    argument,
    joined,
    taken,
    unknown,
)
from rnninspect.reader.values import LibraryObject, ListRef, Unresolved, Value, summarized


def _number(kind: type) -> Implementation:
    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        return Unresolved("a random number", kind)

    return call


def _choice(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    source = argument(args, kwargs, 0, "seq")
    items = all_items(ctx, source) if isinstance(source, ListRef | tuple | range | str) else None
    if items is not None:
        return _any_of(ctx, items)
    return one_of(ctx, element_of(ctx, source)) if isinstance(source, ListRef) else unknown(
        ctx, args, kwargs, "a random item"
    )  # fmt: skip


def _any_of(ctx: Context, items: Sequence[Value]) -> Value:
    if len(items) == 1:
        return items[0]
    return one_of(ctx, joined(ctx, items, "a random item"))


def one_of(ctx: Context, value: Value) -> Value:
    """Return one value of those that another stands for."""
    if isinstance(value, Unresolved) and value.is_summary:
        return Unresolved(value.reason, value.kind)
    return value


def _element(ctx: Context, source: Value) -> Value:
    items = all_items(ctx, source) if isinstance(source, ListRef | tuple | range | str) else None
    if items:
        return joined(ctx, items, "a random item")
    return taken(ctx, source)


def _several(name: str) -> Implementation:
    """Return ``sample`` or ``choices``: a new list of random items."""
    position = 1 if name == "sample" else 3

    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        source = argument(args, kwargs, 0, "population")
        number = kwargs.get("k", args[position] if len(args) > position else None)
        number = 1 if number is None and name == "choices" else number
        element = _element(ctx, source)
        if isinstance(number, int) and 0 <= number <= 1000:
            kind = element.kind if isinstance(element, Unresolved) else None
            items = [
                Unresolved("a random item", kind) if isinstance(element, Unresolved) else element
                for _ in range(number)
            ]
            return ctx.new_list(items)
        return ctx.new_list_of(ListCell.of_unknown_length(element))

    return call


def _shuffle(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    source = argument(args, kwargs, 0, "x")
    if not isinstance(source, ListRef):
        return unknown(ctx, args, kwargs, "its order is random")
    shuffle_list(ctx, source)
    return None


def shuffle_list(ctx: Context, ref: ListRef) -> None:
    """Leave of a list its length, and at each place what all items have in common."""
    cell: ListCell = ctx.state.get(ref)
    if not cell.exact or len(cell.items) < 2:
        return
    element = joined(ctx, cell.items, "the order is random")
    cell = ctx.state.get(ref)
    if not cell.is_open:
        if isinstance(element, Unresolved):
            items = tuple(Unresolved("the order is random", element.kind) for _ in cell.items)
        else:
            items = (summarized(element),) * len(cell.items)
        ctx.state.put(ref, ListCell(items))


def _nothing(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return None


def _generator(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return LibraryObject("random.Random()")


_FLOATS = """random uniform gauss normalvariate expovariate betavariate gammavariate
lognormvariate triangular vonmisesvariate paretovariate weibullvariate"""
METHODS: Mapping[str, Implementation] = {
    **{name: _number(float) for name in _FLOATS.split()},
    "randint": _number(int), "randrange": _number(int), "getrandbits": _number(int),
    "choice": _choice, "sample": _several("sample"), "choices": _several("choices"),
    "shuffle": _shuffle, "seed": _nothing, "setstate": _nothing,
}  # fmt: skip
FUNCTIONS: Mapping[str, Implementation] = {
    **{f"random.{name}": function for name, function in METHODS.items()},
    "random.Random": _generator,
    "random.SystemRandom": _generator,
}
