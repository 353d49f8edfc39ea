"""Symbolic tensors are Keras's, arrays and tables are data."""

from __future__ import annotations

import pytest

from rnninspect.reader.values import Array, Tensor
from tests.reader.follow import states_after

BEGINNING = "import numpy as np\nfrom keras import Input\nt = Input((3, 2))\na = np.zeros((4, 5))\n"


@pytest.mark.parametrize(
    ("expression", "kind", "sizes"),
    [
        ("t + t", Tensor, (None, 3, 2)),
        ("t * 2", Tensor, (None, 3, 2)),
        ("1 - t", Tensor, (None, 3, 2)),
        ("t[:, -1]", Tensor, (None, 2)),
        ("t @ np.zeros((2, 7))", Tensor, (None, 3, 7)),
        ("a + a", Array, (4, 5)),
        ("a[:, 1:]", Array, (4, 4)),
        ("a @ np.zeros((5, 6))", Array, (4, 6)),
        ("a.T", Array, (5, 4)),
        ("a.reshape(-1, 2)", Array, (10, 2)),
    ],
)
def test_who_answers(expression: str, kind: type, sizes: tuple[int | None, ...]) -> None:
    scope, (state,) = states_after(f"{BEGINNING}x = {expression}")
    value = state.names(scope).values["x"]
    assert type(value) is kind
    assert isinstance(value, Tensor | Array)
    assert value.shape.sizes == sizes


def test_an_attribute_of_either() -> None:
    scope, (state,) = states_after(f"{BEGINNING}x = t.shape[1:], a.shape, a.ndim")
    tensor, array, rank = state.names(scope).values["x"]
    assert tensor == (3, 2)
    assert (array, rank) == ((4, 5), 2)
