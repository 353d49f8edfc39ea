"""Sizes as numbers of the program, and the shapes of data in memory."""

from __future__ import annotations

import pytest

from rnninspect.ir.dims import Dim
from rnninspect.ir.shape import Shape
from rnninspect.reader.sizes import dim_of, row_of, size_of, sizes_of
from rnninspect.reader.values import EACH_DIFFERS, Array, Unresolved
from tests.reader.follow import known


def test_a_size_and_its_number_are_one() -> None:
    assert (size_of(Dim.of(4)), size_of(Dim.of(None))) == (4, None)
    unknown = Dim.unknown("rows")
    number = size_of(unknown)
    assert isinstance(number, Unresolved)
    assert dim_of(number) is unknown
    assert dim_of(4).value == 4
    assert dim_of(None).dynamic


def test_a_size_that_stands_for_several_is_not_recognized() -> None:
    several = Dim.unknown(EACH_DIFFERS)
    assert dim_of(size_of(several)) is not several


def test_a_flag_is_not_a_size() -> None:
    assert dim_of(True).is_unknown


def test_a_shape_of_unknown_rank_has_no_sizes() -> None:
    assert isinstance(sizes_of(Shape.unknown("why")), Unresolved)
    assert sizes_of(Shape.of(None, 3)) == (None, 3)


def test_a_row_has_an_axis_less() -> None:
    assert row_of(Array(Shape.of(5, 3))).shape.sizes == (3,)
    assert isinstance(row_of(Array(Shape.of(5))), Unresolved)


@pytest.mark.parametrize(
    ("data", "sizes"),
    [
        ("[[1, 2], [3, 4], [5, 6]]", (3, 2)),
        ("[]", (0,)),
        ("[(1, 2, 3)]", (1, 3)),
        ("range(4)", (4,)),
        ("[np.zeros((2, 3))] * 4", (4, 2, 3)),
        ("[[1, 2], [3]]", None),
        ("sys.argv", None),
    ],
)
def test_data_have_the_shape_that_numpy_gives_them(
    data: str, sizes: tuple[int, ...] | None
) -> None:
    found = known(f"import sys\nimport numpy as np\nx = np.array({data})")
    assert found["x"] == ("array", sizes)
