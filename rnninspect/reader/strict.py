"""What the reader does not expect raises in our tests and is unknown for users."""

from __future__ import annotations

import os


def raise_if_strict(problem: str) -> None:
    """Raise AssertionError where the tests run."""
    if os.environ.get("RNNINSPECT_STRICT"):
        raise AssertionError(problem)
