"""Whatever is given: a model, or one line and a hint; nothing is written, nothing raises."""

from __future__ import annotations

import io
import json
import os
import random
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import pytest

import rnninspect.sources.archive as archive
import rnninspect.sources.saved_json as saved_json
from rnninspect.errors import (
    NotAModel,
    RnnInspectError,
    SourceNotFound,
    TooLarge,
    UnreadableSource,
)
from rnninspect.sources.read import read


def nested_config(levels: int) -> dict[str, Any]:
    config: dict[str, Any] = {"class_name": "Dense", "config": {"units": 1, "name": "d"}}
    for level in range(levels):
        config = {"class_name": "TimeDistributed", "config": {"layer": config, "name": f"t{level}"}}
    return {"class_name": "Sequential", "config": {"name": "s", "layers": [config]}}


def deep_arguments(levels: int) -> dict[str, Any]:
    argument: list[Any] = []
    for _ in range(levels):
        argument = [argument]
    node = {"args": argument, "kwargs": {}}
    layer = {"class_name": "ReLU", "name": "r", "config": {"name": "r"}, "inbound_nodes": [node]}
    config = {"layers": [layer], "input_layers": [], "output_layers": ["r", 0, 0]}
    return {"class_name": "Functional", "config": config}


def zip_of(path: Path, **members: str) -> None:
    with zipfile.ZipFile(path, "w") as made:
        for name, text in members.items():
            made.writestr(name.replace("__", "."), text)


def weights_only(path: Path) -> None:
    with h5py.File(path, "w") as file:
        file.create_dataset("layers/lstm/cell/vars/0", data=[[1.0]])


def empty_hdf5(path: Path) -> None:
    h5py.File(path, "w").close()


def broken_hdf5(path: Path) -> None:
    weights_only(path)
    path.write_bytes(path.read_bytes()[:300])


def huge_attribute(path: Path) -> None:
    with h5py.File(path, "w", track_order=True) as file:
        file.attrs["model_config"] = "[]"


def text(content: str | bytes) -> Callable[[Path], object]:
    data = content.encode() if isinstance(content, str) else content
    return lambda path: path.write_bytes(data)


def archive_with(content: str) -> Callable[[Path], object]:
    return lambda path: zip_of(path, config__json=content)


BAD: dict[str, tuple[str, Callable[[Path], Any], type[RnnInspectError], str]] = {
    "missing": ("m.keras", lambda path: None, SourceNotFound, "there is no such file"),
    "a directory": ("m.keras", Path.mkdir, NotAModel, "directory"),
    "empty": ("m.keras", text(""), UnreadableSource, "the file is empty"),
    "not a zip archive": ("m.keras", text("hello"), UnreadableSource, "not a zip archive"),
    "a git lfs pointer": (
        "m.h5",
        text("version https://git-lfs.github.com/spec/v1\n"),
        UnreadableSource,
        "not a HDF5 file",
    ),
    "start of a zip archive": ("m.keras", text(b"PK\x03\x04junk"), UnreadableSource, "zip archive"),
    "zip without config.json": (
        "m.keras",
        lambda path: zip_of(path, readme__txt="hi"),
        NotAModel,
        "no config.json",
    ),
    "config.json is not JSON": ("m.keras", archive_with("{"), UnreadableSource, "not valid JSON"),
    "config.json is no config": ("m.keras", archive_with("[1]"), NotAModel, "not a Keras model"),
    "config.json is a layer": (
        "m.keras",
        archive_with('{"class_name": "Dense", "config": {"units": 3}}'),
        NotAModel,
        "single Dense layer",
    ),
    "invalid JSON": ("m.json", text('{"class_name": '), UnreadableSource, "not valid JSON"),
    "JSON in another encoding": (
        "m.json",
        text('{"class_name": "ü"}'.encode("latin-1")),
        UnreadableSource,
        "not UTF-8",
    ),
    "JSON that is no config": ("m.json", text('{"a": 1}'), NotAModel, "not a Keras model config"),
    "a JSON list": ("m.json", text("[]"), NotAModel, "not a Keras model config"),
    "a JSON number": ("m.json", text("3"), NotAModel, "not a Keras model config"),
    "deeply nested JSON": (
        "m.json",
        text("[" * 200_000 + "]" * 200_000),
        UnreadableSource,
        "nested too deeply",
    ),
    "deeply nested layers": (
        "m.json",
        lambda path: path.write_text(json.dumps(nested_config(80))),
        UnreadableSource,
        "nested more than",
    ),
    "deeply nested arguments": (
        "m.json",
        lambda path: path.write_text(json.dumps(deep_arguments(300))),
        UnreadableSource,
        "the arguments of a call are nested",
    ),
    "layers that are numbers": (
        "m.json",
        text(json.dumps({"class_name": "Sequential", "config": {"layers": [1, 2]}})),
        UnreadableSource,
        "is not a layer",
    ),
    "two layers of one name": (
        "m.json",
        text(
            json.dumps(
                {
                    "class_name": "Sequential",
                    "config": {
                        "layers": [
                            {"class_name": "Dense", "config": {"units": 1, "name": "d"}},
                            {"class_name": "Dense", "config": {"units": 1, "name": "d"}},
                        ]
                    },
                }
            )
        ),
        UnreadableSource,
        "'d'",
    ),
    "a layer without class": (
        "m.json",
        text(json.dumps({"class_name": "Sequential", "config": {"layers": [{}]}})),
        UnreadableSource,
        "no `class_name`",
    ),
    "HDF5 with nothing": ("m.h5", empty_hdf5, NotAModel, "no model"),
    "HDF5 cut off": ("m.h5", broken_hdf5, UnreadableSource, "HDF5 file cannot be read"),
    "HDF5 with another config": ("m.h5", huge_attribute, NotAModel, "not a Keras model config"),
    "another kind of file": ("m.txt", text("hello"), NotAModel, "not a format that holds"),
    "an over-long name": ("x" * 5000, lambda path: None, SourceNotFound, "file name"),
    "a name with a NUL": ("a\0b", lambda path: None, SourceNotFound, "no such file"),
}


