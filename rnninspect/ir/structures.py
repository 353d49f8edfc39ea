"""Structures: shapes in nested lists, tuples and dicts, as Keras passes tensors around."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rnninspect.ir.shape import Shape

Structure = Any
"""A Shape, or lists, tuples and dicts of them; None for none."""


def flatten(structure: Structure) -> Iterator[Any]:
    """The leaves of nested lists, tuples and dicts, in Keras's order."""
    if isinstance(structure, list | tuple):
        for item in structure:
            yield from flatten(item)
    elif isinstance(structure, Mapping):
        for key in sorted(structure, key=str):
            yield from flatten(structure[key])
    else:
        yield structure


def map_structure(function: Any, structure: Structure) -> Structure:
    """The same nesting with the function applied to every leaf."""
    if isinstance(structure, list):
        return [map_structure(function, item) for item in structure]
    if isinstance(structure, tuple):
        return tuple(map_structure(function, item) for item in structure)
    if isinstance(structure, Mapping):
        return {key: map_structure(function, value) for key, value in structure.items()}
    return function(structure)


def sizes_of(structure: Structure) -> Any:
    """A structure of shapes as nested lists of plain sizes; None where a rank is not known."""
    if isinstance(structure, Shape):
        return None if structure.dims is None else [dim.value for dim in structure.dims]
    if isinstance(structure, Mapping):
        return [sizes_of(structure[key]) for key in sorted(structure)]
    if isinstance(structure, list | tuple):
        return [sizes_of(one) for one in structure]
    return None


def pick(output: Structure, tensor: int) -> Shape:
    """One tensor of an output, counted over the flattened structure."""
    if isinstance(output, Shape):
        return output if tensor == 0 or output.dims is None else Shape.unknown("no such output")
    leaves = [leaf for leaf in flatten(output) if isinstance(leaf, Shape)]
    return leaves[tensor] if tensor < len(leaves) else Shape.unknown("no such output")
