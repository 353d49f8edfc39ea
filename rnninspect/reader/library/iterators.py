"""``itertools``: items put together from other items."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rnninspect.reader.cells import IteratorCell
from rnninspect.reader.context import Context
from rnninspect.reader.iteration import all_items
from rnninspect.reader.library.calling import (
    MAX_ITEMS,
    Args,
    Implementation,
    Kwargs,
    argument,
    each_of,
    frozen,
    guarded_iterator,
    iterator_of_unknown_length,
    iterator_over,
    joined,
    kept,
    number_kind,
    taken,
)
from rnninspect.reader.library.effects import is_pure
from rnninspect.reader.values import External, IteratorRef, Unresolved, Value


class _Sources:
    """The items of several arguments, as long as nothing is changed."""

    def __init__(self, ctx: Context, values: Args) -> None:
        taken_items = [frozen(ctx, value) for value in values]
        self.parts = [(items, element) for items, _, element in taken_items]
        self.guards = tuple(guard for _, guards, _ in taken_items for guard in guards)
        known = [items for items, _, _ in taken_items if items is not None]
        self.items = known if len(known) == len(taken_items) else None

    def iterator(self, ctx: Context, items: Sequence[Value] | None, element: Value) -> Value:
        """Return an iterator over what was put together from them."""
        return guarded_iterator(ctx, items, self.guards, element)


def _chain(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    return _chained(ctx, args, ())


def _chained(ctx: Context, values: Args, guards: tuple[Value, ...]) -> Value:
    sources = _Sources(ctx, values)
    sources.guards += guards
    items = None
    if sources.items is not None and sum(map(len, sources.items)) <= MAX_ITEMS:
        items = [item for part in sources.items for item in part]
    if items is not None:
        return sources.iterator(ctx, items, None)
    # Of empty ones there is no element to join.
    parts = [part for part in sources.parts if part[0] != []]
    element = joined(ctx, [each_of(ctx, *part) for part in parts])
    return sources.iterator(ctx, None, element)


def _from_iterable(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if not args:
        return Unresolved("items of nothing")
    items, guards, element = frozen(ctx, args[0])
    if items is not None:
        return _chained(ctx, items, guards)
    _, inner, item = frozen(ctx, element)
    return guarded_iterator(ctx, None, (*guards, *inner), item)


def _combined(name: str) -> Implementation:
    """Return a function that combines the items of its arguments: a tuple for each way."""
    function: Callable[..., Any] = getattr(itertools, name)

    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        is_product = name == "product"
        iterables = args if is_product else args[:1]
        number = kwargs.get("repeat", 1) if is_product else argument(args, kwargs, 1, "r")
        # The items are taken at once, only the tuples are made later.
        listed = [all_items(ctx, value) for value in iterables]
        known = [items for items in listed if items is not None]
        if len(known) == len(listed) and isinstance(number, int | None):
            more = {"repeat": number} if is_product else {} if number is None else {"r": number}
            ways = function(*(range(len(items)) for items in known), **more)
            first = list(itertools.islice(ways, MAX_ITEMS + 1))
            if len(first) <= MAX_ITEMS:
                return iterator_over(ctx, [_picked(known, way) for way in first])
        elements = [
            taken(ctx, value) if items is None else joined(ctx, items)
            for value, items in zip(iterables, listed, strict=True)
        ]
        if isinstance(number, int) and 0 <= number <= 100:
            return iterator_of_unknown_length(ctx, tuple(elements) * number)
        ctx.state.escape(tuple(elements), "it is in a tuple of unknown length")
        return iterator_of_unknown_length(ctx, Unresolved("a combination", tuple))

    def _picked(listed: list[list[Value]], way: tuple[int, ...]) -> Value:
        if name == "product":
            return tuple(listed[at % len(listed)][number] for at, number in enumerate(way))
        return tuple(listed[0][number] for number in way)

    return call


def _zip_longest(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    sources = _Sources(ctx, args)
    fill = kwargs.get("fillvalue")
    if sources.items is not None:
        items = list(itertools.zip_longest(*sources.items, fillvalue=fill))
        return sources.iterator(ctx, items, None)
    element = tuple(joined(ctx, [each_of(ctx, *part), fill]) for part in sources.parts)
    return sources.iterator(ctx, None, element)


def _repeat(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    value = argument(args, kwargs, 0, "object")
    times = argument(args, kwargs, 1, "times")
    if isinstance(times, int) and times <= MAX_ITEMS:
        return iterator_over(ctx, [value] * times)
    return iterator_of_unknown_length(ctx, value)


def _count(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    start = argument(args, kwargs, 0, "start", 0)
    step = argument(args, kwargs, 1, "step", 1)
    if isinstance(start, int) and isinstance(step, int) and not isinstance(start, bool):
        end = start + step * MAX_ITEMS
        ref: IteratorRef = ctx.create(IteratorRef)
        cells = range(start, end, step) if step else ()
        ctx.state.put(ref, IteratorCell("over", (cells,)))
        return ref
    return iterator_of_unknown_length(
        ctx, Unresolved("a number", None if isinstance(start, bool) else number_kind(start))
    )


def _cycle(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    items, guards, element = frozen(ctx, args[0])
    element = each_of(ctx, items, element) if items != [] else None
    return guarded_iterator(ctx, None if items else items, guards, element)


def _islice(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    bounds = args[1:]
    plain = bool(bounds) and all(isinstance(bound, int | None) for bound in bounds)
    items, guards, element = frozen(ctx, args[0])
    if items is not None and plain:
        items = list(itertools.islice(items, *bounds))
    elif items is not None:
        items, element = None, each_of(ctx, items, element)
    return guarded_iterator(ctx, items, guards, element)


def _plain_call(ctx: Context, function: Value) -> bool:
    """Whether a function does the same whenever it is called: it may be called beforehand."""
    return function is None or (isinstance(function, External) and is_pure(function.path))


def _accumulate(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    function, start = argument(args, kwargs, 1, "func"), kwargs.get("initial")
    if not _plain_call(ctx, function):
        ctx.call_unseen([*args, *kwargs.values()], "sums are worked out later")
        return iterator_of_unknown_length(ctx, Unresolved("a sum"))
    items, guards, element = frozen(ctx, args[0])
    if items is None:
        kind = int if number_kind(element) is int and start is None and function is None else None
        return guarded_iterator(ctx, None, guards, Unresolved("a sum", kind))
    items = items if start is None else [start, *items]
    sums: list[Value] = items[:1]
    for item in items[1:]:
        if function is None:
            sums.append(ctx.binary(ast.Add(), sums[-1], item, node))
        else:
            sums.append(ctx.call(function, [sums[-1], item], {}, node))
    return guarded_iterator(ctx, sums, guards, Unresolved("a sum"))


def _starmap(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    if len(args) == 2 and _plain_call(ctx, args[0]):
        items, guards, _ = frozen(ctx, args[1])
        if items is not None and all(type(item) is tuple for item in items):
            results = [ctx.call(args[0], list(item), {}, node) for item in items]
            return guarded_iterator(ctx, results, guards, Unresolved("what a function gives"))
    ctx.call_unseen(args, "a function is called later")
    return iterator_of_unknown_length(ctx, Unresolved("what a function gives"))


def _pairwise(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    items, guards, element = frozen(ctx, args[0])
    pairs = None if items is None else list(itertools.pairwise(items))
    return guarded_iterator(ctx, pairs, guards, (element, element))


def _tee(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    number = argument(args, kwargs, 1, "n", 2)
    if not isinstance(number, int) or not 0 <= number <= 100:
        ctx.call_unseen(args, "iterators of one source")
        return Unresolved("iterators of one source", tuple)
    items, guards, element = frozen(ctx, args[0])
    return tuple(guarded_iterator(ctx, items, guards, element) for _ in range(number))


def _filtered(name: str) -> Implementation:
    """Return ``takewhile``, ``dropwhile`` or ``filterfalse``."""
    function: Callable[..., Any] = getattr(itertools, name)

    def call(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
        if len(args) != 2 or not _plain_call(ctx, args[0]):
            ctx.call_unseen(args, "a function is called later")
            return iterator_of_unknown_length(ctx, Unresolved("an item is not known"))
        items, guards, element = frozen(ctx, args[1])
        passes: list[bool | None] = [None]
        if items is not None:
            passes = [
                ctx.truth(item if args[0] is None else ctx.call(args[0], [item], {}, node), node)
                for item in items
            ]
        if items is None or None in passes:
            return guarded_iterator(ctx, None, guards, each_of(ctx, items, element))
        numbers = function(passes.__getitem__, range(len(items)))
        return guarded_iterator(ctx, [items[number] for number in numbers], guards, element)

    return call


def _compress(ctx: Context, args: Args, kwargs: Kwargs, node: Any) -> Value:
    sources = _Sources(ctx, args[:2])
    items = None
    if sources.items is not None and len(sources.items) == 2:
        chosen = [ctx.truth(value, node) for value in sources.items[1]]
        if None not in chosen:
            items = list(itertools.compress(sources.items[0], chosen))
    element = None if items is not None else each_of(ctx, *sources.parts[0])
    return sources.iterator(ctx, items, element)


FUNCTIONS: Mapping[str, Implementation] = {
    f"itertools.{name}": function
    for name, function in {
        "chain": _chain, "chain.from_iterable": _from_iterable, "zip_longest": _zip_longest,
        "izip_longest": _zip_longest, "repeat": _repeat, "count": _count, "cycle": _cycle,
        "islice": _islice, "accumulate": _accumulate, "starmap": _starmap, "tee": _tee,
        "pairwise": _pairwise, "compress": _compress,
        **{name: _combined(name) for name in (
            "product", "combinations", "permutations", "combinations_with_replacement"
        )},
        **{name: _filtered(name) for name in ("takewhile", "dropwhile", "filterfalse")},
        "groupby": kept("groups of items"),
    }.items()
}  # fmt: skip
