"""Several tensors made one, and one made larger: as NumPy has them."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rnninspect.ir.dims import Dim
from rnninspect.ir.shape import Shape
from rnninspect.ir.shape_ops import concat, pad, repeat, stack, tile
from tests.ir.shape_ops.judge import (
    array,
    assert_equal,
    assert_sound,
    axis_numbers,
    hidden,
    hidden_argument,
    shapes,
)

few = st.lists(st.integers(1, 2), max_size=2).map(tuple)
axes = st.none() | st.integers(-2, 2)


@given(st.data(), st.lists(few, min_size=1, max_size=3), axes)
def test_concat_is_numpys(
    data: st.DataObject, parts: list[tuple[int, ...]], axis: int | None
) -> None:
    def numpys() -> Any:
        return np.concatenate(list(map(array, parts)), axis=axis)

    assert_equal(lambda: concat([Shape.of(*one) for one in parts], axis), numpys)
    assert_sound(
        lambda: concat(
            [hidden(data, one) for one in parts],
            axis if axis is None else hidden_argument(data, axis),
        ),
        numpys,
    )


@given(st.data(), st.lists(few, min_size=1, max_size=3), st.integers(-3, 3))
def test_stack_is_numpys(data: st.DataObject, parts: list[tuple[int, ...]], axis: int) -> None:
    def numpys() -> Any:
        return np.stack(list(map(array, parts)), axis=axis)

    assert_equal(lambda: stack([Shape.of(*one) for one in parts], axis), numpys)
    assert_sound(
        lambda: stack([hidden(data, one) for one in parts], hidden_argument(data, axis)), numpys
    )


def test_an_unknown_part_is_known_by_its_neighbours() -> None:
    """All axes but the joined one are equal; a dynamic one makes the sum dynamic, as in Keras."""
    unknown = Shape((Dim.unknown("why"), Dim.unknown("why")))
    assert concat([unknown, Shape.of(3, 4)], -1).sizes == (3, None)
    assert stack([unknown, Shape.of(3, 4)]).sizes == (2, 3, 4)
    assert concat([Shape.of(None, 4), Shape.of(2, 4)], 0)[0].dynamic
    assert concat([Shape.unknown("why"), Shape.of(3, 4)], 0).sizes == (None, 4)


@given(st.data(), shapes, st.integers(0, 3) | st.lists(st.integers(0, 3), max_size=5))
def test_tile_is_numpys(data: st.DataObject, shape: tuple[int, ...], repeats: Any) -> None:
    assert_equal(lambda: tile(Shape.of(*shape), repeats), lambda: np.tile(array(shape), repeats))
    assert_sound(
        lambda: tile(hidden(data, shape), hidden_argument(data, repeats)),
        lambda: np.tile(array(shape), repeats),
    )


@given(
    st.data(),
    shapes,
    st.integers(0, 3) | st.lists(st.integers(0, 3), min_size=1, max_size=4),
    st.none() | axis_numbers,
)
def test_repeat_is_numpys(
    data: st.DataObject, shape: tuple[int, ...], repeats: Any, axis: int | None
) -> None:
    def numpys() -> Any:
        return np.repeat(array(shape), repeats, axis=axis)

    assert_equal(lambda: repeat(Shape.of(*shape), repeats, axis), numpys)
    assert_sound(lambda: repeat(hidden(data, shape), hidden_argument(data, repeats), axis), numpys)


pair = st.tuples(st.integers(0, 3), st.integers(0, 3))


@given(
    st.data(),
    shapes.filter(bool),
    st.integers(-1, 3) | pair | st.lists(pair, min_size=1, max_size=3),
)
def test_pad_is_numpys(data: st.DataObject, shape: tuple[int, ...], width: Any) -> None:
    assert_equal(lambda: pad(Shape.of(*shape), width), lambda: np.pad(array(shape), width))
    assert_sound(
        lambda: pad(hidden(data, shape), hidden_argument(data, width)),
        lambda: np.pad(array(shape), width),
    )
