"""Values, and when two of them are the same unknown."""

from __future__ import annotations

import pytest

from rnninspect.diagnostics import Place
from rnninspect.ir.dims import Dim
from rnninspect.ir.shape import Shape
from rnninspect.reader.values import (
    Array,
    ClassRef,
    Dataset,
    External,
    ListRef,
    ScopeRef,
    Unresolved,
    is_constant,
    is_one_number,
    summarized,
)


def test_the_part_of_an_unknown_value_is_the_same_each_time() -> None:
    value = Unresolved("why")
    assert value.child("a") is value.child("a")
    assert value.child("a") is not value.child("b")


def test_the_parts_of_a_summary_are_not() -> None:
    value = Unresolved("why", is_summary=True)
    assert value.child("a") is not value.child("a")


def test_a_summary_of_each_part() -> None:
    unknown, size = Unresolved("why", int), Dim.unknown("rows")
    first, second = summarized((1, unknown))
    assert first == 1
    assert (second.is_summary, second.kind) == (True, int)
    assert not is_one_number(summarized(Array(Shape((size, Dim.of(2))))).shape[0])
    assert summarized(Dataset(unknown)).element.is_summary
    known = Array(Shape.of(3))
    assert summarized(known) is known


def test_the_module_of_a_scope_and_its_path() -> None:
    module = ScopeRef(path="p.py")
    inner = ScopeRef(ScopeRef(module, is_class=True))
    assert inner.module is module
    assert inner.path == "p.py"


def test_the_order_of_inheritance_is_that_of_python() -> None:
    base = External("keras.Model")
    a = ClassRef("A", (base,), Place())
    b, c = ClassRef("B", (a,), Place()), ClassRef("C", (a,), Place())
    d = ClassRef("D", (b, c), Place())
    assert d.ancestors() == (d, b, c, a)
    assert d.library_bases == ("keras.Model",)
    assert not d.has_unknown_base
    assert ClassRef("E", (d, Unresolved("why")), Place()).has_unknown_base


@pytest.mark.parametrize(
    ("value", "expected"),
    [(1, True), ((1, ("a", None)), True), (range(3), True), (..., True), (ListRef(), False),
     ((1, ListRef()), False), (Unresolved("why"), False)],
)  # fmt: skip
def test_what_is_a_constant(value: object, expected: bool) -> None:
    assert is_constant(value) is expected
