"""Number by number, sums along axes, products of matrices: as NumPy has them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnninspect.ir.dims import DYNAMIC, Dim, Unknown
from rnninspect.ir.operation import Rejected
from rnninspect.ir.shape import Shape
from rnninspect.ir.shape_ops import broadcast, broadcast_dim, dot, matmul, reduce
from tests.ir.shape_ops.judge import (
    array,
    assert_equal,
    assert_sound,
    axis_numbers,
    hidden,
    hidden_argument,
    shapes,
)

axes = st.none() | axis_numbers | st.lists(axis_numbers, max_size=3).map(tuple)
near = st.lists(st.integers(0, 2), max_size=3).map(tuple)


@given(st.lists(near, min_size=1, max_size=3))
def test_broadcast_is_numpys(operands: list[tuple[int, ...]]) -> None:
    assert_equal(
        lambda: broadcast(*(Shape.of(*one) for one in operands)),
        lambda: np.broadcast(*map(array, operands)),
    )


@given(st.data(), near, near)
def test_broadcast_of_unknown_sizes_is_sound(
    data: st.DataObject, a: tuple[int, ...], b: tuple[int, ...]
) -> None:
    assert_sound(
        lambda: broadcast(hidden(data, a), hidden(data, b)),
        lambda: np.broadcast(array(a), array(b)),
    )


def test_a_dynamic_axis_takes_the_size_of_the_other() -> None:
    """Keras: ``broadcast_shapes((None, 5), (3, 1))`` is (3, 5)."""
    assert broadcast(Shape.of(None, 5), Shape.of(3, 1)).sizes == (3, 5)
    assert broadcast_dim(DYNAMIC, Dim.of(1)).dynamic
    assert broadcast_dim(DYNAMIC, DYNAMIC).dynamic
    assert broadcast_dim(DYNAMIC, Dim.unknown("why")).is_unknown


def test_a_broadcast_of_unknown_rank_is_unknown_with_its_reason() -> None:
    assert broadcast(Shape.of(2), Shape.unknown("why")).reason == "why"


@given(shapes, axes, st.booleans())
def test_reduce_is_numpys(shape: tuple[int, ...], axis: Any, keepdims: bool) -> None:
    assert_equal(
        lambda: reduce(Shape.of(*shape), axis, keepdims),
        lambda: np.sum(array(shape), axis=axis, keepdims=keepdims),
    )


@given(st.data(), shapes, axes, st.booleans())
def test_reduce_of_unknowns_is_sound(
    data: st.DataObject, shape: tuple[int, ...], axis: Any, keepdims: bool
) -> None:
    assert_sound(
        lambda: reduce(
            hidden(data, shape), hidden_argument(data, axis), hidden_argument(data, keepdims)
        ),
        lambda: np.sum(array(shape), axis=axis, keepdims=keepdims),
    )


def test_an_unknown_axis_leaves_the_rank_certain() -> None:
    assert reduce(Shape.of(2, 3), (Unknown(),)).rank == 1
    assert reduce(Shape.of(2, 1), Unknown(), True).sizes == (None, 1)


@given(near, near)
def test_matmul_and_dot_are_numpys(a: tuple[int, ...], b: tuple[int, ...]) -> None:
    one, two = Shape.of(*a), Shape.of(*b)
    assert_equal(lambda: matmul(one, two), lambda: np.matmul(array(a), array(b)))
    assert_equal(lambda: dot(one, two), lambda: np.dot(array(a), array(b)))


@given(st.data(), near, near)
def test_products_of_unknowns_are_sound(
    data: st.DataObject, a: tuple[int, ...], b: tuple[int, ...]
) -> None:
    one, two = hidden(data, a), hidden(data, b)
    assert_sound(lambda: matmul(one, two), lambda: np.matmul(array(a), array(b)))
    assert_sound(lambda: dot(one, two), lambda: np.dot(array(a), array(b)))


def test_a_matrix_is_transposed_first_where_asked() -> None:
    """(2, 3)ᵀ × (5, 2)ᵀ = (3, 2) × (2, 5) = (3, 5)."""
    assert matmul(Shape.of(2, 3), Shape.of(5, 2), True, True).sizes == (3, 5)
    with pytest.raises(Rejected, match="Matrix size-incompatible"):
        matmul(Shape.of(2, 3), Shape.of(5, 2))
