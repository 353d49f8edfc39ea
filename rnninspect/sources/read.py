"""read: one way in for every file; recognises formats by their content before their name."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from rnninspect.errors import NotAModel, RnnInspectError, SourceNotFound, UnreadableSource
from rnninspect.sources.formats import (
    ARCHIVE,
    DIRECTORIES,
    FILES,
    HDF5,
    SUMMARY_SIGN,
    known_formats,
)
from rnninspect.sources.limits import MAX_CONFIG_BYTES
from rnninspect.sources.models import Models

START_BYTES = 512
"""The part of a file that signatures are looked for in."""


def read(source: str) -> Models:
    """Return the models of a path, or of ``-`` (standard input). Runs nothing.

    Raises an RnnInspectError with one line and a hint for whatever cannot be read.
    """
    if source == "-":
        return _read_standard_input()
    if not source:
        raise SourceNotFound("the path is empty", known_formats())
    path = Path(source)
    if not _exists(path, source):
        raise SourceNotFound(f"{source}: there is no such file", _similar(path))
    try:
        return _reader_of(path, source)(path, source)
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
        raise SourceNotFound(f"{source[:80]!r} is not a possible file name") from None


Reader = Callable[[Path, str], Models]


def _reader_of(path: Path, shown: str) -> Reader:
    """Return the function that reads a file or directory, by what it holds."""
    if path.is_dir():
        for directory in DIRECTORIES:
            if any((path / mark).is_file() for mark in directory.marks):
                return _function(directory.reader)
        raise NotAModel(f"{shown}: this is a directory without a Keras model", known_formats())
    if not path.is_file():
        raise UnreadableSource(f"{shown}: this is not a regular file", known_formats())
    with path.open("rb") as file:
        start = file.read(START_BYTES)
    if not start:
        raise UnreadableSource(f"{shown}: the file is empty", known_formats())
    for file_format in FILES:
        if file_format.has(start, path.suffix):
            return _function(file_format.reader)
    for file_format in FILES:
        if path.suffix in file_format.endings:
            raise UnreadableSource(
                f"{shown}: this is not a {file_format.title}, though its name says so",
                "It may have been cut off or replaced, for instance by a Git LFS pointer.",
            )
    if path.stat().st_size <= MAX_CONFIG_BYTES:
        data = path.read_bytes()
        for file_format in FILES:
            if file_format.contains and file_format.contains in data:
                return _function(file_format.reader)
    raise NotAModel(f"{shown}: this is not a format that holds a Keras model", known_formats())


def _function(place: str) -> Reader:
    """Import and return the reader that is named as ``module:function``."""
    module, _, name = place.partition(":")
    reader: Reader = getattr(import_module(f"rnninspect.{module}"), name)
    return reader


def _read_standard_input() -> Models:
    data = sys.stdin.buffer.read(MAX_CONFIG_BYTES + 1)
    if not data.strip():
        raise UnreadableSource("standard input is empty", "Pipe `model.to_json()` into it.")
    if data.startswith((*HDF5.signatures, *ARCHIVE.signatures)):
        raise UnreadableSource(
            "standard input holds a binary model file", "Give the file's path instead of `-`."
        )
    # Only texts pay for the imports.
    from rnninspect.sources.printed_summary import read_printed
    from rnninspect.sources.saved_json import read_json_bytes

    if SUMMARY_SIGN in data and not data.lstrip().startswith(b"{"):
        return read_printed(data, "<stdin>")
    return read_json_bytes(data, "<stdin>")


def _similar(path: Path) -> str:
    """Return a hint with the file name that was probably meant."""
    # Only a typing mistake pays for the import.
    from difflib import get_close_matches

    try:
        names = os.listdir(path.parent)
    except OSError:
        return "Check the path."
    matches = get_close_matches(path.name, names, n=1)
    return f"Did you mean {path.parent / matches[0]}?" if matches else "Check the path."
