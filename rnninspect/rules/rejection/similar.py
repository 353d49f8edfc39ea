"""most_similar: the name that was probably meant."""

from __future__ import annotations

from collections.abc import Sequence

LEAST_RATIO = 0.72
"""How alike two names have to be (``difflib``: 1 is equal) for one to be a guess at the other."""


def most_similar(name: object, names: Sequence[str]) -> str | None:
    """Return the name that is most like another one; None if none is like it."""
    # Only a mistake pays for the import.
    from difflib import get_close_matches

    if not isinstance(name, str):
        return None
    exact = next((accepted for accepted in names if accepted.lower() == name.lower()), None)
    return exact or next(iter(get_close_matches(name, names, 1, LEAST_RATIO)), None)
