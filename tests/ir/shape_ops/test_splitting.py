"""One tensor cut into several: as NumPy has it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnninspect.ir.dims import Dim, Unknown
from rnninspect.ir.operation import Rejected
from rnninspect.ir.shape import Shape
from rnninspect.ir.shape_ops import array_split, split, split_sizes, unstack
from tests.ir.shape_ops.judge import (
    array,
    assert_equal,
    assert_sound,
    hidden,
    hidden_argument,
    shapes,
)

axes = st.integers(-3, 3)
ranked = shapes.filter(bool)


@pytest.mark.parametrize(("ours", "numpys"), [(split, np.split), (array_split, np.array_split)])
@given(
    data=st.data(),
    shape=ranked,
    sections=st.integers(1, 4) | st.lists(st.integers(-5, 5), max_size=3),
    axis=axes,
)
def test_split_is_numpys(
    ours: Any, numpys: Any, data: st.DataObject, shape: tuple[int, ...], sections: Any, axis: int
) -> None:
    def fact() -> Any:
        return list(numpys(array(shape), sections, axis=axis))

    assert_equal(lambda: ours(Shape.of(*shape), sections, axis), fact)
    assert_sound(lambda: ours(hidden(data, shape), hidden_argument(data, sections), axis), fact)


@given(st.data(), ranked.filter(lambda shape: 0 not in shape), axes)
def test_unstack_is_what_a_loop_over_the_axis_gives(
    data: st.DataObject, shape: tuple[int, ...], axis: int
) -> None:
    def slices() -> Any:
        return list(np.moveaxis(array(shape), axis, 0))

    assert_equal(lambda: unstack(Shape.of(*shape), axis), slices)
    assert_sound(lambda: unstack(hidden(data, shape), hidden_argument(data, axis)), slices)


def test_a_stated_number_of_slices_must_be_the_axis() -> None:
    unknown = Shape((Dim.unknown("why"), Dim.of(3)))
    assert unstack(unknown, 0, 2) == (Shape.of(3), Shape.of(3))
    assert isinstance(unstack(unknown), Unknown)
    with pytest.raises(Rejected, match="Dimension must be 2 but is 3"):
        unstack(unknown, 1, 2)


def test_parts_of_stated_sizes_add_up() -> None:
    x = Shape.of(None, 10)
    assert [part[1].value for part in _parts(split_sizes(x, [3, 7], 1))] == [3, 7]
    assert [part[1].value for part in _parts(split_sizes(x, [3, -1], 1))] == [3, 7]
    assert [part[1].value for part in _parts(split_sizes(x, [3, Unknown()], 1))] == [3, None]
    assert [part[0].value for part in _parts(split_sizes(x, [3, -1], 0))] == [3, None]
    with pytest.raises(Rejected, match="do not add up to 10"):
        split_sizes(x, [3, 3], 1)
    with pytest.raises(Rejected, match="one may be -1"):
        split_sizes(x, [-1, -1], 1)


def test_more_parts_than_anyone_writes_are_not_counted_one_by_one() -> None:
    assert isinstance(unstack(Shape.of(10**9)), Unknown)
    assert isinstance(split(Shape.of(10**9), 10**8), Unknown)


def _parts(parts: Any) -> tuple[Shape, ...]:
    assert isinstance(parts, tuple)
    return parts
