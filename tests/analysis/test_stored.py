"""Which group of a file belongs to which layer."""

from __future__ import annotations

import pytest

from rnninspect.analysis.stored import Shelf, snake_case
from rnninspect.sources.models import StoredTensor, StoredWeights, WeightLayout


@pytest.mark.parametrize(
    "name", ["LSTM", "SimpleRNN", "ConvLSTM2D", "MultiHeadAttention", "Conv1D", "GRU", "My_Layer2"]
)
@pytest.mark.keras
def test_group_names_are_those_of_keras(name: str, keras: object) -> None:
    from keras.src.utils.naming import to_snake_case

    assert snake_case(name) == to_snake_case(name)


def test_tensors_are_found_under_every_group_above_them() -> None:
    tensors = (
        StoredTensor("layers/lstm/cell/vars/0", (2, 3), "float32"),
        StoredTensor("layers/dropout/seed_generator/vars/0", (2,), "uint32"),
    )
    shelf = Shelf.of(StoredWeights(WeightLayout.KERAS, tensors))
    assert shelf.in_group("layers/lstm") == [tensors[0]]
    assert shelf.in_group("layers/lstm/cell/vars") == [tensors[0]]
    assert shelf.in_group("layers/dropout") == ()
    assert shelf.in_group(None) == ()
