"""Sizes, shapes, and the formulas that they remember."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnninspect.ir.dims import DYNAMIC, Dim, Unknown, UnknownValue, product, total
from rnninspect.ir.shape import Shape
from tests.layers.case import evaluate

F, U = Dim.named("features", 6), Dim.named("units", 16)
ONE = Dim.of(1)


def test_a_common_factor_is_pulled_out_as_a_person_would() -> None:
    """(6 + 16 + 1) × 16 = 368: the notes' first layer."""
    count = F * U + U * U + U
    assert count.value == 368
    assert count.formula == ("(features + units + 1) × units", "(6 + 16 + 1) × 16")


def test_copies_stay_a_factor_of_their_own() -> None:
    count = (F * U + U * U + U).copies(4).copies(2)
    assert count.value == 2 * 4 * 368
    assert count.formula.numbers == "2 × 4 × (6 + 16 + 1) × 16"


def test_terms_of_equal_factors_are_added_up() -> None:
    assert (U + U + U + U).formula == ("4 × units", "4 × 16")


def test_a_sum_without_common_factor_stays_a_sum() -> None:
    assert (F + U).formula == ("features + units", "6 + 16")


def test_nothing_is_zero() -> None:
    assert total([]).value == 0
    assert total([]).formula.numbers == "0"
    assert (Dim.of(0) * U).value == 0


def test_thousands_are_separated() -> None:
    assert (Dim.named("input_dim", 10_000) * Dim.named("output_dim", 8)).formula.numbers == (
        "10,000 × 8"
    )


def test_unknown_outweighs_open_and_both_outweigh_numbers() -> None:
    unknown = Dim.unknown("it is an argument")
    assert (DYNAMIC + unknown).is_unknown
    assert (DYNAMIC * unknown).reason == "it is an argument"
    assert (DYNAMIC * U).dynamic
    assert (DYNAMIC * U).value is None
    assert (F + unknown).value is None


def test_an_unknown_number_keeps_its_name_in_the_formula() -> None:
    units = Dim.named("units", Unknown("given on the command line"))
    count = F * units + units
    assert count.value is None
    assert count.reason == "given on the command line"
    assert count.formula.numbers == "(6 + 1) × units"


@pytest.mark.parametrize("value", [True, 2.0, "3", None])
def test_what_is_no_whole_number_is_not_taken_for_one(value: object) -> None:
    assert Dim.named("units", value).is_unknown


def test_a_decision_on_an_unknown_value_raises() -> None:
    with pytest.raises(UnknownValue) as caught:
        bool(Unknown("nobody knows"))
    assert caught.value.reason == "nobody knows"


def test_apply_leaves_open_axes_open() -> None:
    assert DYNAMIC.apply(lambda n: n + 1).dynamic
    assert U.apply(lambda n: n + 1).value == 17


factors = st.lists(st.sampled_from([F, U, ONE, Dim.of(3), Dim.named("rank", 2)]), max_size=4)
sums = st.lists(st.tuples(factors, st.integers(1, 3)), min_size=1, max_size=6)


@given(sums)
def test_a_formula_comes_to_its_value(terms: list[tuple[list[Dim], int]]) -> None:
    """Whatever is added and multiplied, what is printed evaluates to what is counted."""
    value = 0
    dims = []
    for parts, copies in terms:
        dim = product(parts)
        dims.append(dim.copies(copies) if copies > 1 else dim)
        number = copies
        for part in parts:
            number *= part.value or 0
        value += number
    counted = total(dims)
    assert counted.value == value
    assert evaluate(counted.formula.numbers) == value


def test_shapes_are_written_as_keras_writes_them() -> None:
    assert str(Shape.of(None, 20, 6)) == "(None, 20, 6)"
    assert str(Shape.of(None)) == "(None,)"
    assert str(Shape.unknown("?")) == "?"


def test_a_shape_of_unknown_rank_gives_unknown_axes() -> None:
    shape = Shape.unknown("nobody knows")
    assert shape[-1].reason == "nobody knows"
    assert shape[:-1].dims is None
    assert shape.rank is None
    with pytest.raises(UnknownValue):
        shape.require()


def test_shapes_compare_by_their_sizes() -> None:
    assert Shape.of(None, 3) == Shape((DYNAMIC, U.apply(lambda n: 3)))
    assert Shape.of(None, 3) != Shape.of(None, 4)
    assert len({Shape.of(None, 3), Shape.of(None, 3)}) == 1


def test_complete_means_that_no_axis_is_unknown() -> None:
    assert Shape.of(None, 3).is_complete
    assert not Shape((DYNAMIC, Dim.unknown("?"))).is_complete
    assert not Shape.unknown("?").is_complete
