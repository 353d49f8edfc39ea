"""Shapes in nested lists, tuples and dicts."""

from __future__ import annotations

from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import flatten, map_structure, pick, sizes_of

A, B = Shape.of(1, 2), Shape.of(3)


def test_leaves_come_in_keras_order() -> None:
    assert list(flatten({"b": [A, (B,)], "a": B})) == [B, A, B]


def test_the_nesting_is_kept() -> None:
    assert map_structure(lambda shape: shape.rank, {"x": [A, (B,)]}) == {"x": [2, (1,)]}


def test_sizes_are_plain_lists() -> None:
    assert sizes_of([A, Shape.unknown("why")]) == [[1, 2], None]


def test_one_tensor_is_picked_from_an_output() -> None:
    assert pick((A, [B]), 1) == B
    assert pick(A, 0) == A
    assert pick(A, 1).reason == "no such output"
