"""The shapes of operations that the calls of test_operations do not reach: what is not known."""

from __future__ import annotations

import pytest

from rnninspect.ir import operation_shapes as shapes
from rnninspect.ir.dims import Dim, Unknown, UnknownValue
from rnninspect.ir.shape import Shape

X = Shape.of(None, 20, 6)
ROWS = Shape((Dim.unknown("rows"), Dim.of(3)))


def test_an_operand_that_is_not_known_may_broadcast_to_anything() -> None:
    assert shapes.broadcast_all(X, 2.0) == X
    assert shapes.broadcast_all(X, Unknown("a file")).dims is None
    with pytest.raises(UnknownValue, match="not applied to a tensor"):
        shapes.broadcast_all(2, 3)


def test_a_list_of_tensors_is_their_stack_where_one_tensor_is_needed() -> None:
    """[[0, 1, 2], [0, 1, 2]] has the shape (2, 3); 5 classes more make (2, 3, 5)."""
    assert shapes.one_hot([[0, 1, 2], [0, 1, 2]], 5).sizes == (2, 3, 5)


def test_a_lone_condition_picks_an_unknown_number_of_entries() -> None:
    with pytest.raises(UnknownValue, match="how many entries are true"):
        shapes.where(X)


def test_a_none_in_a_recorded_target_is_what_is_left() -> None:
    """20 × 6 = 120."""
    assert shapes.reshape(X, [None, 120]).sizes == (None, 120)
    assert shapes.reshape(X, [None, -1]).sizes == (None, 120)


def test_slices_are_counted_only_where_their_number_is_known() -> None:
    assert shapes.unstack(X, axis=1) == (Shape.of(None, 6),) * 20
    with pytest.raises(UnknownValue, match="rows"):
        shapes.unstack(ROWS)
    assert shapes.split_sizes(X, [2, 4], axis=-1) == (Shape.of(None, 20, 2), Shape.of(None, 20, 4))


def test_a_recorded_tuple_of_indices_is_a_list() -> None:
    assert shapes.getitem(X, [slice(None), -1]).sizes == (None, 6)


def test_what_is_not_modelled_is_unknown() -> None:
    with pytest.raises(UnknownValue, match="batch_dims"):
        shapes.gather(X, [0], batch_dims=1)
    with pytest.raises(UnknownValue, match="new size"):
        shapes.resize(X, 3)
    with pytest.raises(UnknownValue, match="rank"):
        shapes.hstack([Shape.unknown("why")])
