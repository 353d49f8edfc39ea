"""Shapes in nested lists, tuples and dicts."""

from __future__ import annotations

import pytest

from rnninspect.ir.edge import Edge
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Leaf, Structure, flatten, map_structure, pick, sizes_of

A, B = Shape.of(None, 2), Shape.of(None, 3)


def test_leaves_come_in_keras_order_and_dicts_by_key() -> None:
    assert list(flatten({"b": [B, None], "a": (A, "text")})) == [A, "text", B, None]
    assert list(flatten(A)) == [A]


def test_a_mapped_structure_keeps_lists_tuples_and_dicts() -> None:
    def rank(leaf: Leaf) -> Structure:
        return leaf.rank if isinstance(leaf, Shape) else leaf

    assert map_structure(rank, {"a": [A, (B, "text")]}) == {"a": [2, (2, "text")]}


@pytest.mark.parametrize(
    ("structure", "sizes"),
    [
        (A, [None, 2]),
        (Shape.unknown("?"), None),
        ([A, (B,)], [[None, 2], [[None, 3]]]),
        ({"b": B, "a": A}, [[None, 2], [None, 3]]),
        (Edge("x"), None),
    ],
)
def test_sizes_are_nested_lists(structure: Structure, sizes: object) -> None:
    assert sizes_of(structure) == sizes


def test_an_output_is_picked_by_its_number() -> None:
    assert pick(A, 0) is A
    assert pick((A, [B]), 1) is B
    assert pick((A,), 3).reason == pick(A, 1).reason == "no such output"
