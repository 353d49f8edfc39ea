"""The sizes of a tensor's axes, or a rank that is not known."""

from __future__ import annotations

import pytest

from rnninspect.ir.dims import Dim, UnknownValue
from rnninspect.ir.shape import Shape


def test_a_shape_is_written_as_keras_writes_it() -> None:
    assert str(Shape.of(None, 20, 6)) == "(None, 20, 6)"
    assert str(Shape.of(None)) == "(None,)"
    assert str(Shape.unknown("why")) == "?"


def test_indexing_an_unknown_rank_is_an_unknown_size() -> None:
    assert Shape.unknown("why")[-1].is_unknown
    assert Shape.unknown("why")[1:].dims is None
    with pytest.raises(UnknownValue, match="why"):
        Shape.unknown("why").require()


def test_a_shape_is_complete_if_each_size_is_a_number_or_dynamic() -> None:
    assert Shape.of(None, 3).is_complete
    assert not Shape((Dim.unknown("why"),)).is_complete
    assert not Shape.unknown("why").is_complete


def test_axes_are_added_at_the_end() -> None:
    assert Shape.of(2, 3) + (Dim.of(4),) == Shape.of(2, 3, 4)
