from __future__ import annotations

import inspect

import pytest

from rnninspect import errors
from rnninspect.errors import RnnInspectError, TooLarge, UnreadableSource

CLASSES = [
    error
    for _, error in inspect.getmembers(errors, inspect.isclass)
    if error.__module__ == errors.__name__
]


@pytest.mark.parametrize("error", CLASSES, ids=lambda error: error.__name__)
def test_every_error_has_one_root_and_its_line_in_the_tree(error: type[Exception]) -> None:
    assert issubclass(error, RnnInspectError)
    lines = [line for line in (errors.__doc__ or "").splitlines() if f" {error.__name__} " in line]
    lines += [
        line
        for line in (errors.__doc__ or "").splitlines()
        if line.startswith(f"{error.__name__} ")
    ]
    (line,) = lines
    assert f" {error.exit_code} " in f"{line} "


def test_message_and_hint_are_fields() -> None:
    error = TooLarge("m.h5: over 1 GB", "Use a smaller file.")
    assert isinstance(error, UnreadableSource)
    assert (error.message, error.hint, error.exit_code) == (
        "m.h5: over 1 GB",
        "Use a smaller file.",
        2,
    )
    assert str(error) == error.message
    assert RnnInspectError("short").hint == ""
