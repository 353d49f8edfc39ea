"""State: the store of everything that can be changed in place, and what was decided on the way.

Forking is cheap: cells are shared until they are written. ``escape`` is what happens to whatever
reaches code that is not followed: it can be changed from then on at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, Final, NamedTuple

from rnninspect.ir.shape import Shape
from rnninspect.reader.cell_map import CellMap
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
from rnninspect.reader.syntax import names_used
from rnninspect.reader.values import (
    Array,
    BoundMethod,
    ClassRef,
    Dataset,
    Descriptor,
    DictRef,
    EnumMember,
    FrameRef,
    Function,
    GraphRef,
    InstanceRef,
    IteratorRef,
    LayerRef,
    ListRef,
    NativeMethod,
    ObjectRef,
    Partial,
    Ref,
    ScopeRef,
    SequentialRef,
    SetRef,
    Super,
    Tensor,
    Unresolved,
    Value,
    is_many,
)
from rnninspect.strictness import reject_unforeseen

ABSENT: Final = Unresolved("there is no such name")
"""Stands in logs for a name or a cell that was not there."""

ARRAYS: Final = ObjectRef("arrays")
"""The numbers in memory of all arrays: open once any array is changed in place or handed out."""

Write = tuple[Ref, str | None, Any]
"""An address, the name in it (None for a whole cell), and the value before."""


class Opening(NamedTuple):
    """What became open of the names of a scope or an object."""

    is_open: str = ""
    open_names: frozenset[str] = frozenset()
    watched: frozenset[str] = frozenset()
    has_more: str = ""

    def apply(self, names: Names) -> None:
        """Open them."""
        names.is_open = names.is_open or self.is_open
        names.open_names |= self.open_names
        names.watched |= self.watched
        names.has_more = names.has_more or self.has_more


class WriteLog:
    """Everything that was written since it began, on all paths, with the values before and after.

    It tells what an exception handler or another round of a loop may find.
    """

    def __init__(self) -> None:
        self.names: dict[tuple[Ref, str], list[Value]] = {}
        self.cells: dict[Ref, list[Cell]] = {}
        self.created: dict[Ref, dict[str, Value]] = {}
        """New scopes and objects, with the names that they began with."""
        self.opened: dict[Ref, list[Opening]] = {}

    def note_name(self, ref: Ref, name: str, before: Value, after: Value) -> None:
        """Remember both values of a name."""
        seen = self.names.setdefault((ref, name), [before])
        if not any(value is after for value in seen[-3:]):
            seen.append(after)

    def note_cell(self, ref: Ref, before: Cell | None, after: Cell) -> None:
        """Remember both cells of an address; a new address had none before."""
        if isinstance(before, Names) or isinstance(after, Names):
            return
        seen = self.cells.setdefault(ref, [] if before is None else [before])
        if not seen or seen[-1] is not after:
            seen.append(after)


class State:
    """One possible state of the program."""

    __slots__ = ("cells", "decided", "epoch", "journal", "logs", "on_open", "owner")

    def __init__(
        self, logs: list[WriteLog], on_open: Callable[[State, Ref | Function, str], None]
    ) -> None:
        self.cells = CellMap()
        self.decided: dict[object, bool] = {}
        """The outcomes of unknown conditions on the path to this state."""
        self.owner = object()
        self.epoch = 0
        """Counts what may have changed objects that are not known."""
        self.journal: list[Write] = []
        self.logs = logs
        self.on_open = on_open
        """Is told of a model, before it is opened, and of functions that can be called unseen."""

    def forked(self) -> State:
        """Return a copy that can go another way."""
        other = State(self.logs, self.on_open)
        other.cells = self.cells.forked()
        other.decided = dict(self.decided)
        other.epoch = self.epoch
        self.owner = object()
        return other

    def rewound(self) -> State:
        """Return a copy as it was when the journal began."""
        other = self.forked()
        for ref, name, before in reversed(self.journal):
            if name is not None:
                if ref not in other.cells:
                    continue  # a scope that was left since
                values = other.own(ref).values
                if before is ABSENT:
                    values.pop(name, None)
                else:
                    values[name] = before
            elif before is ABSENT:
                other.cells.remove(ref)
            else:
                other.cells[ref] = before
        return other

    def get(self, ref: Ref) -> Any:
        """Return the cell at an address; one that is lost can hold anything."""
        cell = self.cells.get(ref)
        if cell is None:
            reject_unforeseen(f"there is no cell for {ref!r}")
            cell = opened_cell(ref, self.owner)
            self.cells[ref] = cell
        return cell

    def put(self, ref: Ref, cell: Cell) -> None:
        """Write a cell."""
        before = self.cells.get(ref)
        if before is not None and getattr(ref, "is_several", False):
            # One of several objects is changed, which of them is not known.
            held = (*cell_parts(before), *cell_parts(cell))
            cell = opened_cell(ref, self.owner)
            self.escape(held, "one of several objects is changed")
        self.journal.append((ref, None, ABSENT if before is None else before))
        for log in self.logs:
            log.note_cell(ref, before, cell)
        self.cells[ref] = cell
        if before is not None and is_many(ref) and not is_open(cell):
            reached = tuple(self._contents(before))
            self.escape((ref, *reached), "one of several objects is changed")

    def own(self, ref: Ref) -> Names:
        """Return the names at an address, for writing."""
        names: Names = self.get(ref)
        if names.owner is not self.owner:
            names = names.copied(self.owner)
            self.cells[ref] = names
        return names

    def names(self, ref: Ref) -> Names:
        """Return the names at an address, for reading."""
        names: Names = self.get(ref)
        return names

    def new_names(self, ref: Ref, values: dict[str, Value] | None = None) -> None:
        """Put empty names at a new address."""
        values = {} if values is None else values
        self.journal.append((ref, None, ABSENT))
        for log in self.logs:
            log.created.setdefault(ref, dict(values))
        self.cells[ref] = Names(values, self.owner)

    def set_name(self, ref: Ref, name: str, value: Value) -> None:
        """Bind a name in a scope, an object or a class."""
        if is_many(ref) and not self.names(ref).is_open:
            self.escape(ref, "one of several objects is changed")
        names = self.own(ref)
        if names.is_open or name in names.open_names or name in names.watched:
            self.escape(value, names.is_open or "it is used by code that is not followed")
            if isinstance(ref, ClassRef):
                value = value_in_open_class(value, names.is_open)
            elif names.is_open or name in names.open_names:
                return
            names = self.own(ref)
        before = names.values.get(name, ABSENT)
        self.journal.append((ref, name, before))
        for log in self.logs:
            log.note_name(ref, name, before, value)
        names.values[name] = value
        if name in names.doubtful:
            names.doubtful -= {name}

    def delete_name(self, ref: Ref, name: str) -> None:
        """Unbind a name."""
        names = self.own(ref)
        if name in names.values:
            before = names.values.pop(name)
            names.doubtful -= {name}
            self.journal.append((ref, name, before))
            for log in self.logs:
                log.note_name(ref, name, before, ABSENT)

    def open_part(self, ref: Ref, opening: Opening) -> None:
        """Let names of a scope or an object be changed, or read, by code that is not followed."""
        opening.apply(self.own(ref))
        for log in self.logs:
            log.opened.setdefault(ref, []).append(opening)

    def note_array_write(self) -> None:
        """Note that an array was changed in place: of any other it may be a part."""
        if not self.get(ARRAYS).is_open:
            self.put(ARRAYS, ObjectCell({}, is_open=True))

    # What reaches code that is not followed.

    def escape(self, value: Value, reason: str) -> None:
        """Open everything that code holding ``value`` could change, now or later."""
        waiting: list[Value] = [value]
        seen: dict[int, Value] = {}  # by address; kept, so that no address is used again
        while waiting:
            item = waiting.pop()
            if isinstance(item, str | int | float | None) or id(item) in seen:
                continue
            seen[id(item)] = item
            if isinstance(item, Ref):
                waiting += self._open(item, reason)
            elif isinstance(item, Function):
                waiting += self._open_closure(item, reason)
            elif isinstance(item, Array):
                self.note_array_write()
            else:
                waiting += parts_of(item)

    def _open(self, ref: Ref, reason: str) -> Iterable[Value]:
        """Open one cell; return what can be reached through it."""
        cell = self.cells.get(ref)
        if cell is None or isinstance(ref, ScopeRef):
            return ()
        if isinstance(cell, Names):
            return self._open_names(ref, cell, reason)
        if isinstance(cell, IteratorCell):
            if cell.kind == "open":
                return ()
            self.put(ref, IteratorCell("open"))
            return cell.source
        if cell.is_open:
            return ()
        if isinstance(cell, ListCell):
            self.put(ref, ListCell.opened(reason))
            return (*cell.items, cell.element)
        if isinstance(cell, DictCell):
            self.put(ref, DictCell.opened(reason))
            factory = getattr(ref, "default_factory", None)
            return (*cell.items, *cell.items.values(), cell.rest, factory)
        if isinstance(cell, SetCell):
            self.put(ref, SetCell.opened(reason))
            return (*cell.items, cell.element)
        if isinstance(cell, LayerCell):
            self.put(ref, replace(cell, last_input=None, last_output=None, is_open=True))
            return ()
        if isinstance(cell, SequentialCell):
            self.on_open(self, ref, reason)
            unknown = Unresolved(reason, is_summary=True)
            self.put(
                ref,
                SequentialCell(
                    (), (), None, unknown, (reason,), False, cell.as_layer, is_open=True
                ),
            )
            return cell.layers
        if isinstance(cell, FrameCell):
            self.put(ref, FrameCell(Shape.unknown(reason), None, is_open=True))
            return ()
        if isinstance(cell, ObjectCell):
            self.put(ref, ObjectCell({}, is_open=True))
            return tuple(cell.contents.values())
        return ()

    def _contents(self, cell: Any) -> Iterable[Value]:
        """Return the values that a container's cell holds."""
        if isinstance(cell, ListCell | SetCell):
            return (*cell.items, cell.element)
        if isinstance(cell, DictCell):
            return (*cell.items, *cell.items.values(), cell.rest)
        return cell.source if isinstance(cell, IteratorCell) else ()

    def _open_names(self, ref: Ref, cell: Names, reason: str) -> Iterable[Value]:
        if isinstance(ref, ClassRef):
            # Its functions stay: code that replaces the methods of a class is not expected.
            if cell.is_open:
                return ()
            held = tuple(cell.values.values())
            for name, value in list(cell.values.items()):
                self.set_name(ref, name, value_in_open_class(value, reason))
            self.open_part(ref, Opening(reason or "it is used by code that is not followed"))
            return (*held, *ref.bases)
        if cell.is_open:
            return ()
        names = self.own(ref)
        held = tuple(names.values.values())
        for name, value in list(names.values.items()):
            unknown = Unresolved(reason, is_summary=True)
            self.journal.append((ref, name, value))
            for log in self.logs:
                log.note_name(ref, name, value, unknown)
            names.values[name] = unknown
        self.open_part(ref, Opening(reason or "it is used by code that is not followed"))
        if isinstance(ref, InstanceRef):
            return (*held, ref.cls)
        return held

    def _open_closure(self, function: Function, reason: str) -> Iterable[Value]:
        """Open what a function may change when it is called at any time."""
        self.on_open(self, function, reason)
        used = names_used(function.node)
        reached: list[Value] = list(function.defaults.values())
        for name in used.rebound:
            scope = self._binding_scope(function.scope, name, name in used.of_module)
            if scope is None:
                continue
            names = self.own(scope)
            if name not in names.open_names:
                before = names.values.get(name, ABSENT)
                unknown = Unresolved(reason, is_summary=True)
                self.journal.append((scope, name, before))
                for log in self.logs:
                    log.note_name(scope, name, before, unknown)
                reached.append(before)
                names.values[name] = unknown
                self.open_part(scope, Opening(open_names=frozenset({name})))
        for name in used.free:
            found = [self._binding_scope(function.scope, name, False)]
            if name in used.of_module or name in used.declared:
                found.append(function.scope.module)
            for scope in found:
                if scope is not None and name not in self.names(scope).watched:
                    self.open_part(scope, Opening(watched=frozenset({name})))
                    reached.append(self.names(scope).values.get(name))
        return reached

    def _binding_scope(self, scope: ScopeRef | None, name: str, of_module: bool) -> ScopeRef | None:
        """Return the scope in which a free name of a function is bound."""
        if of_module:
            return scope.module if scope is not None else None
        while scope is not None:
            if scope.used is not None and name in scope.used.declared:
                scope = scope.module
            if not scope.is_class and scope in self.cells and (
                name in self.names(scope).values
                or (scope.used is not None and name in scope.used.local)
            ):  # fmt: skip
                return scope
            if scope.outer is None:
                return scope if scope in self.cells else None
            scope = scope.outer
        return None


