"""Cells: what the store holds at an address. Cells are not changed; a write puts a new one.

``exact`` contents are just what an execution has there. What is not exact still has a kind, the
values that all elements share, and a lower bound of its length. An ``open`` cell can be changed at
any time by code that is not followed: nothing is certain of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rnninspect.diagnostics import Place
from rnninspect.reader.values import LayerRef, Tensor, Unresolved, Use, Value, summarized


@dataclass(slots=True)
class Names:
    """Names and their values: of a scope, an object, or a class.

    It is written in place by the state that owns it and copied by every other. ``open_names`` are
    changed by code that is not followed; what is written to ``watched`` ones reaches such code.
    """

    values: dict[str, Value]
    owner: object
    is_open: str = ""
    """Why any of its attributes may change at any time; empty if that cannot happen."""
    open_names: frozenset[str] = frozenset()
    watched: frozenset[str] = frozenset()
    stars: tuple[str, ...] = ()
    """Library modules whose names were imported with ``*``."""
    has_more: str = ""
    """Why there may be names that are not here; empty if that cannot be."""
    doubtful: frozenset[str] = frozenset()
    """Names that are here and may also be unbound."""

    def copied(self, owner: object) -> Names:
        """Return the same for another state."""
        return Names(
            dict(self.values),
            owner,
            self.is_open,
            self.open_names,
            self.watched,
            self.stars,
            self.has_more,
            self.doubtful,
        )


@dataclass(frozen=True, slots=True)
class ListCell:
    """A list, or a deque: ``items`` if it is exact, else what each element is."""

    items: tuple[Value, ...] = ()
    element: Value = None
    at_least: int = 0
    exact: bool = True
    is_open: bool = False

    def __post_init__(self) -> None:
        if not self.exact:
            object.__setattr__(self, "element", summarized(self.element))

    @staticmethod
    def of_unknown_length(element: Value, at_least: int = 0) -> ListCell:
        """Return a list of which each element is as ``element`` says."""
        return ListCell((), element, at_least, exact=False)

    @staticmethod
    def opened(reason: str) -> ListCell:
        """Return a list that can be changed at any time."""
        return ListCell((), Unresolved(reason, is_summary=True), 0, exact=False, is_open=True)


@dataclass(frozen=True, slots=True)
class DictCell:
    """A dict: ``items`` are there for certain; unless it is exact there may be more.

    ``rest`` is what the values of the further keys have in common.
    """

    items: Mapping[Any, Value] = field(default_factory=dict)
    rest: Value = None
    exact: bool = True
    is_open: bool = False

    def __post_init__(self) -> None:
        if not self.exact:
            object.__setattr__(self, "rest", summarized(self.rest))

    @staticmethod
    def opened(reason: str) -> DictCell:
        """Return a dict that can be changed at any time."""
        return DictCell({}, Unresolved(reason, is_summary=True), exact=False, is_open=True)


@dataclass(frozen=True, slots=True)
class SetCell:
    """A set: its elements if it is exact (their order is never known), else what each one is."""

    items: frozenset[Any] = frozenset()
    element: Value = None
    exact: bool = True
    is_open: bool = False

    def __post_init__(self) -> None:
        if not self.exact:
            object.__setattr__(self, "element", summarized(self.element))

    @staticmethod
    def opened(reason: str) -> SetCell:
        """Return a set that can be changed at any time."""
        return SetCell(frozenset(), Unresolved(reason, is_summary=True), exact=False, is_open=True)


@dataclass(frozen=True, slots=True)
class IteratorCell:
    """An iterator: where it takes its items from, and how many were taken.

    ``kind``: ``items`` (a tuple of known items in ``source``), ``generator`` or ``coroutine`` (a
    function with its arguments), ``over`` (a list or dict in the store), ``zip``, ``enumerate``,
    ``map``, ``filter`` over other iterables; ``guarded``: known items (or None), what they were
    taken from with its cells at that time, and what each item is; ``shared``: another iterator
    takes from it; ``open``: nothing is known.
    """

    kind: str
    source: tuple[Value, ...] = ()
    position: int = 0
    element: Value = None


@dataclass(frozen=True, slots=True)
class LayerCell:
    """What was done with a layer so far."""

    uses: int = 0
    first_use: Use | None = None
    last_input: Value = None
    last_output: Value = None
    is_open: bool = False
    overrides: tuple[tuple[str, Value], ...] = ()
    """Attributes that the program set after the layer was made, such as ``trainable``."""


@dataclass(frozen=True, slots=True)
class SequentialCell:
    """A Sequential model in the making; ``output`` is set as soon as its input is known."""

    layers: tuple[Value, ...] = ()
    places: tuple[Place, ...] = ()
    input: Tensor | None = None
    output: Value = None
    doubts: tuple[str, ...] = ()
    failed: bool = False
    as_layer: LayerRef | None = None
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class FrameCell:
    """A table of pandas: its shape and, where they are known, the names of its columns."""

    shape: Any
    columns: tuple[Value, ...] | None = None
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class ObjectCell:
    """An object of a library that the reader models: its kind's own contents."""

    contents: Mapping[str, Value]
    is_open: bool = False


Cell = (
    Names
    | ListCell
    | DictCell
    | SetCell
    | IteratorCell
    | LayerCell
    | SequentialCell
    | FrameCell
    | ObjectCell
)
