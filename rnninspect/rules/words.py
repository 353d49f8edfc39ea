"""What Keras says, in the words of the major version that is installed."""

from __future__ import annotations

import re
from functools import cache

_KERAS_2 = re.compile(r"^Input (\d+) (?:with name '[^']*' )?of layer '([^']*)'")
"""The start of what ``input_spec.py`` says; Keras 2: ``keras/src/engine/input_spec.py``."""


def as_installed(message: str) -> str:
    """A message of Keras 3 as the installed Keras writes it; without one it stays."""
    if "of layer '" in message and (_stated or [installed_major()])[0] == 2:
        return _KERAS_2.sub(r'Input \1 of layer "\2"', message)
    return message


_stated: list[int | None] = []


def state(major: int | None) -> None:
    """From now on the words are those of this major version; None: of the installed one."""
    _stated[:] = [] if major is None else [major]


@cache
def installed_major() -> int | None:
    """The major version of the Keras that is installed, from its metadata; None without one."""
    # Only a finding pays for the import.
    from importlib.metadata import PackageNotFoundError, version

    for package in ("keras", "tf_keras"):
        try:
            return int(version(package).partition(".")[0])
        except (PackageNotFoundError, ValueError):
            continue
    return None
