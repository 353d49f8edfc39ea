"""Arrays made of values."""

from __future__ import annotations

from rnninspect.ir.dims import Dim
from rnninspect.ir.shape import Shape
from rnninspect.reader.data.arrays import any_dims, dtype_from
from rnninspect.reader.values import External
from tests.reader.follow import UNKNOWN, known


def test_the_dtype_that_an_argument_states() -> None:
    assert dtype_from(External("numpy.float32")) == "float32"
    assert dtype_from(External("builtins.int")) == "int64"
    assert dtype_from("f") == "float32"
    assert dtype_from(None) is None


def test_two_unknown_sizes_give_a_third() -> None:
    one, two = Dim.unknown("one"), Dim.unknown("two")
    first, second = Shape((one, Dim.of(3))), Shape((two, Dim.of(3)))
    made = any_dims(first, [first, second])
    assert made[0] is not one
    assert made.sizes == (None, 3)
    assert any_dims(first, [first, Shape.of(1, 3)])[0] is one


def test_the_total_of_known_numbers() -> None:
    text = "import numpy as np\na = np.prod((2, 3))\nb = np.sum([1, 2.5])"
    assert known(text)["a"] == 6
    assert known(text)["b"] is UNKNOWN
