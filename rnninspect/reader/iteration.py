"""Iteration: which items a loop or a call takes from a value, one by one or all at once.

Items are taken by number from the store as it is at that moment, as CPython's iterators do, so that
a loop that changes what it iterates over is followed as it runs.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from rnninspect.ir.shape import Shape
from rnninspect.reader.cells import DictCell, IteratorCell, ListCell, SetCell
from rnninspect.reader.context import Context
from rnninspect.reader.join import Joiner
from rnninspect.reader.sizes import row_of, size_of
from rnninspect.reader.values import (
    Array,
    ClassRef,
    Dataset,
    DictRef,
    EnumMember,
    FrameRef,
    InstanceRef,
    IteratorRef,
    ListRef,
    SetRef,
    Tensor,
    Unresolved,
    Value,
)

MAX_ITEMS = 10_000
END: Final = object()
"""There are no more items."""
NOT_KNOWN: Final = object()
"""Whether there is a next item is not known."""


class Iteration(NamedTuple):
    """What a loop goes over."""

    source: Value
    keys: tuple[Value, ...] | None = None
    """The keys of a dict when the loop began: changing them raises."""
    kind: str = "keys"
    """For a dict: ``keys``, ``values`` or ``items``."""

    def item(self, ctx: Context, number: int) -> Value:
        """Return item ``number``, END, or NOT_KNOWN."""
        source = self.source
        if isinstance(source, tuple | range | str):
            if number >= len(source):
                return END
            return source[number]
        if self.keys is not None:
            return self._of_dict(ctx, number)
        if isinstance(source, ListRef):
            cell: ListCell = ctx.state.get(source)
            if not cell.exact:
                return NOT_KNOWN
            return cell.items[number] if number < len(cell.items) else END
        if isinstance(source, IteratorRef):
            return next_item(ctx, source)
        return NOT_KNOWN

    def _of_dict(self, ctx: Context, number: int) -> Value:
        assert self.keys is not None
        if number >= len(self.keys):
            return END
        key = self.keys[number]
        if self.kind == "keys":
            return key
        cell: DictCell = ctx.state.get(self.source)
        value = cell.items.get(key, Unresolved("a value of a dict that was changed"))
        return value if self.kind == "values" else (key, value)

    @property
    def length(self) -> int | None:
        """How many items there are, where that is known beforehand."""
        if isinstance(self.source, tuple | range | str):
            return len(self.source)
        return None if self.keys is None else len(self.keys)


def iteration_over(ctx: Context, value: Value) -> Iteration:
    """Return the iteration over a value."""
    if isinstance(value, EnumMember):
        return Iteration(Unresolved("a member is not iterated over"))
    if isinstance(value, DictRef):
        cell: DictCell = ctx.state.get(value)
        return Iteration(value, tuple(cell.items) if cell.exact else None)
    if isinstance(value, IteratorRef):
        view: IteratorCell = ctx.state.get(value)
        if view.kind == "view":
            return iteration_over(ctx, view.source[0])._replace(kind=view.element)
        return Iteration(value)
    if isinstance(value, SetRef):
        elements: SetCell = ctx.state.get(value)
        if elements.exact and len(elements.items) <= 1:
            return Iteration(value, tuple(elements.items))
        return Iteration(value)
    if isinstance(value, frozenset) and len(value) <= 1:
        return Iteration(tuple(value))
    if isinstance(value, Shape):
        if value.dims is not None:
            return Iteration(tuple(size_of(dim) for dim in value.dims))
        return Iteration(value)
    if isinstance(value, bytes):
        return Iteration(tuple(value))
    if isinstance(value, ClassRef):
        return Iteration(enum_members(ctx, value) or value)
    if isinstance(value, InstanceRef):
        fields = fields_of(ctx, value)
        return Iteration(_of_object(ctx, value) if fields is None else fields)
    return Iteration(value)


def fields_of(ctx: Context, value: Value) -> tuple[Value, ...] | None:
    """Return the items of a named tuple; None for another object."""
    if not isinstance(value, InstanceRef) or "namedtuple" not in value.cls.traits:
        return None
    names = next((cls.fields for cls in value.cls.ancestors() if cls.fields), ())
    values = ctx.state.names(value).values
    return tuple(values.get(name, Unresolved("a field is not known")) for name in names)


def _of_object(ctx: Context, value: InstanceRef) -> Value:
    """Return what ``__iter__`` of an object returns, where that has items of its own."""
    found = any("__iter__" in ctx.state.names(cls).values for cls in value.cls.ancestors())
    if not found:
        return value
    result = ctx.call(ctx.attribute(value, "__iter__", None), [], {}, None)
    if isinstance(result, InstanceRef):
        ctx.state.escape(result, "an iterator of the program is not followed")
    return result


def enum_members(ctx: Context, cls: ClassRef) -> tuple[Value, ...]:
    """Return the members of an enumeration in their order; none for another class."""
    if "enum" not in cls.traits:
        return ()
    values = ctx.state.names(cls).values
    return tuple(
        value
        for name, value in values.items()
        if isinstance(value, EnumMember) and value.name == name
    )


def element_of(ctx: Context, value: Value) -> Value:
    """Return what is known of each item of a value."""
    if isinstance(value, Array):
        return row_of(value)
    if isinstance(value, ListRef):
        cell: ListCell = ctx.state.get(value)
        return _all_of(ctx, cell.items if cell.exact else (cell.element,))
    if isinstance(value, SetRef):
        elements: SetCell = ctx.state.get(value)
        return _all_of(ctx, tuple(elements.items) if elements.exact else (elements.element,))
    if isinstance(value, DictRef):
        return Unresolved("a key is not known")
    if isinstance(value, IteratorRef):
        iterator: IteratorCell = ctx.state.get(value)
        return _element_of_iterator(ctx, iterator)
    if isinstance(value, Dataset):
        return value.element
    if isinstance(value, range):
        return Unresolved("a number of a range", int)
    if isinstance(value, str):
        return Unresolved("a character", str)
    if isinstance(value, tuple):
        return _all_of(ctx, value)
    if isinstance(value, FrameRef):
        return Unresolved("a column's name")
    if isinstance(value, Tensor):
        return Unresolved("a part of a tensor")
    return Unresolved("an item is not known")


def _all_of(ctx: Context, values: tuple[Value, ...]) -> Value:
    joiner = Joiner("an item is not known")
    if not values:
        return Unresolved("an item is not known")
    joined = joiner.all(values)
    if joiner.lost:
        ctx.state.escape(tuple(joiner.lost), joiner.reason)
    return joined


def _element_of_iterator(ctx: Context, cell: IteratorCell) -> Value:
    if cell.kind == "unknown":
        return cell.source[0]
    if cell.kind in ("over", "items", "backwards") and cell.source:
        inner = cell.source if cell.kind == "items" else cell.source[0]
        return element_of(ctx, inner)
    if cell.kind == "guarded" and is_as_before(ctx, cell):
        items, _, element = cell.source
        return element if items is None else _all_of(ctx, items)
    if cell.kind == "view":
        return _element_of_view(ctx, cell.source[0], cell.element)
    if cell.kind == "zip":
        return tuple(element_of(ctx, source) for source in cell.source)
    if cell.kind == "enumerate":
        return (Unresolved("a number", int), element_of(ctx, cell.source[0]))
    if cell.kind == "map":
        function, *sources = cell.source
        return ctx.repeat(
            lambda: ctx.call(function, [element_of(ctx, source) for source in sources], {}, None),
            "an item is not known",
        )
    if cell.kind == "filter":
        test, source = cell.source
        element = element_of(ctx, source)
        if test is not None:
            ctx.repeat(lambda: ctx.truth(ctx.call(test, [element], {}, None)), "an item is tested")
        return element
    return Unresolved("an item is not known")


def _element_of_view(ctx: Context, ref: DictRef, kind: Value) -> Value:
    key = Unresolved("a key is not known")
    if kind == "keys":
        return key
    cell: DictCell = ctx.state.get(ref)
    values = [*cell.items.values(), *([] if cell.exact else [cell.rest])]
    value = Unresolved("an item is not known") if cell.is_open else _all_of(ctx, tuple(values))
    return value if kind == "values" else (key, value)


def make_iterator(ctx: Context, value: Value) -> IteratorRef:
    """Return ``iter(value)``."""
    if isinstance(value, IteratorRef) and ctx.state.get(value).kind != "view":
        return value
    ref: IteratorRef = ctx.create(IteratorRef)
    iteration = iteration_over(ctx, value)
    if iteration.keys is not None and iteration.kind == "keys":
        ctx.state.put(ref, IteratorCell("keys", (iteration.keys, iteration.source)))
    else:
        source = value if isinstance(iteration.source, DictRef) else iteration.source
        ctx.state.put(ref, IteratorCell("over", (source,)))
    return ref


def next_item(ctx: Context, ref: IteratorRef) -> Value:
    """Take the next item from an iterator."""
    cell: IteratorCell = ctx.state.get(ref)
    number = cell.position
    result: Value = NOT_KNOWN
    if cell.kind == "items":
        result = cell.source[number] if number < len(cell.source) else END
    elif cell.kind == "over":
        result = iteration_over(ctx, cell.source[0]).item(ctx, number)
    elif cell.kind == "keys":
        keys, owner = cell.source[0], cell.source[1]
        known = ctx.state.get(owner)
        if isinstance(known, DictCell) and known.exact and tuple(known.items) == keys:
            result = keys[number] if number < len(keys) else END
    elif cell.kind == "guarded":
        items = cell.source[0]
        if is_as_before(ctx, cell) and items is not None:
            result = items[number] if number < len(items) else END
    elif cell.kind == "backwards":
        listed: ListCell = ctx.state.get(cell.source[0])
        at = cell.source[1] - 1 - number
        if at < 0:
            result = END
        elif listed.exact:
            result = listed.items[at] if at < len(listed.items) else END
    elif cell.kind == "zip":
        result = _together(ctx, cell.source)
    elif cell.kind == "enumerate":
        inner = _next_of(ctx, cell.source[0])
        if inner is END or inner is NOT_KNOWN:
            result = inner
        else:
            start = cell.source[1]
            count = start + number if isinstance(start, int) else Unresolved("a number", int)
            result = (count, inner)
    elif cell.kind == "map":
        arguments = _together(ctx, cell.source[1:])
        if arguments is END or arguments is NOT_KNOWN:
            result = arguments
        else:
            result = ctx.call(cell.source[0], list(arguments), {}, None)
    elif cell.kind == "filter":
        return _filtered(ctx, ref)
    cell = ctx.state.get(ref)
    if result is NOT_KNOWN or cell.kind == "open":
        changed = cell.kind == "guarded" and not is_as_before(ctx, cell)
        if changed or cell.kind in ("generator", "coroutine", "map", "filter", "shared"):
            ctx.state.escape(ref, "an iterator is not followed step by step")
        elif cell.kind != "open":
            # How far it goes is not known, what it takes is not changed.
            _take_up(ctx, ref)
        return NOT_KNOWN
    ctx.state.put(ref, IteratorCell(cell.kind, cell.source, number + 1))
    return result


def _take_up(ctx: Context, ref: IteratorRef) -> None:
    """Leave of an iterator that an unknown number of items was taken from what each item is."""
    cell: IteratorCell = ctx.state.get(ref)
    if cell.kind in ("open", "unknown"):
        return
    if cell.kind in ("generator", "coroutine", "map", "filter", "shared"):
        ctx.state.escape(ref, "an iterator is not followed step by step")
        return
    element = _element_of_iterator(ctx, cell)
    for source in cell.source:
        if isinstance(source, IteratorRef):
            _take_up(ctx, source)
    ctx.state.put(ref, IteratorCell("unknown", (element,)))


def is_as_before(ctx: Context, cell: IteratorCell) -> bool:
    """Whether what a guarded iterator was made from has not been changed since."""
    return all(ctx.state.get(ref) is before for ref, before in cell.source[1])


def _next_of(ctx: Context, source: Value) -> Value:
    if isinstance(source, IteratorRef):
        return next_item(ctx, source)
    return NOT_KNOWN


def _together(ctx: Context, sources: tuple[Value, ...]) -> Value:
    taken = []
    for source in sources:
        inner = _next_of(ctx, source)
        if inner is END or inner is NOT_KNOWN:
            return inner
        taken.append(inner)
    return tuple(taken) if sources else END


def _filtered(ctx: Context, ref: IteratorRef) -> Value:
    cell: IteratorCell = ctx.state.get(ref)
    function, source = cell.source
    for _ in range(MAX_ITEMS):
        inner = _next_of(ctx, source)
        if inner is END:
            return inner
        if inner is NOT_KNOWN:
            break
        passes = inner if function is None else ctx.call(function, [inner], {}, None)
        truth = ctx.truth(passes)
        if truth is None:
            break
        if truth:
            return inner
    # The function may be called on any of the items that are left.
    ctx.call_unseen([ref], "an iterator is not followed step by step")
    return NOT_KNOWN


def all_items(
    ctx: Context, value: Value, *, awaited: bool = False, limit: int = MAX_ITEMS
) -> list[Value] | None:
    """Return all items at once, as ``list(value)`` takes them; None where they are not known."""
    if isinstance(value, IteratorRef):
        cell: IteratorCell = ctx.state.get(value)
        if cell.kind == ("coroutine" if awaited else "generator"):
            return _run(ctx, value, cell)
        if awaited:
            return None
    elif awaited:
        return None
    iteration = iteration_over(ctx, value)
    if iteration.length is not None and iteration.length > limit:
        return None
    items: list[Value] = []
    for number in range(limit):
        ctx.spend()
        item = iteration.item(ctx, number)
        if item is END:
            return items
        if item is NOT_KNOWN:
            return None
        items.append(item)
    return None


def _run(ctx: Context, ref: IteratorRef, cell: IteratorCell) -> list[Value] | None:
    """Run a generator that nothing was taken from to its end, or what is awaited."""
    ctx.state.put(ref, IteratorCell("items", ()))
    function, args, kwargs = cell.source
    result = ctx.call(function, [*args, _RUN], kwargs, None)
    return list(result) if isinstance(result, tuple) else None


_RUN: Final = object()
RUN_GENERATOR: Final = _RUN
"""A last argument that makes a call run a generator's body to its end."""
