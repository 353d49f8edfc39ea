"""HDF5 files: shapes without numbers, and nothing outside the file."""

from __future__ import annotations

from pathlib import Path

import h5py
import numpy as np

from rnninspect.sources.hdf5 import read_hdf5, read_weights


def test_a_legacy_file_holds_config_and_weights(samples: Path) -> None:
    models = read_hdf5(samples / "lstm_stack.h5", "m.h5")
    assert models.models[0].name == "lstm_stack"
    assert models.keras_version is not None and models.keras_version.startswith("3.")
    assert models.stored is not None
    stored = models.stored()
    assert stored.layout == "legacy"
    assert (6, 64) in {tensor.shape for tensor in stored.tensors}


def test_the_optimizers_tensors_are_not_the_models(tmp_path: Path) -> None:
    path = tmp_path / "w.h5"
    with h5py.File(path, "w") as file:
        file.create_dataset("layers/dense/vars/0", data=np.zeros((2, 3), "float16"))
        file.create_dataset("optimizer/vars/0", data=np.zeros(7))
    (tensor,) = read_weights(path, "w").tensors
    assert (tensor.path, tensor.shape) == ("layers/dense/vars/0", (2, 3))
    assert (tensor.dtype, tensor.numbers) == ("float16", 6)


def test_links_out_of_the_file_are_not_followed(tmp_path: Path) -> None:
    other, path = tmp_path / "other.h5", tmp_path / "w.h5"
    with h5py.File(other, "w") as file:
        file["secret"] = np.zeros(5)
    with h5py.File(path, "w") as file:
        file["a"] = np.zeros(2)
        file["out"] = h5py.ExternalLink(str(other), "/secret")
        file["soft"] = h5py.SoftLink("/a")
        file["nowhere"] = h5py.SoftLink("/b")
        file.create_dataset("stored_outside", (5,), "f4", external=str(tmp_path / "raw.bin"))
    stored = read_weights(path, "w")
    assert [tensor.path for tensor in stored.tensors] == ["a", "stored_outside"]
    assert len(stored.notes) == 4
    assert not (tmp_path / "raw.bin").exists()


def test_a_group_inside_itself_ends(tmp_path: Path) -> None:
    path = tmp_path / "w.h5"
    with h5py.File(path, "w") as file:
        group = file.create_group("a")
        group["again"] = group
        group["x"] = np.zeros(3)
    assert [tensor.path for tensor in read_weights(path, "w").tensors] == ["a/x"]
