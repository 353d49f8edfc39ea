"""How a sliding window shortens an axis."""

from __future__ import annotations

import pytest

from rnninspect.ir.dims import DYNAMIC, Dim
from rnninspect.ir.operation import Rejected
from rnninspect.ir.shape import Shape
from rnninspect.layers.windows import slide, windowed

ONE, X = Dim.of(1), Shape.of(None, 10, 3)


def length(size: Dim, window: int, stride: int, padding: str) -> int | None:
    return windowed(size, Dim.of(window), Dim.of(stride), padding, ONE, X).value


def test_the_length_after_a_window() -> None:
    """valid: (10 − 3) // 2 + 1 = 4; same: (10 − 1) // 2 + 1 = 5."""
    assert length(Dim.of(10), 3, 2, "valid") == 4
    assert length(Dim.of(10), 3, 2, "same") == 5
    assert windowed(DYNAMIC, Dim.of(3), ONE, "valid", ONE, X).dynamic


def test_a_window_longer_than_the_axis_is_rejected() -> None:
    with pytest.raises(Rejected, match="zero or negative"):
        length(Dim.of(10), 11, 1, "valid")


def test_channels_are_replaced_or_kept() -> None:
    shape = slide(X, axes=1, window=3, strides=1, padding="valid", channels=Dim.of(7))
    assert shape.sizes == (None, 8, 7)
    assert slide(X, axes=1, window=2, strides=2, padding="valid").sizes == (None, 5, 3)