def tree(directory: Path) -> dict[str, bytes]:
    return {
        str(path): path.read_bytes() if path.is_file() else b"" for path in directory.rglob("*")
    }


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_line_and_a_hint(name: str, tmp_path: Path) -> None:
    file, make, kind, words = BAD[name]
    path = tmp_path / file
    make(path)
    before = tree(tmp_path)
    with pytest.raises(kind) as caught:
        read(str(path))
    assert words in caught.value.message
    assert "\n" not in caught.value.message
    assert caught.value.exit_code == 2
    assert tree(tmp_path) == before


@pytest.mark.parametrize("name", ["lstm_stack.keras", "lstm_stack.h5", "lstm_stack.json"])
def test_a_file_cut_off_anywhere_is_one_line(name: str, samples: Path, tmp_path: Path) -> None:
    data = (samples / name).read_bytes()
    path = tmp_path / name
    for length in [1, 7, 100, *range(1000, len(data) - 1, len(data) // 12), len(data) - 2]:
        path.write_bytes(data[:length])
        try:
            read(str(path))
        except RnnInspectError as error:
            assert "\n" not in error.message
        else:  # what is missing may lie behind all that is read
            assert name.endswith(".h5")


@pytest.mark.parametrize("name", ["lstm_stack.keras", "lstm_stack.h5", "lstm_stack.json"])
def test_damaged_bytes_never_raise_anything_else(
    as_users_run_it: None, name: str, samples: Path, tmp_path: Path
) -> None:
    data = (samples / name).read_bytes()
    path = tmp_path / name
    choose = random.Random(0)
    for _ in range(60):
        damaged = bytearray(data)
        for _ in range(choose.randint(1, 40)):
            damaged[choose.randrange(len(damaged))] = choose.randrange(256)
        path.write_bytes(bytes(damaged))
        try:
            models = read(str(path))
            if models.stored is not None:
                models.stored()
        except RnnInspectError as error:
            assert "\n" not in error.message


def test_a_config_over_the_limit_is_rejected(
    samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (archive, saved_json):
        monkeypatch.setattr(module, "MAX_CONFIG_BYTES", 1000)
    for name in ("lstm_stack.keras", "lstm_stack.json"):
        with pytest.raises(TooLarge) as caught:
            read(str(samples / name))
        assert "over 1,000 bytes" in caught.value.message


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_CONFIG_BYTES", 2**20)
    path = tmp_path / "bomb.keras"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("config.json", " " * 2**24)
    with pytest.raises(TooLarge):
        read(str(path))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_file_without_permission_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "m.keras"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(UnreadableSource, match="not permitted"):
        read(str(path))


def test_no_permission_reads_as_such(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def reject(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", reject)
    with pytest.raises(UnreadableSource, match="not permitted"):
        read(str(samples / "lstm_stack.keras"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "m.keras"
    os.mkfifo(path)
    with pytest.raises(UnreadableSource, match="not a regular file"):
        read(str(path))


def test_a_similar_name_is_suggested(samples: Path) -> None:
    with pytest.raises(SourceNotFound) as caught:
        read(str(samples / "lstm_stak.keras"))
    assert "lstm_stack.keras" in caught.value.hint


def test_the_content_tells_the_format_not_the_name(samples: Path, tmp_path: Path) -> None:
    for name, kind in (("lstm_stack.keras", "keras"), ("lstm_stack.h5", "hdf5")):
        path = tmp_path / f"{kind}.bin"
        path.write_bytes((samples / name).read_bytes())
        assert read(str(path)).format == kind


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "empty"), (b"\x89HDF\r\n\x1a\nxx", "binary"), (b"{", "not valid JSON")],
)
def test_standard_input_that_is_no_config(
    data: bytes, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    with pytest.raises(UnreadableSource, match=words):
        read("-")


def test_standard_input_holds_a_config(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = (samples / "lstm_stack.json").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert read("-").models[0].name == "lstm_stack"
