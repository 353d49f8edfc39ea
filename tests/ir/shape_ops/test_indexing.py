"""``x[key]`` and ``take``: as NumPy has them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from rnninspect.ir.dims import Dim, Unknown
from rnninspect.ir.operation import Rejected
from rnninspect.ir.shape import Shape
from rnninspect.ir.shape_ops import Index, getitem, take
from tests.ir.shape_ops.judge import (
    array,
    assert_equal,
    assert_sound,
    axis_numbers,
    claimed,
    hidden,
    hidden_argument,
    shapes,
)

bounds = st.none() | st.integers(-5, 5)
indices = st.lists(st.integers(0, 1), min_size=1, max_size=2)


@st.composite
def keys(draw: st.DrawFn) -> tuple[Any, ...]:
    """A key of a few entries, now and then one that does not fit."""
    entry = st.one_of(
        st.integers(-2, 2),
        st.builds(slice, bounds, bounds, bounds),
        st.just(slice(None)),
        st.none(),
        indices,
        st.lists(st.booleans(), min_size=1, max_size=3),
    )
    entries = draw(st.lists(entry, max_size=4))
    if draw(st.booleans()):
        entries.insert(draw(st.integers(0, len(entries))), Ellipsis)
    return tuple(entries)


@given(st.lists(st.integers(0, 3), max_size=4).map(tuple), keys())
@example((0, 2), ([0, 5],))
def test_getitem_is_numpys(shape: tuple[int, ...], key: tuple[Any, ...]) -> None:
    ours = claimed(lambda: getitem(Shape.of(*shape), key))
    assume(ours is None or 0 not in ours.sizes)  # for nothing, older NumPy looks at no index
    assert_equal(lambda: getitem(Shape.of(*shape), key), lambda: array(shape)[key])


@given(st.data(), st.lists(st.integers(1, 3), max_size=4).map(tuple), keys())
def test_getitem_of_unknowns_is_sound(
    data: st.DataObject, shape: tuple[int, ...], key: tuple[Any, ...]
) -> None:
    x = array(shape)
    partly = tuple(
        slice(*(hidden_argument(data, part) for part in (entry.start, entry.stop, entry.step)))
        if isinstance(entry, slice)
        else hidden_argument(data, entry)
        for entry in key
    )
    assert_sound(lambda: getitem(hidden(data, shape), partly), lambda: x[key])


def test_arrays_of_unknown_numbers_index_too() -> None:
    x = Shape.of(5, 4, 3)
    rows = Index(Shape((Dim.unknown("rows"),)))
    assert getitem(x, rows).sizes == (None, 4, 3)
    assert getitem(x, (slice(None), Index(Shape.of(2, 7)))).sizes == (5, 2, 7, 3)
    assert getitem(x, Index(Shape.of(5, 4), is_mask=True)).sizes == (None, 3)
    assert getitem(x, Index(Shape.of(5), is_mask=True, chosen=2)).sizes == (2, 4, 3)


def test_a_dynamic_axis_stays_dynamic_where_it_is_sliced() -> None:
    assert getitem(Shape.of(None, 20, 6), (slice(1, 3), -1)).sizes == (None, 6)
    assert getitem(Shape.of(None, 20, 6), slice(1, 3))[0].dynamic


def test_an_unknown_bound_leaves_the_rank_certain() -> None:
    assert getitem(Shape.of(9, 6), slice(None, Unknown())).sizes == (None, 6)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ((0, 0, 0), "too many indices for array: array is 2-dimensional, but 3 were indexed"),
        ((2,), "index 2 is out of bounds for axis 0 with size 2"),
        ((Ellipsis, Ellipsis), "single ellipsis"),
        ((slice(None, None, 0),), "slice step cannot be zero"),
        (([True, False, True],), "boolean index did not match"),
        (([0, 1], [0, 1, 1]), "could not be broadcast together with shapes"),
    ],
)
def test_an_impossible_key_is_rejected_in_numpys_words(key: Any, words: str) -> None:
    with pytest.raises(Rejected, match=words.replace("(", r"\(")):
        getitem(Shape.of(2, 2), key)
    with pytest.raises((IndexError, ValueError), match=words.replace("(", r"\(")):
        array((2, 2))[key]


@given(st.data(), shapes.filter(lambda shape: 0 not in shape), axis_numbers, indices | st.just(0))
def test_take_is_numpys(
    data: st.DataObject, shape: tuple[int, ...], axis: int, chosen: Any
) -> None:
    def numpys() -> Any:
        return np.take(array(shape), chosen, axis=axis, mode="wrap")

    assert_equal(lambda: take(Shape.of(*shape), chosen, axis), numpys)
    assert_sound(
        lambda: take(hidden(data, shape), hidden_argument(data, chosen), axis),
        numpys,
    )


def test_take_without_an_axis_has_the_shape_of_the_indices() -> None:
    assert take(Shape.of(4, 4), [[1, 2, 3]]).sizes == (1, 3)
    assert take(Shape.of(9, 5), Shape.of(None, 7), 0).sizes == (None, 7, 5)