def is_open(cell: Cell) -> bool:
    """Whether nothing is certain of a cell."""
    if isinstance(cell, IteratorCell):
        return cell.kind == "open"
    return bool(cell.is_open)


def value_in_open_class(value: Value, reason: str) -> Value:
    """Return what a class holds that code elsewhere can change: its functions stay."""
    is_initializer = isinstance(value, NativeMethod) and isinstance(value.receiver, ClassRef)
    if is_initializer or isinstance(value, Function | Descriptor | ClassRef | Unresolved):
        return value
    return Unresolved(reason, is_summary=True)


def cell_parts(cell: Cell) -> tuple[Value, ...]:
    """Return what a list, dict or set holds."""
    if isinstance(cell, ListCell):
        return (*cell.items, cell.element)
    if isinstance(cell, DictCell):
        return (*cell.items, *cell.items.values(), cell.rest)
    return (*cell.items, cell.element) if isinstance(cell, SetCell) else ()


def opened_cell(ref: Ref, owner: object) -> Cell:
    """Return a cell of which nothing is certain."""
    reason = "it is used by code that is not followed"
    if isinstance(ref, ListRef):
        return ListCell.opened(reason)
    if isinstance(ref, DictRef):
        return DictCell.opened(reason)
    if isinstance(ref, SetRef):
        return SetCell.opened(reason)
    if isinstance(ref, IteratorRef):
        return IteratorCell("open")
    if isinstance(ref, LayerRef | GraphRef):
        return LayerCell(is_open=True)
    if isinstance(ref, SequentialRef):
        unknown = Unresolved(reason, is_summary=True)
        return SequentialCell((), (), None, unknown, (reason,), is_open=True)
    if isinstance(ref, FrameRef):
        return FrameCell(Shape.unknown(reason), is_open=True)
    if isinstance(ref, ObjectRef):
        return ObjectCell({}, is_open=True)
    return Names({}, owner, reason, has_more=reason)


