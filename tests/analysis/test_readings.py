"""What a printed count says about the layer, by its own declaration."""

from __future__ import annotations

from rnninspect.analysis.guesses import Printed
from rnninspect.analysis.readings import readings_of
from rnninspect.ir.shape import Shape

SEQUENCE, VECTOR = Shape.of(None, 20, 6), Shape.of(None, 16)


def arguments_of(row: Printed) -> list[dict[str, object]]:
    return [dict(reading.arguments) for reading in readings_of(row)]


def test_a_count_tells_the_arguments_where_the_input_is_known() -> None:
    """3 × (6 + 16 + 2) × 16 = 1,152 with reset_after, 3 × (6 + 16 + 1) × 16 = 1,104 without."""
    assert arguments_of(Printed("g", "GRU", (SEQUENCE,), (VECTOR,), 1152)) == [{"units": 16}]
    assert arguments_of(Printed("g", "GRU", (SEQUENCE,), (VECTOR,), 1104)) == [
        {"units": 16, "reset_after": False}
    ]


def test_the_count_tells_the_width_of_an_input_that_is_not_known() -> None:
    """LSTM: 4 × (6 + 16 + 1) × 16 = 1,472."""
    reading = readings_of(Printed("l", "LSTM", (), (VECTOR,), 1472))[0]
    assert reading.input_shape[-1].value == 6


def test_a_window_is_as_many_axes_as_the_layer_has() -> None:
    """Conv2D: 3 × 3 × 3 × 8 + 8 = 224."""
    picture, out = Shape.of(None, 9, 9, 3), Shape.of(None, 7, 7, 8)
    found = arguments_of(Printed("c", "Conv2D", (picture,), (out,), 224))
    assert {"filters": 8, "kernel_size": (3, 3)} in found


def test_a_count_that_is_impossible_has_no_reading() -> None:
    assert readings_of(Printed("l", "LSTM", (SEQUENCE,), (VECTOR,), 1473)) == ()
    assert readings_of(Printed("m", "Mine", (SEQUENCE,), (VECTOR,), 1)) == ()
