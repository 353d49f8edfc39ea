"""ConvLSTM: gates of convolutions."""

from __future__ import annotations

from rnninspect.ir.operation import Call
from rnninspect.ir.shape import Shape
from rnninspect.layers.convolutional_recurrence import ConvLSTM1D, ConvLSTM2D


def test_the_weights_of_a_conv_lstm() -> None:
    """4 × (3 × 3 × 2 × 5 + 3 × 3 × 5 × 5 + 5) = 4 × (90 + 225 + 5) = 1,280."""
    use = ConvLSTM2D(name="c", filters=5, kernel_size=3).apply(Call.on(Shape.of(None, 7, 9, 9, 2)))
    assert sum(weight.count.value or 0 for weight in use.all_weights()) == 1280
    assert use.output == Shape.of(None, 7, 7, 5)


def test_sequences_keep_the_timesteps() -> None:
    layer = ConvLSTM1D(name="c", filters=5, kernel_size=3, return_sequences=True)
    assert layer.apply(Call.on(Shape.of(None, 7, 9, 2))).output == Shape.of(None, 7, 7, 5)


def test_a_dynamic_width_is_rejected() -> None:
    use = ConvLSTM1D(name="c", filters=5, kernel_size=3).apply(Call.on(Shape.of(None, 7, None, 2)))
    assert use.rejected is not None
    assert "static input shapes" in use.rejected.message
