"""Layers that only an earlier Keras has."""

from __future__ import annotations

from rnninspect.ir.operation import Application, Call
from rnninspect.ir.shape import Shape
from rnninspect.layers.legacy import CuDNNGRU, CuDNNLSTM, Highway, LocallyConnected1D, MaxoutDense

SEQUENCE = Shape.of(None, 20, 6)


def parameters(use: Application) -> int:
    return sum(weight.count.value or 0 for weight in use.all_weights())


def test_cudnn_layers_have_two_biases_a_gate() -> None:
    """4 × (6 × 16 + 16 × 16 + 2 × 16) = 1,536 and 3 × 384 = 1,152."""
    assert parameters(CuDNNLSTM(name="l", units=16).apply(Call.on(SEQUENCE))) == 1536
    assert parameters(CuDNNGRU(name="g", units=16).apply(Call.on(SEQUENCE))) == 1152


def test_dense_layers_of_keras_1() -> None:
    """4 × 6 × 3 + 4 × 3 = 84; 2 × (6 × 6 + 6) = 84."""
    vector = Call.on(Shape.of(None, 6))
    assert parameters(MaxoutDense(name="m", output_dim=3).apply(vector)) == 84
    assert parameters(Highway(name="h").apply(vector)) == 84


def test_a_window_with_weights_of_its_own_at_every_place() -> None:
    """18 places × (3 × 6) × 2 + 18 × 2 = 684."""
    layer = LocallyConnected1D(name="l", filters=2, kernel_size=3)
    assert parameters(layer.apply(Call.on(SEQUENCE))) == 684
