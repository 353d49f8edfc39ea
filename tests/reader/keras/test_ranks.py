"""A layer tells the rank of the unknown tensor that it took."""

from __future__ import annotations

import pytest

from tests.reader.keras.reading import rejections


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("LSTM(4)(x)", "RepeatVector(3)(x)", [(3, "repeat_vector")]),
        ("RepeatVector(3)(x)", "LSTM(4)(x)", [(3, "lstm")]),
        ("Conv2D(4, 2)(x)", "GRU(4)(x)", [(3, "gru")]),
        ("LSTM(4)(x)", "GRU(4)(x)", []),
        ("Dense(4)(x)", "GRU(4)(x)", []),
        ("Dropout(0.2)(x)", "RepeatVector(4)(x)", []),
        ("LSTM(4)(x)\n    x = g()", "RepeatVector(3)(x)", []),
    ],
)
def test_the_rank_goes_on(first: str, second: str, expected: list[tuple[int, str]]) -> None:
    assert rejections(f"def f(x, g):\n    a = {first}\n    return {second}") == expected


def test_a_use_on_another_way_tells_nothing() -> None:
    text = "def f(x, n):\n    if n:\n        LSTM(4)(x)\n    else:\n        RepeatVector(4)(x)\n"
    assert rejections(text) == []


def test_a_value_of_another_iteration_is_another_tensor() -> None:
    text = "def f(xs):\n    for n, x in enumerate(xs):\n"
    text += "        LSTM(4)(x) if n else RepeatVector(4)(x)\n"
    assert rejections(text) == []
