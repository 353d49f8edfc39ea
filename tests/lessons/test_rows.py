from __future__ import annotations

import pytest

from rnninspect.ir.shape import Shape
from rnninspect.lessons.rows import row_of

VALUES = {"units": 16, "features": 6, "timesteps": 20}


def test_the_row_is_that_of_a_summary() -> None:
    row = row_of("LSTM(units) on (timesteps, features)", VALUES)
    assert (row.class_name, row.parameters.value) == ("LSTM", 1472)
    assert (row.input_shape, row.output_shape) == (Shape.of(None, 20, 6), Shape.of(None, 16))


def test_the_names_have_the_given_values() -> None:
    # 4 × (10 + 64 + 1) × 64 = 19,200
    row = row_of("LSTM(units) on (timesteps, features)", {**VALUES, "units": 64, "features": 10})
    assert row.parameters.value == 19_200


@pytest.mark.parametrize(
    ("expression", "parameters"),
    [
        ("Attention() on (timesteps, features) & (timesteps, features)", 0),
        # query, key and value: 3 × (6 × 32 + 32) for 2 heads of 16; back: 32 × 6 + 6
        ("MultiHeadAttention(2, units) on (timesteps, features) & (timesteps, features)", 870),
    ],
)
def test_several_inputs_are_joined(expression: str, parameters: int) -> None:
    assert row_of(expression, VALUES).parameters.value == parameters


def test_what_keras_would_not_build_is_an_error() -> None:
    with pytest.raises(ValueError, match="LSTM"):
        row_of("LSTM(units) on (features,)", VALUES)
