"""The formats of sources: how each is recognised, and which function reads it.

To add a format, write its reader and add one entry here.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

SUMMARY_SIGN = b"Layer (type"
"""The start of the first line of every printed ``model.summary()``."""


class SourceFormat(StrEnum):
    """What a source is, as reports name it."""

    KERAS = "keras"
    HDF5 = "hdf5"
    JSON = "json"
    PYTHON = "python"
    NOTEBOOK = "notebook"
    SAVED_MODEL = "savedmodel"
    TFJS = "tfjs"
    PRINTED_SUMMARY = "printed-summary"
    LIVE = "live"
    EXPRESSION = "expression"


class FileFormat(NamedTuple):
    """A file format; ``reader`` is ``module:function`` in rnninspect, imported on first use.

    The function gets the path and the name to show in messages, and returns Models. A file has the
    format if it begins with one of ``signatures``; without signatures, or if ``any_start``, if its
    name ends with one of ``endings``; at last, if it has the text ``contains`` anywhere.
    """

    title: str
    """A few words for messages, such as ``HDF5 file``."""
    reader: str
    endings: tuple[str, ...] = ()
    signatures: tuple[bytes, ...] = ()
    any_start: bool = False
    """Whether the ending alone is enough even if the format has signatures."""
    contains: bytes = b""
    is_linted: bool = False
    """Whether ``check-stack`` reads such files when it walks through a directory."""

    def has(self, start: bytes, ending: str) -> bool:
        """Whether a file with this first part and this ending has the format."""
        if self.any_start:
            start = start.lstrip(b"\xef\xbb\xbf \t\r\n")
        if start.startswith(self.signatures):
            return True
        return ending in self.endings and (self.any_start or not self.signatures)


class DirectoryFormat(NamedTuple):
    """A format that takes a directory: it has at least one of the files ``marks``."""

    title: str
    reader: str
    marks: tuple[str, ...]


HDF5 = FileFormat(
    title="HDF5 file",
    reader="sources.hdf5:read_hdf5",
    endings=(".h5", ".hdf5"),
    signatures=(b"\x89HDF\r\n\x1a\n",),
    is_linted=True,
)
ARCHIVE = FileFormat(
    title="zip archive",
    reader="sources.archive:read_archive",
    endings=(".keras",),
    signatures=(b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"),
    is_linted=True,
)
FILES = (
    HDF5,
    ARCHIVE,
    FileFormat("program", "reader.source:read_file", endings=(".py", ".ipynb")),
    FileFormat(
        title="JSON config",
        reader="sources.saved_json:read_json",
        endings=(".json",),
        signatures=(b"{", b"["),
        any_start=True,
        is_linted=True,
    ),
    FileFormat("YAML config", "sources.saved_yaml:read_yaml", endings=(".yaml", ".yml")),
    FileFormat(
        title="text with a printed summary",
        reader="sources.printed_summary:read_printed_file",
        contains=SUMMARY_SIGN,
    ),
)
"""File formats in the order in which they are tried."""
DIRECTORIES = (
    DirectoryFormat(
        title="SavedModel directory",
        reader="sources.saved_model:read_saved_model",
        marks=("saved_model.pb", "keras_metadata.pb"),
    ),
    DirectoryFormat(
        title="TensorFlow.js directory",
        reader="sources.saved_json:read_json_directory",
        marks=("model.json",),
    ),
)
"""Directory formats in the order in which they are tried."""


def known_formats() -> str:
    """Return a sentence that lists everything that can be read."""
    return f"Formats that rnninspect reads: {', '.join(_listed())}."


def _listed() -> Iterator[str]:
    for file_format in FILES:
        endings = "/".join(file_format.endings)
        yield f"{file_format.title} ({endings})" if endings else file_format.title
    for directory in DIRECTORIES:
        yield directory.title


def linted_endings() -> tuple[str, ...]:
    """Return the endings of saved models that ``check-stack`` reads in directories."""
    return tuple(
        ending for file_format in FILES if file_format.is_linted for ending in file_format.endings
    )
