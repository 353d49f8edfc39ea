"""Convolutions over a sequence, by hand and by Keras."""

from __future__ import annotations

from typing import Any

import pytest

from rnninspect.ir.operation import Call
from rnninspect.ir.shape import Shape
from rnninspect.layers.convolution import Conv1D
from tests.layers.case import Case, check_by_hand, check_with_keras

B = None

CASES = {
    # 3·2·4 weights, 4 biases; 9 − 3 + 1 = 7
    "Conv1D": Case(lambda L: L.Conv1D(filters=4, kernel_size=3), (9, 2), 24 + 4, (B, 7, 4)),
    "Conv1D, same, stride 2": Case(
        lambda L: L.Conv1D(filters=4, kernel_size=3, strides=2, padding="same", use_bias=False),
        (9, 2),
        24,
        (B, 5, 4),
    ),
    # a window of 3 with gaps of 2 spans 5: 9 − 5 + 1
    "Conv1D, dilated": Case(
        lambda L: L.Conv1D(filters=4, kernel_size=3, dilation_rate=2), (9, 2), 28, (B, 5, 4)
    ),
    "Conv1D, causal": Case(
        lambda L: L.Conv1D(filters=4, kernel_size=3, padding="causal"), (9, 2), 28, (B, 9, 4)
    ),
    # each filter sees one of two channels: 3·1·4 + 4
    "Conv1D, groups": Case(
        lambda L: L.Conv1D(filters=4, kernel_size=3, groups=2), (9, 2), 16, (B, 7, 4)
    ),
    "Conv1D, channels first": Case(
        lambda L: L.Conv1D(filters=4, kernel_size=3, data_format="channels_first"),
        (2, 9),
        28,
        (B, 4, 7),
    ),
    "Conv1D, open length": Case(
        lambda L: L.Conv1D(filters=4, kernel_size=3), (None, 2), 28, (B, None, 4)
    ),
    # a is 3·2·2, b is 2·4, and the bias 4; the kernel is frozen
    "Conv1D, LoRA": Case(
        lambda L: L.Conv1D(filters=4, kernel_size=3, lora_rank=2),
        (9, 2),
        28 + 12 + 8,
        (B, 7, 4),
        trainable=4 + 12 + 8,
    ),
    # depthwise 3·2·5, pointwise 10·4, bias 4
    "SeparableConv1D": Case(
        lambda L: L.SeparableConv1D(filters=4, kernel_size=3, depth_multiplier=5),
        (9, 2),
        30 + 40 + 4,
        (B, 7, 4),
    ),
    # 3·5·2·4 weights, 4 biases; 8 − 3 + 1 = 6 and 9 − 5 + 1 = 5
    "Conv2D": Case(
        lambda L: L.Conv2D(filters=4, kernel_size=(3, 5)), (8, 9, 2), 120 + 4, (B, 6, 5, 4)
    ),
    "Conv2D, channels first, groups": Case(
        lambda L: L.Conv2D(
            filters=4, kernel_size=1, strides=2, groups=2, data_format="channels_first"
        ),
        (2, 8, 9),
        4 + 4,
        (B, 4, 4, 5),
    ),
    "Conv2D, same, open height": Case(
        lambda L: L.Conv2D(filters=4, kernel_size=3, padding="same"),
        (None, 9, 2),
        76,
        (B, None, 9, 4),
    ),
    # 2·2·2·3·4 + 4
    "Conv3D": Case(
        lambda L: L.Conv3D(filters=4, kernel_size=2), (4, 5, 6, 3), 96 + 4, (B, 3, 4, 5, 4)
    ),
    # depthwise 3·3·2·2, pointwise 4·5, bias 5
    "SeparableConv2D": Case(
        lambda L: L.SeparableConv2D(filters=5, kernel_size=3, depth_multiplier=2),
        (8, 9, 2),
        36 + 20 + 5,
        (B, 6, 7, 5),
    ),
    # 3·2·4 weights and 2·4 biases, one for each channel that comes out
    "DepthwiseConv1D": Case(
        lambda L: L.DepthwiseConv1D(kernel_size=3, depth_multiplier=4), (9, 2), 24 + 8, (B, 7, 8)
    ),
    "DepthwiseConv2D": Case(
        lambda L: L.DepthwiseConv2D(kernel_size=3, strides=2, use_bias=False),
        (8, 9, 2),
        18,
        (B, 3, 4, 2),
    ),
    # (9 − 1)·2 + 3 = 19
    "Conv1DTranspose": Case(
        lambda L: L.Conv1DTranspose(filters=4, kernel_size=3, strides=2), (9, 2), 28, (B, 19, 4)
    ),
    "Conv1DTranspose, same": Case(
        lambda L: L.Conv1DTranspose(filters=4, kernel_size=3, strides=2, padding="same"),
        (9, 2),
        28,
        (B, 18, 4),
    ),
    # (8 − 1)·3 + 3 % 2 + 1 = 23 and (9 − 1)·3 + 1 + 1 = 26
    "Conv2DTranspose, output padding": Case(
        lambda L: L.Conv2DTranspose(
            filters=4, kernel_size=3, strides=3, padding="same", output_padding=1
        ),
        (8, 9, 2),
        76,
        (B, 23, 26, 4),
    ),
    # a window of 3 with gaps of 2 spans 5: (n − 1)·1 + 5
    "Conv2DTranspose, dilated, channels first": Case(
        lambda L: L.Conv2DTranspose(
            filters=4, kernel_size=3, dilation_rate=2, data_format="channels_first"
        ),
        (2, 8, 9),
        76,
        (B, 4, 12, 13),
    ),
    "Conv3DTranspose": Case(
        lambda L: L.Conv3DTranspose(filters=4, kernel_size=2, strides=2),
        (2, 3, 4, 3),
        100,
        (B, 4, 6, 8, 4),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_counts_and_shapes_are_those_worked_out_by_hand(name: str) -> None:
    check_by_hand(CASES[name])


@pytest.mark.keras
@pytest.mark.parametrize("name", CASES)
def test_keras_comes_to_the_same(name: str, keras: Any) -> None:
    check_with_keras(CASES[name], keras)


def test_a_window_longer_than_the_sequence_is_rejected() -> None:
    layer = Conv1D(filters=2, kernel_size=5)
    assert layer.apply(Call.on(Shape.of(None, 4, 3))).rejected is not None


@pytest.mark.keras
def test_keras_rejects_a_window_longer_than_the_sequence(keras: Any) -> None:
    with pytest.raises(ValueError):
        keras.layers.Conv1D(2, 5)(keras.Input((4, 3)))


def test_groups_must_divide_channels_and_filters() -> None:
    layer = Conv1D(filters=4, kernel_size=1, groups=3)
    assert layer.apply(Call.on(Shape.of(None, 4, 4))).rejected is not None