def parts_of(value: Value) -> Iterator[Value]:
    """Yield the values that an immutable value holds."""
    if isinstance(value, EnumMember):
        return
    if isinstance(value, Unresolved):
        if value.receiver is not None:
            yield value.receiver
        return
    if isinstance(value, tuple | list):
        yield from value
    elif isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, BoundMethod):
        yield value.function
        yield value.receiver
    elif isinstance(value, NativeMethod | Super):
        yield value.receiver
    elif isinstance(value, Partial):
        yield value.function
        yield from value.args
        yield from value.kwargs.values()
    elif isinstance(value, Descriptor):
        yield value.function
        yield value.setter
    elif isinstance(value, Dataset):
        yield value.element


MUTABLE_REFS: Final = (
    ListRef,
    DictRef,
    SetRef,
    IteratorRef,
    FrameRef,
    ObjectRef,
    InstanceRef,
    LayerRef,
    SequentialRef,
    GraphRef,
)
"""What is worth opening when a value is lost; scopes and classes are found through functions."""


def holds_mutable(value: Value, depth: int = 4) -> bool:
    """Whether something that can be changed in place is reachable from an immutable value."""
    if isinstance(value, (*MUTABLE_REFS, Function, ClassRef)):
        return True
    if isinstance(value, Tensor | str | int | float | None) or depth == 0:
        return False
    return any(holds_mutable(part, depth - 1) for part in parts_of(value))
