"""Core layers, by hand and by Keras."""

from __future__ import annotations

from typing import Any

import pytest

from rnninspect.ir.operation import Call
from rnninspect.ir.shape import Shape
from rnninspect.layers.core import Dense, Embedding
from tests.layers.case import Case, check_by_hand, check_with_keras

B = None

CASES = {
    # 5·3 weights and 3 biases
    "Dense": Case(lambda L: L.Dense(units=3), (5,), 15 + 3, (B, 3)),
    "Dense, no bias": Case(lambda L: L.Dense(units=3, use_bias=False), (7, 5), 15, (B, 7, 3)),
    # the kernel is frozen: a is 5·2, b is 2·3, and the bias trains
    "Dense, LoRA": Case(
        lambda L: L.Dense(units=3, lora_rank=2), (5,), 15 + 3 + 10 + 6, (B, 3), trainable=3 + 10 + 6
    ),
    "Embedding": Case(lambda L: L.Embedding(input_dim=100, output_dim=8), (7,), 800, (B, 7, 8)),
    # 100·2 + 2·8 train, the table does not
    "Embedding, LoRA": Case(
        lambda L: L.Embedding(input_dim=100, output_dim=8, lora_rank=2),
        (7,),
        800 + 200 + 16,
        (B, 7, 8),
        trainable=216,
    ),
    "Masking": Case(lambda L: L.Masking(mask_value=-1.0), (7, 3), 0, (B, 7, 3)),
    "Identity": Case(lambda L: L.Identity(), (7, 3), 0, (B, 7, 3)),
    "ReversibleEmbedding": Case(
        lambda L: L.ReversibleEmbedding(input_dim=10, output_dim=4), (7,), 40, (B, 7, 4)
    ),
    # the way back has a table of its own
    "ReversibleEmbedding, not tied": Case(
        lambda L: L.ReversibleEmbedding(input_dim=10, output_dim=4, tie_weights=False),
        (7,),
        40 + 40,
        (B, 7, 4),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_counts_and_shapes_are_those_worked_out_by_hand(name: str) -> None:
    check_by_hand(CASES[name])


@pytest.mark.keras
@pytest.mark.parametrize("name", CASES)
def test_keras_comes_to_the_same(name: str, keras: Any) -> None:
    check_with_keras(CASES[name], keras)


def test_an_embedding_makes_a_mask_only_when_told() -> None:
    assert Embedding(input_dim=3, output_dim=2, mask_zero=True).carries_mask(False)
    assert not Embedding(input_dim=3, output_dim=2).carries_mask(True)


def test_a_dense_layer_rejects_a_vector_without_batch() -> None:
    assert Dense(units=2).apply(Call.on(Shape.of(None))).rejected is not None


def test_a_negative_number_of_units_is_rejected() -> None:
    """Keras: "Received an invalid value for `units`, expected a positive integer"."""
    assert Dense(units=-2).apply(Call.on(Shape.of(None, 5))).rejected is not None


def test_bytes_follow_the_dtype_policy() -> None:
    """Mixed precision computes in float16 and keeps its variables in float32."""
    call = Call.on(Shape.of(1, 5))
    sizes = {
        policy: [w.bytes for w in Dense(units=3, dtype=policy).apply(call).weights]
        for policy in (None, "float64", "float16", "mixed_float16", "int4")
    }
    assert sizes == {
        None: [60, 12],
        "float64": [120, 24],
        "float16": [30, 6],
        "mixed_float16": [60, 12],
        "int4": [None, None],
    }
