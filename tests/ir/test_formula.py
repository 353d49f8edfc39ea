"""A sum of products, written as a person would."""

from __future__ import annotations

from rnninspect.ir.formula import Factor, Term, formula_of

F, U = Factor("features", 6), Factor("units", 16)


def test_a_common_factor_is_pulled_out() -> None:
    formula = formula_of([Term(1, (F, U)), Term(1, (U, U)), Term(1, (U,))])
    assert formula == ("(features + units + 1) × units", "(6 + 16 + 1) × 16")


def test_copies_stay_apart_and_an_unknown_number_keeps_its_name() -> None:
    formula = formula_of([Term(1, (Factor("units", None),), (2, 4))])
    assert formula == ("2 × 4 × units", "2 × 4 × units")


def test_a_sum_of_nothing_is_zero() -> None:
    assert formula_of([]) == ("0", "0")
