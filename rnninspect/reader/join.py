"""Join: what two states have in common where control flow meets again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from typing import Any, TypeVar

from rnninspect.ir.dims import Dim
from rnninspect.ir.shape import Shape
from rnninspect.reader.cells import (
    Cell,
    DictCell,
    FrameCell,
    IteratorCell,
    LayerCell,
    ListCell,
    Names,
    ObjectCell,
    SequentialCell,
    SetCell,
)
from rnninspect.reader.store import ABSENT, State, WriteLog
from rnninspect.reader.values import (
    PATHS_MET,
    SCALARS,
    Array,
    BoundMethod,
    Dataset,
    External,
    LibraryObject,
    NativeMethod,
    Ref,
    ScopeRef,
    Tensor,
    Unresolved,
    Value,
    is_one_number,
)

AnyCell = TypeVar("AnyCell", bound=Cell)
_KINDS = (bool, int, float, str, bytes, tuple)


class Joiner:
    """Joins values; ``lost`` are those that something unknown may now be an alias of."""

    def __init__(self, reason: str = PATHS_MET) -> None:
        self.reason = reason
        self.lost: list[Value] = []

    def values(self, first: Value, second: Value) -> Value:
        """Return what two values have in common."""
        if first is second:
            return first
        if first is ABSENT or second is ABSENT:
            # Reading a name that is not bound raises, so that the value is right where it is read.
            return second if first is ABSENT else first
        if isinstance(first, Unresolved) and first.is_summary:
            return self._into(first, second)
        if isinstance(second, Unresolved) and second.is_summary:
            return self._into(second, first)
        if same(first, second):
            return first
        kind = type(first)
        if kind is type(second):
            if kind is tuple and len(first) == len(second):
                return tuple(map(self.values, first, second))
            if kind is Tensor:
                return Tensor(join_shapes(first.shape, second.shape))
            if kind is Array:
                return _join_arrays(first, second)
            if kind is Shape:
                return join_shapes(first, second)
            if kind is Dataset:
                return Dataset(self.values(first.element, second.element))
            if kind in (BoundMethod,) and first.function is second.function:
                return BoundMethod(first.function, self.values(first.receiver, second.receiver))
        self.lost += [first, second]
        return Unresolved(self.reason, _common_kind(first, second), is_summary=True)

    def _into(self, summary: Unresolved, other: Value) -> Value:
        self.lost.append(other)
        if summary.kind is not None and kind_of(other) is not summary.kind:
            return Unresolved(summary.reason, is_summary=True)
        return summary

    def all(self, values: Iterable[Value]) -> Value:
        """Return what all values have in common; None for no value."""
        items = list(values)
        return reduce(self.values, items) if items else None

    def cells(self, first: Cell, second: Cell) -> Cell:
        """Return what two cells of one address have in common."""
        if first is second:
            return first
        joined = _JOINS[type(first)](self, first, second)
        return first if joined == first else joined

    def lists(self, first: ListCell, second: ListCell) -> ListCell:
        if first.is_open or second.is_open:
            return self._opened(first, second, first if first.is_open else second)
        if first.exact and second.exact and len(first.items) == len(second.items):
            return ListCell(tuple(map(self.values, first.items, second.items)))
        elements = [*_elements(first), *_elements(second)]
        return ListCell.of_unknown_length(
            self.all(elements), min(length_of(first), length_of(second))
        )

    def dicts(self, first: DictCell, second: DictCell) -> DictCell:
        if first.is_open or second.is_open:
            return self._opened(first, second, first if first.is_open else second)
        items, others = {}, []
        shared = list(first.items) == list(second.items)
        if not shared and (first.exact or second.exact):
            # The order of an exact dict is part of what is known of it.
            keys = [key for key in first.items if key in second.items]
        else:
            keys = [key for key in first.items if key in second.items]
        for key in keys:
            if type(key) is type(next(k for k in second.items if k == key)):
                items[key] = self.values(first.items[key], second.items[key])
        for cell in (first, second):
            others += [value for key, value in cell.items.items() if key not in items]
            if not cell.exact:
                others.append(cell.rest)
        exact = shared and first.exact and second.exact and len(items) == len(first.items)
        return DictCell(items, self.all(others), exact)

    def sets(self, first: SetCell, second: SetCell) -> SetCell:
        if first.is_open or second.is_open:
            return self._opened(first, second, first if first.is_open else second)
        if first.exact and second.exact and same(first.items, second.items):
            return first
        elements = []
        for cell in (first, second):
            elements += [*cell.items] if cell.exact else [cell.element]
        return SetCell(frozenset(), self.all(elements), exact=False)

    def names(self, first: Names, second: Names) -> Names:
        values: dict[str, Value] = {}
        for name in (*first.values, *(n for n in second.values if n not in first.values)):
            values[name] = self.values(
                first.values.get(name, ABSENT), second.values.get(name, ABSENT)
            )
        opened = first.open_names | second.open_names
        unbound = first.values.keys() ^ second.values.keys()
        return Names(
            values,
            object(),
            first.is_open or second.is_open,
            opened,
            first.watched | second.watched,
            first.stars if first.stars == second.stars else (*first.stars, *second.stars),
            first.has_more or second.has_more,
            first.doubtful | second.doubtful | unbound,
        )

    def iterators(self, first: IteratorCell, second: IteratorCell) -> IteratorCell:
        if same_cells(first, second):
            return first
        self.lost += [*first.source, *second.source]
        return IteratorCell("open")

    def layers(self, first: LayerCell, second: LayerCell) -> LayerCell:
        if first == second:
            return first
        use = first.first_use or second.first_use
        is_same = first.first_use is second.first_use
        return LayerCell(
            max(first.uses, second.uses),
            use if is_same or first.first_use is None or second.first_use is None else None,
            self.values(first.last_input, second.last_input),
            self.values(first.last_output, second.last_output),
            first.is_open or second.is_open or not is_same,
            first.overrides if first.overrides == second.overrides else (("trainable", None),),
        )

    def models(self, first: SequentialCell, second: SequentialCell) -> SequentialCell:
        if first.is_open or second.is_open:
            return self._opened(first, second, first if first.is_open else second)
        layer = first.as_layer or second.as_layer
        if first.layers == second.layers and not first.failed and not second.failed:
            start = first.input if first.input is second.input else None
            if start is not None or first.input is None or second.input is None:
                chosen = first if first.input is not None else second
                return SequentialCell(
                    first.layers, first.places, chosen.input, chosen.output,
                    first.doubts or second.doubts, as_layer=layer,
                )  # fmt: skip
        doubts = first.doubts or second.doubts or (self.reason,)
        self.lost += [*first.layers, *second.layers]
        output = self.values(
            first.output if isinstance(first.output, Tensor) else Unresolved(self.reason),
            second.output if isinstance(second.output, Tensor) else Unresolved(self.reason),
        )
        start = first.input if first.input is second.input else None
        return SequentialCell((), (), start, output, doubts, as_layer=layer)

    def frames(self, first: FrameCell, second: FrameCell) -> FrameCell:
        columns = first.columns if first.columns == second.columns else None
        return FrameCell(
            join_shapes(first.shape, second.shape), columns, first.is_open or second.is_open
        )

    def objects(self, first: ObjectCell, second: ObjectCell) -> ObjectCell:
        if first.is_open or second.is_open or first.contents.keys() != second.contents.keys():
            self.lost += [*first.contents.values(), *second.contents.values()]
            return ObjectCell({}, is_open=True)
        contents = {
            name: self.values(value, second.contents[name])
            for name, value in first.contents.items()
        }
        return ObjectCell(contents)

    def _opened(self, first: AnyCell, second: AnyCell, open_cell: AnyCell) -> AnyCell:
        both: tuple[Cell, ...] = (first, second)
        for cell in both:
            if isinstance(cell, ListCell):
                self.lost += [*cell.items, cell.element]
            elif isinstance(cell, DictCell):
                self.lost += [*cell.items, *cell.items.values(), cell.rest]
            elif isinstance(cell, SetCell):
                self.lost += [*cell.items, cell.element]
            elif isinstance(cell, SequentialCell):
                self.lost += [*cell.layers]
        return open_cell


_JOINS: Any = {
    ListCell: Joiner.lists,
    DictCell: Joiner.dicts,
    SetCell: Joiner.sets,
    Names: Joiner.names,
    IteratorCell: Joiner.iterators,
    LayerCell: Joiner.layers,
    SequentialCell: Joiner.models,
    FrameCell: Joiner.frames,
    ObjectCell: Joiner.objects,
}


def _elements(cell: ListCell) -> list[Value]:
    return list(cell.items) if cell.exact else [cell.element]


def length_of(cell: ListCell) -> int:
    """Return the least length that a list certainly has."""
    return len(cell.items) if cell.exact else cell.at_least


def same(first: Value, second: Value) -> bool:
    """Whether two values are certainly the same: equal constants of one type, or one object."""
    if first is second:
        return True
    kind = type(first)
    if kind is not type(second):
        return False
    if kind is float:
        return repr(first) == repr(second)
    if kind is complex:
        return repr(first) == repr(second)
    if kind in SCALARS or kind is range:
        return bool(first == second)
    if isinstance(first, tuple):
        return len(first) == len(second) and all(map(same, first, second))
    if kind is frozenset:
        return first == second and {(type(i), i) for i in first} == {(type(i), i) for i in second}
    if kind in (External, LibraryObject):
        return bool(first == second)
    if kind is NativeMethod:
        return first.name == second.name and same(first.receiver, second.receiver)
    if kind is BoundMethod:
        return first.function is second.function and same(first.receiver, second.receiver)
    if kind is slice:
        return repr(first) == repr(second) and not any(
            isinstance(part, Unresolved) for part in (first.start, first.stop, first.step)
        )
    return False


def same_cells(first: Cell, second: Cell) -> bool:
    """Whether two cells certainly hold the same."""
    if type(first) is not type(second):
        return False
    for slot in first.__slots__:
        one, two = getattr(first, slot), getattr(second, slot)
        if one is two:
            continue
        if isinstance(one, Mapping):
            if not same(tuple(one), tuple(two)) or not same(
                tuple(one.values()), tuple(two.values())
            ):
                return False
        elif isinstance(one, Shape):
            if one != two or one.dims is None:
                return False
        elif not same(one, two):
            return False
    return True


def kind_of(value: Value) -> type | None:
    """Return the type of a value as Python has it, where it is a plain one."""
    if isinstance(value, Unresolved):
        return value.kind
    return type(value) if type(value) in _KINDS else None


def _common_kind(first: Value, second: Value) -> type | None:
    kind = kind_of(first)
    return kind if kind is kind_of(second) else None


def join_shapes(first: Shape, second: Shape) -> Shape:
    """Return what two shapes have in common: the rank, and the sizes that are equal."""
    if first.dims is None or second.dims is None or len(first.dims) != len(second.dims):
        return Shape.unknown(PATHS_MET)
    return Shape(map(_join_dims, first.dims, second.dims))


def _join_arrays(first: Array, second: Array) -> Array:
    dtype = first.dtype if first.dtype == second.dtype else None
    shape = join_shapes(first.shape, second.shape)
    values = first.values if first.values == second.values else None
    dims, known = shape.dims, first.shape.dims
    as_before = dims is known or (
        dims is not None
        and known is not None
        and all(a is b for a, b in zip(dims, known, strict=False))
    )
    if as_before and dtype == first.dtype and values == first.values:
        return first
    return Array(shape, dtype, values)


def _join_dims(first: Dim, second: Dim) -> Dim:
    if first is second or (first.value is not None and first.value == second.value):
        return first
    if first.is_unknown and not is_one_number(first):
        return first
    if first.dynamic and second.dynamic:
        return first
    return Dim.unknown(PATHS_MET)


def differences(first: State, second: State) -> Iterator[tuple[Ref, str | None, Value, Value]]:
    """Yield what differs between two states, of the addresses that both have."""
    for ref, cell, other in first.cells.pairs(second.cells):
        if cell is None or other is None:
            continue
        if not isinstance(cell, Names) or not isinstance(other, Names):
            if not same_cells(cell, other):
                yield ref, None, cell, other
            continue
        names = cell.values.keys() | other.values.keys()
        for name in names:
            one, two = cell.values.get(name, ABSENT), other.values.get(name, ABSENT)
            if not same(one, two):
                yield ref, name, one, two
        if (cell.is_open, cell.open_names, cell.watched, cell.doubtful) != (
            other.is_open, other.open_names, other.watched, other.doubtful
        ):  # fmt: skip
            yield ref, None, cell, other


def differ(first: State, second: State) -> bool:
    """Whether anything that both states have differs between them."""
    return next(differences(first, second), None) is not None


def join_states(first: State, second: State, reason: str = PATHS_MET) -> State:
    """Return the state in which everything is certain that is certain in both."""
    joiner = Joiner(reason)
    joined = first.forked()
    for ref, cell, other in list(first.cells.pairs(second.cells)):
        if other is None:
            continue
        joined.cells[ref] = other if cell is None else joiner.cells(cell, other)
    joined.decided = {
        key: outcome for key, outcome in first.decided.items() if second.decided.get(key) is outcome
    }
    joined.epoch = max(first.epoch, second.epoch) + (first.epoch != second.epoch)
    _open_lost(joined, joiner)
    return joined


def _open_lost(joined: State, joiner: Joiner) -> None:
    for value in joiner.lost:
        if not isinstance(value, str | int | float | None | ScopeRef):
            joined.escape(value, joiner.reason)


def state_after_any_write(base: State, log: WriteLog, reason: str) -> State:
    """Return a state that holds wherever the logged writes may have been interrupted."""
    joiner = Joiner(reason)
    state = base.forked()
    for ref, beginning in log.created.items():
        if ref not in state.cells:
            state.cells[ref] = Names(dict(beginning), state.owner)
    for ref, cells in log.cells.items():
        if ref in base.cells:
            cells = [base.cells[ref], *cells]
        joined = cells[0]
        for cell in cells[1:]:
            joined = joiner.cells(joined, cell)
        state.cells[ref] = joined
    for (ref, name), values in log.names.items():
        if ref not in state.cells:
            state.new_names(ref)
        names = state.own(ref)
        start = names.values.get(name, ABSENT)
        joined = reduce(joiner.values, values, start)
        if joined is not ABSENT:
            names.values[name] = joined
            if any(value is ABSENT for value in (start, *values)):
                names.doubtful |= {name}
    for ref, openings in log.opened.items():
        if ref in state.cells:
            for opening in openings:
                opening.apply(state.own(ref))
    state.epoch += 1
    _open_lost(state, joiner)
    return state
