"""What Keras says, in the words of the requested major version."""

from __future__ import annotations

import os
import re
import sys
from functools import cache

_KERAS_2 = re.compile(r"^Input (\d+) (?:with name '[^']*' )?of layer '([^']*)'")
"""The start of what ``input_spec.py`` says; Keras 2: ``keras/src/engine/input_spec.py``."""
_METADATA = re.compile(r"(?:tf_)?keras-(\d+)\.[^-]*(?:-py\d\.\d+)?\.(?:dist|egg)-info", re.I)


def in_words_of(major: int | None, message: str) -> str:
    """Return a message of Keras 3 as a major version of Keras writes it; None: as Keras 3."""
    if major == 2 and "of layer '" in message:
        return _KERAS_2.sub(r'Input \1 of layer "\2"', message)
    return message


@cache
def installed_major() -> int | None:
    """Return the major version of the installed Keras; None without one.

    Reads the names of the metadata folders on ``sys.path``, which takes a tenth of the time that
    the import of ``importlib.metadata`` takes. ``keras`` comes before ``tf_keras``.
    """
    versions: dict[bool, int] = {}
    for folder in sys.path:
        try:
            names = os.listdir(folder or os.curdir)
        except OSError:
            continue
        for name in names:
            if "eras-" in name and (version := _METADATA.fullmatch(name)):
                versions.setdefault(name.startswith("tf_"), int(version[1]))
    return versions.get(False, versions.get(True))
