"""Attributes and methods of symbolic tensors."""

from __future__ import annotations

import pytest

from rnninspect.ir.shape import Shape
from rnninspect.reader.keras.tensors import attribute_of_tensor
from rnninspect.reader.values import NativeMethod, Tensor, Unresolved
from tests.reader.keras.reading import lines

X = Tensor(Shape.of(None, 5, 3))


@pytest.mark.parametrize(
    ("name", "expected"), [("ndim", 3), ("rank", 3), ("_keras_shape", (None, 5, 3))]
)
def test_what_a_tensor_is_asked_for(name: str, expected: object) -> None:
    assert attribute_of_tensor(X, name) == expected


def test_a_rank_that_is_not_known() -> None:
    assert isinstance(attribute_of_tensor(Tensor(Shape.unknown("why")), "ndim"), Unresolved)
    assert isinstance(attribute_of_tensor(X, "dtype"), Unresolved)
    assert attribute_of_tensor(X, "get_shape") == NativeMethod(X, "get_shape")


@pytest.mark.parametrize(
    ("use", "sizes"),
    [
        ("x[:, 0]", (None, 3)),
        ("x[..., -1]", (None, 5)),
        ("x + x", (None, 5, 3)),
        ("2 * x", (None, 5, 3)),
        ("x.__mul__(x)", (None, 5, 3)),
        ("Dense(x.shape[-1] * 2)(x)", (None, 5, 6)),
        ("Dense(len(x.shape))(x)", (None, 5, 3)),
    ],
)
def test_a_use_of_a_tensor(use: str, sizes: tuple[int | None, ...]) -> None:
    assert lines(f"x = Input((5, 3))\nm = Model(x, {use})")[-1][1] == sizes
