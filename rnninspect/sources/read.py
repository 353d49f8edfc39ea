"""read: one way in for every source; tells formats apart by their content, not by their name."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from rnninspect.errors import NotAModel, RnnInspectError, SourceNotFound, UnreadableSource
from rnninspect.sources.archive import read_archive
from rnninspect.sources.limits import DEFAULT_TIMEOUT_SECONDS
from rnninspect.sources.models import Models
from rnninspect.sources.saved_json import MAX_CONFIG_BYTES, read_json, read_json_bytes

HDF5_SIGNATURE = b"\x89HDF\r\n\x1a\n"
ZIP_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")

_ATTRIBUTE = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*:[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")

KNOWN_FORMATS = (
    "rnninspect reads .keras, .h5, .json and .yaml files, SavedModel and TensorFlow.js "
    "directories, programs (.py), notebooks (.ipynb) and texts with a printed summary."
)


def is_attribute(source: str) -> bool:
    """Whether a source has the form ``package.module:attribute``, and no file has that name."""
    return _ATTRIBUTE.fullmatch(source) is not None and not Path(source).exists()


def read(source: str, *, timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS) -> Models:
    """The models of a path, of ``-`` (standard input) or of ``package.module:attribute``.

    The last form runs the user's code, in a child process that has ``timeout_seconds``.

    Raises an RnnInspectError with one line and a hint for whatever cannot be read.
    """
    if source == "-":
        return _read_standard_input()
    if not source:
        raise SourceNotFound("the path is empty", KNOWN_FORMATS)
    path = Path(source)
    if not _exists(path, source):
        if is_attribute(source):
            # A live model needs a child process; the reader of files must not pay for that.
            from rnninspect.keras_runtime.live import read_attribute

            return read_attribute(source, timeout_seconds)
        raise SourceNotFound(f"{source}: there is no such file", _similar(path))
    try:
        return _read_file(path, source)
    except RnnInspectError:
        raise
    except PermissionError:
        raise UnreadableSource(
            f"{source}: reading it is not permitted", "Check the file's permissions."
        ) from None
    except RecursionError:
        raise UnreadableSource(
            f"{source}: it is nested too deeply",
            "No real model is; the file looks made to break readers.",
        ) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnreadableSource(f"{source}: it cannot be read ({reason})") from None


def _exists(path: Path, source: str) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # over-long or with a NUL
        raise SourceNotFound(f"{source[:80]!r} is no possible file name") from None


def _read_file(path: Path, shown: str) -> Models:
    if path.is_dir():
        return _read_directory(path, shown)
    if not path.is_file():
        raise UnreadableSource(f"{shown}: this is not a regular file", KNOWN_FORMATS)
    with path.open("rb") as file:
        start = file.read(512)
    if not start:
        raise UnreadableSource(f"{shown}: the file is empty", KNOWN_FORMATS)
    if start.startswith(HDF5_SIGNATURE):
        # h5py brings NumPy: only HDF5 files pay for the import.
        from rnninspect.sources.hdf5 import read_hdf5

        return read_hdf5(path, shown)
    if start.startswith(ZIP_SIGNATURES):
        return read_archive(path, shown)
    if path.suffix in (".py", ".ipynb"):
        # Saved models do not pay for the import.
        from rnninspect.reader.source import read_file

        return read_file(path, shown)
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text.startswith((b"{", b"[")) or path.suffix == ".json":
        return read_json(path, shown)
    if path.suffix in (".yaml", ".yml"):
        # PyYAML is needed for such files only.
        from rnninspect.sources.saved_yaml import read_yaml

        return read_yaml(path, shown)
    if path.suffix in (".keras", ".h5", ".hdf5"):
        kind = "zip archive" if path.suffix == ".keras" else "HDF5 file"
        raise UnreadableSource(
            f"{shown}: this is not a {kind}, though its name says so",
            "It may have been cut off or replaced, for instance by a Git LFS pointer.",
        )
    if path.stat().st_size <= MAX_CONFIG_BYTES:
        # Only texts pay for the import.
        from rnninspect.sources.printed_summary import SIGN, read_printed

        data = path.read_bytes()
        if SIGN.encode() in data:
            return read_printed(data, shown)
    raise NotAModel(f"{shown}: this is no format that holds a Keras model", KNOWN_FORMATS)


def _read_directory(path: Path, shown: str) -> Models:
    if (path / "saved_model.pb").is_file() or (path / "keras_metadata.pb").is_file():
        # protobuf is needed for directories only.
        from rnninspect.sources.saved_model import read_saved_model

        return read_saved_model(path, shown)
    if (path / "model.json").is_file():  # TensorFlow.js
        return read_json(path / "model.json", shown)
    raise NotAModel(f"{shown}: this is a directory without a Keras model", KNOWN_FORMATS)


def _read_standard_input() -> Models:
    data = sys.stdin.buffer.read(MAX_CONFIG_BYTES + 1)
    if not data.strip():
        raise UnreadableSource("standard input is empty", "Pipe `model.to_json()` into it.")
    if data.startswith((HDF5_SIGNATURE, *ZIP_SIGNATURES)):
        raise UnreadableSource(
            "standard input holds a binary model file", "Give the file's path instead of `-`."
        )
    # Only texts pay for the import.
    from rnninspect.sources.printed_summary import SIGN, read_printed

    if SIGN.encode() in data and not data.lstrip().startswith(b"{"):
        return read_printed(data, "<stdin>")
    return read_json_bytes(data, "<stdin>")


def _similar(path: Path) -> str:
    """A hint with the file name that was probably meant."""
    # Only a typing mistake pays for the import.
    from difflib import get_close_matches

    try:
        names = os.listdir(path.parent)
    except OSError:
        return "Check the path."
    matches = get_close_matches(path.name, names, n=1)
    return f"Did you mean {path.parent / matches[0]}?" if matches else "Check the path."
