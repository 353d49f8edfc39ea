"""An architecture as JSON: what ``model.to_json()`` writes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from rnninspect.errors import NotAModel, TooLarge, UnreadableSource
from rnninspect.json_values import Json, JsonObject
from rnninspect.sources.config import read_config
from rnninspect.sources.formats import SourceFormat
from rnninspect.sources.limits import MAX_CONFIG_BYTES
from rnninspect.sources.models import Models


def parse(data: bytes, shown: str) -> Json:
    """Return the JSON in bytes; raise UnreadableSource with one line that says why not."""
    try:
        value: Json = json.loads(data)
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
    return value


def read_json(path: Path, shown: str) -> Models:
    """Return the model in a ``.json`` file."""
    with path.open("rb") as file:
        data = file.read(MAX_CONFIG_BYTES + 1)
    return read_json_bytes(data, shown)


def read_json_directory(path: Path, shown: str) -> Models:
    """Return the model in a directory that TensorFlow.js wrote."""
    return read_json(path / "model.json", shown)


def read_json_bytes(data: bytes, shown: str) -> Models:
    """Return the model in the bytes of a JSON config."""
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
    return from_config(config, shown)


def from_config(config: JsonObject, shown: str) -> Models:
    """Return the model of a config that is already in memory."""
    version = config.get("keras_version")
    return Models(
        path=shown,
        format=SourceFormat.JSON,
        models=(read_config(config, shown),),
        keras_version=version if isinstance(version, str) else None,
        config=config,
        for_keras=config,
    )
