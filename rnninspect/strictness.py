"""Strictness: input that rnninspect does not foresee raises in our tests, never at the user's.

A syntax node or a config key that we do not know is a gap in rnninspect. Users get a note about it;
our tests, which set RNNINSPECT_STRICT (tests/conftest.py), fail.
"""

from __future__ import annotations

import os

VARIABLE = "RNNINSPECT_STRICT"
_OFF = ("", "0")


class Unforeseen(AssertionError):
    """Input that rnninspect should know; not an RnnInspectError, so that nothing catches it."""


def is_strict() -> bool:
    """Whether input that rnninspect does not foresee raises."""
    return os.environ.get(VARIABLE, "") not in _OFF


def reject_unforeseen(what: str) -> None:
    """Raise Unforeseen with a description of the input if checks are strict; else do nothing.

    The caller goes on with an unknown value or a note.
    """
    if is_strict():
        raise Unforeseen(what)
