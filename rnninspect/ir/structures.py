"""Structures: shapes in nested lists, tuples and dicts, as Keras passes tensors around."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import EllipsisType
from typing import TypeAlias, TypeVar, overload

from rnninspect.ir.dims import Unknown
from rnninspect.ir.edge import Edge
from rnninspect.ir.shape import Shape

Plain: TypeAlias = bool | int | float | str | slice | EllipsisType | Unknown | None
"""A plain value among the arguments of a layer call; None also means that no tensor is passed."""
Leaf: TypeAlias = Shape | Edge | Plain
"""What structures hold: shapes in a layer call, edges in a model, plain values in both."""
Structure: TypeAlias = "Leaf | Sequence[Structure] | Mapping[str, Structure]"
"""A leaf, or lists, tuples and dicts of them, to any depth."""
NestedSizes: TypeAlias = "int | Sequence[NestedSizes] | None"
"""Shapes as nested lists of plain sizes; None for a size or a rank that is not known."""

Item = TypeVar("Item")
Result = TypeVar("Result")
Nested: TypeAlias = "Item | Sequence[Nested[Item]] | Mapping[str, Nested[Item]]"
"""Items of any type in lists, tuples and dicts."""


@overload
def flatten(structure: Structure) -> Iterator[Leaf]: ...
@overload
def flatten(structure: Nested[Item]) -> Iterator[Item]: ...
def flatten(structure: object) -> Iterator[object]:
    """Yield the leaves of nested lists, tuples and dicts, in Keras's order (dicts by key)."""
    if isinstance(structure, list | tuple):
        for item in structure:
            yield from flatten(item)
    elif isinstance(structure, Mapping):
        for key in sorted(structure, key=str):
            yield from flatten(structure[key])
    else:
        yield structure


@overload
def map_structure(function: Callable[[Leaf], Structure], structure: Structure) -> Structure: ...
@overload
def map_structure(
    function: Callable[[Item], Result], structure: Nested[Item]
) -> Nested[Result]: ...
def map_structure(function: Callable[..., object], structure: object) -> object:
    """Return the same nesting with the function applied to every leaf."""
    if isinstance(structure, tuple):
        return tuple(map_structure(function, item) for item in structure)
    if isinstance(structure, Mapping):
        return {key: map_structure(function, value) for key, value in structure.items()}
    if isinstance(structure, Sequence) and not isinstance(structure, str):
        return [map_structure(function, item) for item in structure]
    return function(structure)


def sizes_of(structure: Structure) -> NestedSizes:
    """Return a structure of shapes as nested lists of sizes; None where a rank is not known."""
    if isinstance(structure, Shape):
        return None if structure.dims is None else [dim.value for dim in structure.dims]
    if isinstance(structure, Mapping):
        return [sizes_of(structure[key]) for key in sorted(structure)]
    if isinstance(structure, list | tuple):
        return [sizes_of(item) for item in structure]
    return None


def pick(output: Structure, tensor: int) -> Shape:
    """Return one tensor of an output, counted over the flattened structure."""
    if isinstance(output, Shape):
        return output if tensor == 0 or output.dims is None else Shape.unknown("no such output")
    leaves = [leaf for leaf in flatten(output) if isinstance(leaf, Shape)]
    return leaves[tensor] if tensor < len(leaves) else Shape.unknown("no such output")
