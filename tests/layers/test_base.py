"""What every declaration shares: binding, ranks, dtypes, earlier names."""

from __future__ import annotations

import pytest

from rnninspect.ir.operation import Call, Rejected
from rnninspect.ir.shape import Shape
from rnninspect.layers.base import axis_of, sizes, variable_dtype
from rnninspect.layers.core import Dense
from rnninspect.layers.recurrent import GRU, LSTM


def test_a_rank_that_keras_does_not_take_is_rejected() -> None:
    rejected = LSTM(name="l", units=3).apply(Call.on(Shape.of(None, 6))).rejected
    assert rejected is not None
    assert (rejected.expected_ndim, rejected.found_ndim) == (3, 2)


def test_an_argument_that_must_be_positive_is_rejected() -> None:
    rejected = Dense(name="d", units=0).apply(Call.on(Shape.of(None, 6))).rejected
    assert rejected is not None
    assert "expected a positive integer" in rejected.message


def test_the_dtype_of_variables_follows_the_policy() -> None:
    assert variable_dtype(None) == "float32"
    assert variable_dtype("mixed_float16") == "float32"
    assert variable_dtype("float64") == "float64"


def test_sizes_are_one_for_each_axis() -> None:
    assert [dim.value for dim in sizes("strides", 2, 3)] == [2, 2, 2]
    with pytest.raises(Rejected, match="must be a tuple of 2 integers"):
        sizes("strides", (1, 2, 3), 2)
    with pytest.raises(Rejected, match="out of bounds"):
        axis_of(Shape.of(1, 2), 2)


def test_earlier_names_are_those_of_all_base_classes() -> None:
    names = GRU.earlier_names()
    assert names["output_dim"] == "units"
    assert names["inner_activation"] == "recurrent_activation"
