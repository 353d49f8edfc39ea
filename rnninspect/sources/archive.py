"""A ``.keras`` archive: its zip directory and ``config.json``, nothing else is unpacked."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rnninspect.errors import NotAModel, TooLarge, UnreadableSource
from rnninspect.json_values import Json
from rnninspect.sources.config import read_config
from rnninspect.sources.formats import SourceFormat
from rnninspect.sources.limits import MAX_CONFIG_BYTES
from rnninspect.sources.models import Models, StoredWeights
from rnninspect.sources.saved_json import parse

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_WEIGHTS_IN_MEMORY_BYTES = 2**31
"""A compressed weights file has to be unpacked in memory; Keras itself never compresses them."""
WEIGHTS = "model.weights.h5"


def read_archive(path: Path, shown: str) -> Models:
    """Return the model in a ``.keras`` file (Keras 3, and Keras 2.12 or later)."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = {info.filename: info for info in archive.infolist()}
            if "config.json" not in names:
                raise NotAModel(
                    f"{shown}: this zip archive has no config.json, so it is not a .keras file",
                    "A .keras file is written by `model.save('model.keras')`.",
                )
            config = parse(_member(archive, names["config.json"], shown), f"{shown}: config.json")
            metadata: Json = None
            if "metadata.json" in names:
                metadata = parse(
                    _member(archive, names["metadata.json"], shown), f"{shown}: metadata.json"
                )
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError) as error:
        raise UnreadableSource(
            f"{shown}: this is not a complete zip archive ({error})",
            "A .keras file is a zip archive; it may have been cut off while it was copied.",
        ) from None
    except RuntimeError:  # an encrypted member
        raise UnreadableSource(f"{shown}: the archive is encrypted", "Keras writes none.") from None
    version = metadata.get("keras_version") if isinstance(metadata, Mapping) else None
    return Models(
        path=shown,
        format=SourceFormat.KERAS,
        models=(read_config(config, shown, version),),
        keras_version=version if isinstance(version, str) else None,
        config=config if isinstance(config, Mapping) else None,
        stored=partial(_stored, path, shown) if WEIGHTS in names else None,
        for_keras=path,
    )


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, shown: str) -> bytes:
    with archive.open(info) as stream:
        data = stream.read(MAX_CONFIG_BYTES + 1)
    if len(data) > MAX_CONFIG_BYTES:
        raise TooLarge(
            f"{shown}: {info.filename} is over {MAX_CONFIG_BYTES:,} bytes",
            "No real model's config is; the file looks made to break readers.",
        )
    return data


def _stored(path: Path, shown: str) -> StoredWeights:
    """Return the shapes in ``model.weights.h5``, read in place: Keras stores it uncompressed."""
    # h5py brings NumPy: only who asks for stored weights pays for the import.
    from rnninspect.sources.hdf5 import read_weights

    try:
        with zipfile.ZipFile(path) as archive:
            info = archive.getinfo(WEIGHTS)
            if info.compress_type == zipfile.ZIP_STORED:
                with path.open("rb") as file:
                    return read_weights(_Window(file, *_extent(file, info)), shown)
            if info.file_size > MAX_WEIGHTS_IN_MEMORY_BYTES:
                raise TooLarge(
                    f"{shown}: {WEIGHTS} unpacks to {info.file_size:,} bytes",
                    "Save the model again: Keras stores weights uncompressed.",
                )
            return read_weights(io.BytesIO(archive.read(info)), shown)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise UnreadableSource(f"{shown}: {WEIGHTS} cannot be unpacked ({error})") from None


def _extent(file: io.BufferedReader, info: zipfile.ZipInfo) -> tuple[int, int]:
    """Return where an uncompressed member's bytes start, and how many they are."""
    file.seek(info.header_offset)
    header = file.read(30)
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile("Bad magic number for file header")
    name_bytes = int.from_bytes(header[26:28], "little")
    extra_bytes = int.from_bytes(header[28:30], "little")
    return info.header_offset + 30 + name_bytes + extra_bytes, info.file_size


class _Window(io.RawIOBase):
    """A stretch of a file as a file of its own, so that h5py reads only what it needs."""

    def __init__(self, file: io.BufferedReader, start: int, length: int) -> None:
        self._file, self._start, self._length = file, start, length
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._length}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        count = max(0, min(len(view), self._length - self._at))
        self._file.seek(self._start + self._at)
        data = self._file.read(count)
        view[: len(data)] = data
        self._at += len(data)
        return len(data)
