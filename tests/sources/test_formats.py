"""The table of formats: each is recognised by its content before its name."""

from __future__ import annotations

from importlib import import_module

import pytest

from rnninspect.sources.formats import DIRECTORIES, FILES, known_formats, linted_endings

READERS = {form.reader for form in (*FILES, *DIRECTORIES)}


@pytest.mark.parametrize("reader", sorted(READERS))
def test_every_reader_exists(reader: str) -> None:
    module, _, name = reader.partition(":")
    assert callable(getattr(import_module(f"rnninspect.{module}"), name))


@pytest.mark.parametrize(
    ("start", "ending", "title"),
    [
        (b"\x89HDF\r\n\x1a\n....", ".keras", "HDF5 file"),
        (b"PK\x03\x04....", ".h5", "zip archive"),
        (b'{"a": 1}', ".txt", "JSON config"),
        (b"\xef\xbb\xbf  [1]", "", "JSON config"),
        (b"3", ".json", "JSON config"),
        (b"[1, 2]", ".py", "program"),
        (b"class_name: Sequential", ".yml", "YAML config"),
        (b"hello", ".keras", None),
        (b"hello", ".txt", None),
    ],
)
def test_the_first_format_that_fits_is_taken(start: bytes, ending: str, title: str | None) -> None:
    fitting = [form.title for form in FILES if form.has(start, ending)]
    assert (fitting[0] if fitting else None) == title


def test_no_ending_belongs_to_two_formats() -> None:
    endings = [ending for form in FILES for ending in form.endings]
    assert len(endings) == len(set(endings))


def test_the_sentence_about_formats_names_all_of_them() -> None:
    sentence = known_formats()
    for form in (*FILES, *DIRECTORIES):
        assert form.title in sentence
    assert "program (.py/.ipynb)" in sentence


def test_saved_models_are_linted_and_texts_are_not() -> None:
    assert linted_endings() == (".h5", ".hdf5", ".keras", ".json")
