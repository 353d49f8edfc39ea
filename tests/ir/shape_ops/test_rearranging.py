"""The same numbers under other axes: as NumPy has them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnninspect.ir.dims import DYNAMIC, Dim, Unknown
from rnninspect.ir.operation import Rejected
from rnninspect.ir.shape import Shape
from rnninspect.ir.shape_ops import (
    expand_dims,
    flatten,
    moveaxis,
    reshape,
    squeeze,
    swapaxes,
    transpose,
)
from tests.ir.shape_ops.judge import (
    array,
    assert_equal,
    assert_sound,
    axis_numbers,
    hidden,
    hidden_argument,
    shapes,
)

several = axis_numbers | st.lists(axis_numbers, max_size=2).map(tuple)


@st.composite
def targets(draw: st.DrawFn) -> tuple[tuple[int, ...], Any]:
    """A shape and what it could be reshaped to: often possible, with at most two -1."""
    shape = draw(shapes)
    other: tuple[int, ...] = draw(st.lists(st.integers(-1, 4), max_size=3).map(tuple))
    if draw(st.booleans()):
        return shape, other
    target = list(draw(st.permutations(shape)))
    if draw(st.booleans()) and len(target) > 1:
        target[:2] = [math.prod(target[:2])]
    if draw(st.booleans()) and target:
        at: int = draw(st.integers(0, len(target) - 1))
        target[at] = -1
    return shape, tuple(target)


@given(targets())
def test_reshape_is_numpys(case: tuple[tuple[int, ...], Any]) -> None:
    shape, target = case
    assert_equal(
        lambda: reshape(Shape.of(*shape), target), lambda: np.reshape(array(shape), target)
    )


@given(st.data(), targets())
def test_reshape_of_unknowns_is_sound(
    data: st.DataObject, case: tuple[tuple[int, ...], Any]
) -> None:
    shape, target = case
    hidden_target = [
        Unknown("hidden") if size != -1 and data.draw(st.booleans()) else size for size in target
    ]
    assert_sound(
        lambda: reshape(hidden(data, shape), hidden_target),
        lambda: np.reshape(array(shape), target),
    )


def test_what_is_left_beside_an_unknown_size_is_certain_where_that_size_is_the_same() -> None:
    """(samples, 20, 6) → (samples, -1): 20 × 6 = 120, whatever samples is."""
    samples = Dim.unknown("the data")
    x = Shape((samples, Dim.of(20), Dim.of(6)))
    assert reshape(x, (samples, -1)).sizes == (None, 120)
    assert reshape(x, (samples, -1))[0] is samples
    assert reshape(x, (-1, 20, 6))[0] is samples
    assert reshape(x, (-1, 6))[0].is_unknown
    assert reshape(x, (Dim.unknown("another"), -1))[1].is_unknown


def test_the_dynamic_batch_in_front_counts_as_the_same() -> None:
    x = Shape.of(None, 20, 6)
    assert reshape(x, (None, -1)).sizes == (None, 120)
    assert reshape(x, (-1, 120))[0].dynamic
    assert reshape(x, (-1, 7))[0].dynamic


def test_an_unknown_size_is_worked_out_where_all_others_are_known() -> None:
    """24 = 2 × 3 × 4."""
    assert reshape(Shape.of(24), (2, Unknown(), 4)).sizes == (2, 3, 4)
    with pytest.raises(Rejected, match="total size of the tensor must be unchanged"):
        reshape(Shape.of(24), (5, Unknown()))


def test_a_target_of_unknown_rank_makes_the_shape_unknown() -> None:
    assert reshape(Shape.of(2), Unknown("why")).reason == "why"
    assert reshape(Shape.unknown("why"), (3, -1)).sizes == (3, None)
    assert reshape(Shape.of(6), Shape((Dim.of(2), DYNAMIC))).sizes == (2, None)


@given(st.data(), shapes)
def test_flatten_is_numpys(data: st.DataObject, shape: tuple[int, ...]) -> None:
    assert_equal(lambda: flatten(Shape.of(*shape)), lambda: np.ravel(array(shape)))
    assert_sound(lambda: flatten(hidden(data, shape)), lambda: np.ravel(array(shape)))


def test_flatten_can_leave_the_batch_alone() -> None:
    assert flatten(Shape.of(None, 20, 6), 1).sizes == (None, 120)
    assert flatten(Shape.unknown("why"), 1).dims is None


@given(st.data(), shapes, several)
def test_expand_dims_is_numpys(data: st.DataObject, shape: tuple[int, ...], axis: Any) -> None:
    assert_equal(
        lambda: expand_dims(Shape.of(*shape), axis), lambda: np.expand_dims(array(shape), axis)
    )
    assert_sound(
        lambda: expand_dims(hidden(data, shape), hidden_argument(data, axis)),
        lambda: np.expand_dims(array(shape), axis),
    )


@given(st.data(), st.lists(st.integers(0, 2), max_size=4).map(tuple), st.none() | several)
def test_squeeze_is_numpys(data: st.DataObject, shape: tuple[int, ...], axis: Any) -> None:
    assert_equal(lambda: squeeze(Shape.of(*shape), axis), lambda: np.squeeze(array(shape), axis))
    assert_sound(
        lambda: squeeze(hidden(data, shape), hidden_argument(data, axis)),
        lambda: np.squeeze(array(shape), axis),
    )


@given(st.data(), shapes)
def test_transpose_is_numpys(data: st.DataObject, shape: tuple[int, ...]) -> None:
    order = st.permutations(range(len(shape))) | st.lists(axis_numbers, max_size=4)
    axes = data.draw(st.none() | order.map(tuple))
    assert_equal(
        lambda: transpose(Shape.of(*shape), axes), lambda: np.transpose(array(shape), axes)
    )
    assert_sound(
        lambda: transpose(hidden(data, shape), hidden_argument(data, axes)),
        lambda: np.transpose(array(shape), axes),
    )


@given(st.data(), shapes, axis_numbers, axis_numbers)
def test_swapaxes_is_numpys(
    data: st.DataObject, shape: tuple[int, ...], one: int, two: int
) -> None:
    assert_equal(
        lambda: swapaxes(Shape.of(*shape), one, two), lambda: np.swapaxes(array(shape), one, two)
    )
    assert_sound(
        lambda: swapaxes(hidden(data, shape), hidden_argument(data, one), two),
        lambda: np.swapaxes(array(shape), one, two),
    )


@given(st.data(), shapes, several, several)
def test_moveaxis_is_numpys(
    data: st.DataObject, shape: tuple[int, ...], source: Any, destination: Any
) -> None:
    assert_equal(
        lambda: moveaxis(Shape.of(*shape), source, destination),
        lambda: np.moveaxis(array(shape), source, destination),
    )
    assert_sound(
        lambda: moveaxis(hidden(data, shape), hidden_argument(data, source), destination),
        lambda: np.moveaxis(array(shape), source, destination),
    )
