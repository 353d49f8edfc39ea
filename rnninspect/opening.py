"""open_source: whatever a user can name as a model becomes Models.

Files are read here without running anything; only ``package.module:attribute`` goes to
``keras_runtime``, which runs the user's code in a child process.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeGuard

from rnninspect.errors import BadRequest
from rnninspect.json_values import JsonObject
from rnninspect.sources.limits import DEFAULT_TIMEOUT_SECONDS
from rnninspect.sources.models import Models
from rnninspect.sources.read import read

if TYPE_CHECKING:
    from rnninspect.keras_runtime.keras_types import KerasModel

Source: TypeAlias = "str | os.PathLike[str] | JsonObject | Models | KerasModel"
"""A path, ``-``, ``package.module:attribute``, a config, what was read before, or a live model."""

_ATTRIBUTE = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*:[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")


def is_attribute(source: str) -> bool:
    """Whether a source has the form ``package.module:attribute``, and no file has that name."""
    if _ATTRIBUTE.fullmatch(source) is None:
        return False
    try:
        return not Path(source).exists()
    except OSError:  # too long for a file name
        return False


def open_source(source: Source, *, timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS) -> Models:
    """Return the models of a source.

    ``timeout_seconds`` is how long the user's code may take, which runs only for an attribute.

    Raises an RnnInspectError with one line and a hint for whatever cannot be read.
    """
    if isinstance(source, Models):
        return source
    if isinstance(source, str | os.PathLike):
        path = os.fspath(source)
        if not is_attribute(path):
            return read(path)
        # Only what runs code pays for the import.
        from rnninspect.keras_runtime.attribute import read_attribute

        return read_attribute(path, timeout_seconds)
    if isinstance(source, Mapping):
        # Files do not pay for the import.
        from rnninspect.sources.saved_json import from_config

        return from_config(source, "<config>")
    if _is_live(source):
        from rnninspect.keras_runtime.live import read_live

        return read_live(source)
    raise BadRequest(
        f"a {type(source).__name__} is not a source of a model",
        "Give a path, a config dict or a Keras model.",
    )


def _is_live(source: object) -> TypeGuard[KerasModel]:
    return hasattr(source, "get_config") and hasattr(source, "layers")
