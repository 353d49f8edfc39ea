"""``.keras`` archives: only what is asked for is read."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

import rnninspect.sources.archive as archive
from rnninspect.errors import TooLarge, UnreadableSource
from rnninspect.sources.archive import read_archive


def repacked(source: Path, target: Path, compression: int, skip: str = "") -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", compression) as new:
        for name in old.namelist():
            if name != skip:
                new.writestr(name, old.read(name))
    return target


def test_the_version_that_saved_it_is_known(samples: Path) -> None:
    models = read_archive(samples / "gru_stack.keras", "m.keras")
    assert models.keras_version is not None and models.keras_version.startswith("3.")
    assert models.path == "m.keras"


def test_stored_weights_have_paths_and_shapes(samples: Path) -> None:
    stored = read_archive(samples / "gru_stack.keras", "m").stored
    assert stored is not None
    tensors = {tensor.path: tensor.shape for tensor in stored().tensors}
    assert tensors["layers/gru/cell/vars/0"] == (6, 48)
    assert tensors["layers/gru/cell/vars/2"] == (2, 48)
    assert tensors["layers/dense/vars/0"] == (32, 1)


def test_weights_that_someone_compressed_are_read_as_well(samples: Path, tmp_path: Path) -> None:
    path = repacked(samples / "gru_stack.keras", tmp_path / "m", zipfile.ZIP_DEFLATED)
    assert _tensors(path) == _tensors(samples / "gru_stack.keras")


def test_compressed_weights_that_do_not_fit_in_memory_are_rejected(
    samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_WEIGHTS_IN_MEMORY_BYTES", 100)
    path = repacked(samples / "gru_stack.keras", tmp_path / "m", zipfile.ZIP_DEFLATED)
    with pytest.raises(TooLarge):
        _tensors(path)


def test_an_archive_without_weights_is_a_model(samples: Path, tmp_path: Path) -> None:
    target = tmp_path / "m"
    path = repacked(samples / "gru_stack.keras", target, zipfile.ZIP_STORED, "model.weights.h5")
    models = read_archive(path, "m")
    assert models.stored is None
    assert len(models.models[0].nodes) == 3


def test_damaged_weights_do_not_hinder_the_architecture(samples: Path, tmp_path: Path) -> None:
    path = tmp_path / "m.keras"
    with zipfile.ZipFile(samples / "gru_stack.keras") as old, zipfile.ZipFile(path, "w") as new:
        new.writestr("config.json", old.read("config.json"))
        new.writestr("model.weights.h5", b"\x89HDF\r\n\x1a\n" + b"x" * 500)
    models = read_archive(path, "m")
    assert models.stored is not None
    with pytest.raises(UnreadableSource):
        models.stored()


def _tensors(path: Path) -> object:
    stored = read_archive(path, "m").stored
    assert stored is not None
    return stored().tensors
