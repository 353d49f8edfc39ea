"""Preprocessing layers, by hand and by Keras."""

from __future__ import annotations

from typing import Any

import pytest

from rnninspect.ir.operation import Call
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import sizes_of
from rnninspect.layers.preprocessing import StringLookup, TextVectorization
from tests.layers.case import Case, check_by_hand, check_with_keras

B = None

CASES = {
    # mean and variance of 3 features, and how many samples were seen; none of it trains
    "Normalization": Case(lambda L: L.Normalization(), (7, 3), 3 + 3 + 1, (B, 7, 3), trainable=0),
    "Normalization over two axes": Case(
        lambda L: L.Normalization(axis=(1, 2)), (7, 3), 21 + 21 + 1, (B, 7, 3), trainable=0
    ),
    "Normalization of all alike": Case(
        lambda L: L.Normalization(axis=None), (7, 3), 3, (B, 7, 3), trainable=0
    ),
    "Normalization with given numbers": Case(
        lambda L: L.Normalization(mean=1.0, variance=2.0), (7, 3), 0, (B, 7, 3)
    ),
    "Rescaling": Case(lambda L: L.Rescaling(scale=2.0), (7, 3), 0, (B, 7, 3)),
    "CategoryEncoding": Case(lambda L: L.CategoryEncoding(num_tokens=5), (7,), 0, (B, 5)),
    "CategoryEncoding, one_hot": Case(
        lambda L: L.CategoryEncoding(num_tokens=5, output_mode="one_hot"), (7,), 0, (B, 7, 5)
    ),
    "CategoryEncoding, one_hot of one": Case(
        lambda L: L.CategoryEncoding(num_tokens=5, output_mode="one_hot"), (1,), 0, (B, 5)
    ),
    "Discretization": Case(lambda L: L.Discretization(bin_boundaries=[1.0, 2.0]), (7,), 0, (B, 7)),
    "Discretization, one_hot": Case(
        lambda L: L.Discretization(bin_boundaries=[1.0, 2.0], output_mode="one_hot"),
        (7,),
        0,
        (B, 7, 3),
    ),
    "Discretization, multi_hot": Case(
        lambda L: L.Discretization(bin_boundaries=[1.0, 2.0], output_mode="multi_hot"),
        (7,),
        0,
        (B, 3),
    ),
    "Hashing": Case(lambda L: L.Hashing(num_bins=3), (7,), 0, (B, 7)),
    "Hashing, multi_hot": Case(
        lambda L: L.Hashing(num_bins=3, output_mode="multi_hot"), (7,), 0, (B, 3)
    ),
    "HashedCrossing": Case(lambda L: L.HashedCrossing(num_bins=3), [(1,), (1,)], 0, (B, 1)),
    "HashedCrossing, one_hot": Case(
        lambda L: L.HashedCrossing(num_bins=3, output_mode="one_hot"), [(1,), (1,)], 0, (B, 3)
    ),
    "IntegerLookup": Case(lambda L: L.IntegerLookup(vocabulary=[4, 5]), (7,), 0, (B, 7)),
    # two words and one number for all that is not known
    "IntegerLookup, one_hot": Case(
        lambda L: L.IntegerLookup(vocabulary=[4, 5], output_mode="one_hot"), (7,), 0, (B, 7, 3)
    ),
    "IntegerLookup, padded": Case(
        lambda L: L.IntegerLookup(
            vocabulary=[4, 5], max_tokens=9, output_mode="multi_hot", pad_to_max_tokens=True
        ),
        (7,),
        0,
        (B, 9),
    ),
    "MelSpectrogram": Case(
        lambda L: L.MelSpectrogram(num_mel_bins=8, sequence_stride=10), (100,), 0, (B, 8, 11)
    ),
    # frames of 16 every 8: (100 − 16) // 8 + 1 = 11; 16 // 2 + 1 = 9 frequencies of two channels
    "STFTSpectrogram": Case(
        lambda L: L.STFTSpectrogram(frame_length=16, window=None),
        (100, 2),
        2 * 16 * 9,
        (B, 11, 18),
        trainable=None,
    ),
    "STFTSpectrogram, imaginary part, apart": Case(
        lambda L: L.STFTSpectrogram(
            mode="imag", frame_length=16, frame_step=4, fft_length=32, window=None, expand_dims=True
        ),
        (100, 2),
        16 * 17,
        (B, 22, 17, 2),
    ),
    "Pipeline": Case(
        lambda L: L.Pipeline(layers=(L.Rescaling(scale=2.0), L.Dense(units=4))),
        (7, 3),
        16,
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


@pytest.mark.keras
@pytest.mark.parametrize("mode", ["int", "multi_hot", "one_hot", "count"])
@pytest.mark.parametrize("words", [None, ["a", "b"], ["[UNK]", "a"]])
def test_text_becomes_numbers_as_in_keras(mode: str, words: list[str] | None, keras: Any) -> None:
    lookup = keras.layers.StringLookup(vocabulary=words, output_mode=mode)
    x = keras.Input((7,), dtype="string")
    ours = StringLookup(vocabulary=words, output_mode=mode).apply(Call.on(Shape.of(None, 7)))
    assert sizes_of(ours.output) == list(lookup.compute_output_shape(x.shape))


@pytest.mark.keras
@pytest.mark.parametrize("length", [None, 5])
def test_texts_become_sequences(length: int | None, keras: Any) -> None:
    layer = keras.layers.TextVectorization(output_sequence_length=length)
    ours = TextVectorization(output_sequence_length=length).apply(Call.on(Shape.of(None, 1)))
    assert sizes_of(ours.output) == list(layer.compute_output_shape((None, 1)))


@pytest.mark.keras
@pytest.mark.parametrize("split", [None, "whitespace"])
def test_texts_become_counts(split: str | None, keras: Any) -> None:
    arguments: dict[str, Any] = {
        "output_mode": "count", "vocabulary": ["a", "b"], "split": split
    }  # fmt: skip
    layer = keras.layers.TextVectorization(**arguments)
    ours = TextVectorization(**arguments).apply(Call.on(Shape.of(None, 1)))
    assert sizes_of(ours.output) == list(layer.compute_output_shape((None, 1)))
