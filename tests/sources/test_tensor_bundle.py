"""The index of a checkpoint, as TensorFlow wrote it and damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from rnninspect.errors import UnreadableSource
from rnninspect.sources.tensor_bundle import read_index

INDEX = Path(__file__).parent.parent / "fixtures/keras2/saved_model/variables/variables.index"


def test_names_shapes_and_dtypes() -> None:
    """SimpleRNN, GRU, LSTM of 3 tensors each, a GRU without bias of 2, a Dense of 2: 13."""
    tensors = list(read_index(INDEX, "m"))
    shapes = [tensor.shape for tensor in tensors]
    assert len(tensors) == 13
    assert (6, 4) in shapes and (5, 15) in shapes and (15,) in shapes
    assert {tensor.dtype for tensor in tensors} == {"float32"}


@pytest.mark.parametrize("length", [0, 10, 60, 200])
def test_an_index_that_is_cut_off_is_one_line(length: int, tmp_path: Path) -> None:
    path = tmp_path / "variables.index"
    path.write_bytes(INDEX.read_bytes()[:length])
    with pytest.raises(UnreadableSource, match="cannot be read"):
        list(read_index(path, "m"))


def test_damaged_bytes_never_raise_anything_else(as_users_run_it: None, tmp_path: Path) -> None:
    data = INDEX.read_bytes()
    path = tmp_path / "variables.index"
    for place in range(0, len(data) - 8, 3):
        path.write_bytes(data[:place] + bytes([data[place] ^ 255]) + data[place + 1 :])
        try:
            list(read_index(path, "m"))
        except UnreadableSource as error:
            assert "\n" not in error.message
