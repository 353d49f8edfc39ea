"""An architecture as JSON: what ``model.to_json()`` writes."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rnninspect.errors import NotAModel, TooLarge, UnreadableSource
from rnninspect.sources.config import read_config
from rnninspect.sources.models import Models

MAX_CONFIG_BYTES = 256 * 2**20
"""A model of 10,000 layers has a config of about 20 MB."""


def parse(data: bytes, shown: str) -> Any:
    """JSON from bytes, or one line that says why not."""
    try:
        return json.loads(data)
    except RecursionError:
        raise UnreadableSource(
            f"{shown}: the JSON is nested too deeply",
            "No real model's config is; the file looks made to break readers.",
        ) from None
    except UnicodeDecodeError:
        raise UnreadableSource(f"{shown}: this is not UTF-8 text", "Save it as UTF-8.") from None
    except ValueError as error:
        raise UnreadableSource(
            f"{shown}: this is not valid JSON ({error})", "`model.to_json()` writes valid JSON."
        ) from None


def read_json(path: Path, shown: str) -> Models:
    """The model in a ``.json`` file."""
    with path.open("rb") as file:
        data = file.read(MAX_CONFIG_BYTES + 1)
    return read_json_bytes(data, shown, path)


def read_json_bytes(data: bytes, shown: str, path: Path | None = None) -> Models:
    """The model in the bytes of a JSON config; ``path`` where Keras can find the same bytes."""
    if len(data) > MAX_CONFIG_BYTES:
        raise TooLarge(
            f"{shown}: over {MAX_CONFIG_BYTES:,} bytes of JSON",
            "No real model's config is that large.",
        )
    config = parse(data, shown)
    if isinstance(config, str):  # json.dump(model.to_json(), file) wraps the JSON in a string
        config = parse(config.encode(), shown)
    if not isinstance(config, Mapping):
        raise NotAModel(
            f"{shown}: this is JSON, but not a Keras model config",
            "A model config has `class_name` and `config`; `model.to_json()` writes one.",
        )
    if "modelTopology" in config:
        # Other files do not pay for the import.
        from rnninspect.sources.tfjs import read_tfjs

        return read_tfjs(config, shown)
    return from_config(config, shown, path)


def from_config(config: Mapping[str, Any], shown: str, path: Path | None = None) -> Models:
    """The model of a config that is already in memory."""
    version = config.get("keras_version")
    return Models(
        path=shown,
        format="json",
        models=(read_config(config, shown),),
        keras_version=version if isinstance(version, str) else None,
        config=config,
        for_keras=(lambda: str(path)) if path is not None else (lambda: _written(config)),
    )


def _written(config: Mapping[str, Any]) -> str:
    """A temporary file with the config, for Keras to read; whoever starts Keras removes it."""
    import tempfile  # brings much, and is needed only to hand a dict to Keras

    handle, name = tempfile.mkstemp(suffix=".json", prefix="rnninspect-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(config, file)
    return name
