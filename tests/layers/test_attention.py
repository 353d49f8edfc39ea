"""Attention, by hand and by Keras."""

from __future__ import annotations

from typing import Any

import pytest

from rnninspect.ir.operation import Call
from rnninspect.ir.shape import Shape
from rnninspect.layers.attention import Attention, GroupQueryAttention
from tests.layers.case import Case, check_by_hand, check_with_keras

B = None

CASES = {
    "Attention": Case(lambda L: L.Attention(), [(7, 3), (5, 3)], 0, (B, 7, 3)),
    "Attention, scaled": Case(
        lambda L: L.Attention(use_scale=True), [(7, 3), (5, 3)], 1, (B, 7, 3)
    ),
    "Attention, concatenated scores": Case(
        lambda L: L.Attention(use_scale=True, score_mode="concat"),
        [(7, 3), (5, 3)],
        2,
        (B, 7, 3),
    ),
    "AdditiveAttention": Case(lambda L: L.AdditiveAttention(), [(7, 3), (5, 3)], 3, (B, 7, 3)),
    "AdditiveAttention, no scale, own keys": Case(
        lambda L: L.AdditiveAttention(use_scale=False),
        [(7, 3), (5, 4), (5, 3)],
        0,
        (B, 7, 4),
    ),
    # query, key, value: 6·(2·4) + 8 = 56 each; back: 8·6 + 6 = 54
    "MultiHeadAttention": Case(
        lambda L: L.MultiHeadAttention(num_heads=2, key_dim=4),
        [(7, 6), (7, 6)],
        3 * 56 + 54,
        (B, 7, 6),
        spread=True,
    ),
    # query 6·8, key 5·8, value 5·(2·3), back 6·9, without biases
    "MultiHeadAttention, all widths differ": Case(
        lambda L: L.MultiHeadAttention(
            num_heads=2, key_dim=4, value_dim=3, output_shape=9, use_bias=False
        ),
        [(7, 6), (4, 5)],
        48 + 40 + 30 + 54,
        (B, 7, 9),
        spread=True,
    ),
    # query 6·(4·3) + 12, key and value 6·(2·3) + 6 each, back 12·6 + 6
    "GroupQueryAttention": Case(
        lambda L: L.GroupQueryAttention(head_dim=3, num_query_heads=4, num_key_value_heads=2),
        [(7, 6), (7, 6)],
        84 + 42 + 42 + 78,
        (B, 7, 6),
        spread=True,
    ),
    "GroupQueryAttention, no bias": Case(
        lambda L: L.GroupQueryAttention(
            head_dim=3, num_query_heads=4, num_key_value_heads=1, use_bias=False
        ),
        [(7, 6), (5, 6)],
        72 + 18 + 18 + 72,
        (B, 7, 6),
        spread=True,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_counts_and_shapes_are_those_worked_out_by_hand(name: str) -> None:
    check_by_hand(CASES[name])


@pytest.mark.keras
@pytest.mark.parametrize("name", CASES)
def test_keras_comes_to_the_same(name: str, keras: Any) -> None:
    check_with_keras(CASES[name], keras)


def test_attention_on_one_tensor_is_rejected() -> None:
    assert Attention().apply(Call.on(Shape.of(None, 7, 3))).rejected is not None


def test_heads_must_share_evenly() -> None:
    layer = GroupQueryAttention(head_dim=3, num_query_heads=4, num_key_value_heads=3)
    shape = Shape.of(None, 7, 6)
    assert layer.apply(Call.on(shape, shape)).rejected is not None
