"""An architecture as YAML: what ``model.to_yaml()`` wrote until TensorFlow 2.5.

Read by PyYAML's safe loader: tags that name Python objects are rejected, save tuples.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from rnninspect.errors import NotAModel, TooLarge, UnreadableSource
from rnninspect.json_values import Json
from rnninspect.sources.models import Models
from rnninspect.sources.saved_json import from_config

MAX_YAML_BYTES = 16 * 2**20
MAX_YAML_NODES = 2_000_000
"""Aliases let a small file stand for a huge structure."""


class _Loader(yaml.SafeLoader):
    """The safe loader, with tuples as lists: Keras wrote shapes as Python tuples."""


def _sequence(loader: _Loader, node: yaml.Node) -> list[Json]:
    if not isinstance(node, yaml.SequenceNode):
        raise yaml.YAMLError("a tuple that is not a sequence")
    return loader.construct_sequence(node, deep=True)


_Loader.add_constructor("tag:yaml.org,2002:python/tuple", _sequence)


def read_yaml(path: Path, shown: str) -> Models:
    """Return the model in a ``.yaml`` file."""
    with path.open("rb") as file:
        data = file.read(MAX_YAML_BYTES + 1)
    if len(data) > MAX_YAML_BYTES:
        raise TooLarge(f"{shown}: over {MAX_YAML_BYTES:,} bytes of YAML")
    try:
        config = yaml.load(data, Loader=_Loader)
    except (yaml.YAMLError, ValueError) as error:
        reason = " ".join(str(error).split())[:200]
        raise UnreadableSource(f"{shown}: this is not YAML that can be read ({reason})") from None
    if not isinstance(config, Mapping):
        raise NotAModel(
            f"{shown}: this is YAML, but not a Keras model config",
            "A model config has `class_name` and `config`.",
        )
    _check_size(config, shown)
    models = from_config(config, shown)
    return models._replace(for_keras=None)


def _check_size(config: object, shown: str) -> None:
    stack, seen = [config], 0
    while stack:
        value = stack.pop()
        seen += 1
        if seen > MAX_YAML_NODES:
            raise TooLarge(
                f"{shown}: the YAML expands to over {MAX_YAML_NODES:,} values",
                "No real model's config does; the file looks made to break readers.",
            )
        if isinstance(value, Mapping):
            stack.extend(value.values())
        elif isinstance(value, list | tuple):
            stack.extend(value)
