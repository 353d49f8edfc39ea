"""CellMap: the cells of a state by their addresses, shared with the states it was forked from.

A map is a stack of layers, of which only the top one is written. A fork shares all layers below, so
that two states can be compared and joined by looking only at what either wrote since they parted.
"""

from __future__ import annotations

from collections.abc import Iterator

from rnninspect.reader.cells import Cell
from rnninspect.reader.values import Ref

Layer = dict[Ref, Cell | None]
"""Cells by address; None where a cell was taken out."""


class CellMap:
    """A mapping from addresses to cells."""

    __slots__ = ("imported", "layers", "own")

    def __init__(self, layers: tuple[Layer, ...] = (), imported: tuple[Layer, ...] = ()) -> None:
        self.imported = imported
        """The layers of imported modules, below all others; they are the same for every program."""
        self.layers = layers
        """The shared layers, the newest first; each is at most half as large as the next."""
        self.own: Layer = {}

    def get(self, ref: Ref) -> Cell | None:
        """Return the cell at an address, None if there is none."""
        if ref in self.own:
            return self.own[ref]
        for layer in self.layers:
            if ref in layer:
                return layer[ref]
        for layer in self.imported:
            if ref in layer:
                return layer[ref]
        return None

    def __contains__(self, ref: Ref) -> bool:
        return self.get(ref) is not None

    def __getitem__(self, ref: Ref) -> Cell:
        cell = self.get(ref)
        if cell is None:
            raise KeyError(ref)
        return cell

    def __setitem__(self, ref: Ref, cell: Cell) -> None:
        self.own[ref] = cell

    def remove(self, ref: Ref) -> None:
        """Take out what is at an address."""
        self.own[ref] = None

    def forked(self) -> CellMap:
        """Return a copy that shares all layers."""
        if self.own:
            top, rest = self.own, self.layers
            while rest and 2 * len(top) >= len(rest[0]):
                top = {**rest[0], **top}
                rest = rest[1:]
            self.layers = (top, *rest)
            self.own = {}
        return CellMap(self.layers, self.imported)

    def adopt(self, module: CellMap) -> None:
        """Take in what a module holds that was followed by itself; what is here already stays."""
        held = {id(layer) for layer in self.imported}
        added = tuple(layer for layer in module.imported if id(layer) not in held)
        self.imported = (*added, *self.imported)

    def as_module(self) -> CellMap:
        """Return the same with all of its own in one layer, for programs that import it."""
        merged: Layer = {}
        for layer in (*reversed(self.layers), self.own):
            merged.update(layer)
        return CellMap((), (merged, *self.imported))

    def items(self) -> Iterator[tuple[Ref, Cell]]:
        """Yield every address with its cell."""
        merged: Layer = {}
        for layer in (*reversed(self.imported), *reversed(self.layers), self.own):
            merged.update(layer)
        for ref, cell in merged.items():
            if cell is not None:
                yield ref, cell

    def values(self) -> Iterator[Cell]:
        """Yield every cell."""
        yield from dict(self.items()).values()

    def pairs(self, other: CellMap) -> Iterator[tuple[Ref, Cell | None, Cell | None]]:
        """Yield the addresses at which two maps differ, with the cells of both."""
        first, second = self.layers, other.layers
        shared = 0
        while shared < min(len(first), len(second)) and first[-1 - shared] is second[-1 - shared]:
            shared += 1
        seen: set[Ref] = set()
        own = {id(layer) for layer in self.imported}
        others_own = {id(layer) for layer in other.imported}
        layers = (
            self.own,
            other.own,
            *first[: len(first) - shared],
            *second[: len(second) - shared],
            *(layer for layer in self.imported if id(layer) not in others_own),
            *(layer for layer in other.imported if id(layer) not in own),
        )
        for layer in layers:
            for ref in layer:
                if ref in seen:
                    continue
                seen.add(ref)
                cell, others = self.get(ref), other.get(ref)
                if cell is not others:
                    yield ref, cell, others
