"""Keys of saved configs that are passed over, and those that nobody knows."""

from __future__ import annotations

import pytest

from rnninspect.sources.config_keys import unforeseen_of_layer


@pytest.mark.parametrize(
    ("class_name", "key", "major", "is_known"),
    [
        ("LSTM", "units", 3, True),
        ("LSTM", "zero_output_for_mask", 3, True),
        ("LSTM", "consume_less", 1, True),
        ("LSTM", "consume_less", None, True),
        ("LSTM", "consume_less", 3, False),
        ("SeparableConv2D", "kernel_initializer", 2, True),
        ("LSTM", "kernel_initializer", 2, False),
        ("MultiHeadAttention", "query_shape", 2, True),
        ("LSTM", "from_the_future", 3, False),
    ],
)
def test_a_key_is_known_by_class_and_version(
    class_name: str, key: str, major: int | None, is_known: bool
) -> None:
    keys = list(unforeseen_of_layer(class_name, [key], ["units", "name"], major))
    assert keys == ([] if is_known else [key])
