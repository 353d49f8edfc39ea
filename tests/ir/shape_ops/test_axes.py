"""Axes as arguments: counted from either end, several at once, or unknown."""

from __future__ import annotations

import pytest

from rnninspect.ir.dims import DYNAMIC, Dim, Unknown
from rnninspect.ir.operation import Rejected
from rnninspect.ir.shape_ops import normalize_axes, normalize_axis
from rnninspect.ir.shape_ops.axes import differ, flag, meet, reason_of


def test_an_axis_counts_from_either_end() -> None:
    assert [normalize_axis(axis, 3) for axis in (-3, -1, 2)] == [0, 2, 2]
    assert normalize_axis(Unknown(), 3) is None
    assert normalize_axis(True, 3) is None


def test_several_axes_are_several_different_ones() -> None:
    assert normalize_axes((0, Unknown(), -1), 3) == [0, None, 2]
    assert normalize_axes(1, 3) == [1]
    assert normalize_axes(Unknown(), 3) is None
    with pytest.raises(Rejected, match="repeated axis"):
        normalize_axes((1, -2), 3)
    with pytest.raises(Rejected, match="axis 3 is out of bounds for array of dimension 3"):
        normalize_axes((3,), 3)


def test_a_switch_is_on_off_or_unknown() -> None:
    assert (flag(None), flag(1), flag(False), flag(Unknown())) == (False, True, False, None)


def test_sizes_that_must_be_equal_teach_each_other() -> None:
    unknown, three = Dim.unknown("why"), Dim.of(3)
    assert meet(unknown, three) is three
    assert meet(DYNAMIC, three) is DYNAMIC
    assert differ(three, Dim.of(4))
    assert not differ(unknown, three)


def test_the_reason_is_the_arguments_own() -> None:
    assert reason_of(Unknown("a file"), "else") == "a file"
    assert reason_of("text", "else") == "else"
