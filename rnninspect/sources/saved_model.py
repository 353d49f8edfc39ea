"""A SavedModel directory: the config that Keras 2 wrote beside the graph. The graph is not read.

Messages are parsed by the protobuf library, from descriptions of the few fields that are needed:
``tensorflow/python/keras/protobuf/saved_metadata.proto`` and, before TensorFlow 2.5,
``tensorflow/core/protobuf/saved_object_graph.proto``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message, message_factory

from rnninspect.errors import NotAModel, TooLarge, UnreadableSource
from rnninspect.sources.config import read_config, read_layers
from rnninspect.sources.models import Models
from rnninspect.sources.saved_json import parse

MAX_METADATA_BYTES = 256 * 2**20
METADATA, GRAPH = "keras_metadata.pb", "saved_model.pb"

_FIELDS: Mapping[str, tuple[tuple[str, int, str | None], ...]] = {
    "Metadata": (("nodes", 1, "Node"),),
    "Node": (("path", 3, None), ("identifier", 4, None), ("metadata", 5, None)),
    "Saved": (("graphs", 2, "Graph"),),
    "Graph": (("objects", 7, "Objects"),),
    "Objects": (("nodes", 1, "Object"),),
    "Object": (("user", 4, "User"),),
    "User": (("identifier", 1, None), ("metadata", 3, None)),
}
"""Message → its fields: name, number, and the message it holds (None: a text)."""


def read_saved_model(path: Path, shown: str) -> Models:
    """The Keras model in a SavedModel directory."""
    entries = list(_entries(path, shown))
    if not entries:
        raise NotAModel(
            f"{shown}: this SavedModel holds no Keras metadata, only a graph",
            "Keras 2 writes the metadata with `model.save(directory)`.",
        )
    root = parse(entries[0][1].encode(), f"{shown}: metadata")
    if not isinstance(root, Mapping):
        raise UnreadableSource(f"{shown}: its Keras metadata is no object")
    described, version = root.get("model_config"), root.get("keras_version")
    if isinstance(described, Mapping):
        model = read_config(described, shown, version)
    else:
        model = read_layers(
            str(root.get("name", "model")),
            str(root.get("class_name", "Model")),
            list(_layers(entries[1:], shown)),
            shown,
            version,
        )
    return Models(
        path=shown,
        format="savedmodel",
        models=(model,),
        keras_version=version if isinstance(version, str) else None,
        config=described if isinstance(described, Mapping) else None,
    )


def _entries(path: Path, shown: str) -> Iterator[tuple[str, str]]:
    """Path and metadata of each Keras object, the model first."""
    if (path / METADATA).is_file():
        for node in _message("Metadata", path / METADATA, shown).nodes:
            if node.identifier.startswith("_tf_keras_"):
                yield node.path, node.metadata
    elif (path / GRAPH).is_file():
        for graph in _message("Saved", path / GRAPH, shown).graphs[:1]:
            for objects in graph.objects[:1]:
                for number, node in enumerate(objects.nodes):
                    for user in node.user:
                        if user.identifier.startswith("_tf_keras_"):
                            yield f"object {number}", user.metadata


def _layers(entries: list[tuple[str, str]], shown: str) -> Iterator[Mapping[str, Any]]:
    """The layers that a model of its own class holds directly."""
    for path, metadata in entries:
        if path.count(".") != 1:
            continue
        entry = parse(metadata.encode(), f"{shown}: metadata of {path}")
        if isinstance(entry, Mapping) and isinstance(entry.get("class_name"), str):
            config = {"name": entry.get("name"), **(entry.get("config") or {})}
            build = {"input_shape": entry.get("build_input_shape")}
            yield {"class_name": entry["class_name"], "config": config, "build_config": build}


def _message(name: str, path: Path, shown: str) -> Any:
    if path.stat().st_size > MAX_METADATA_BYTES:
        raise TooLarge(f"{shown}: {path.name} is over {MAX_METADATA_BYTES:,} bytes")
    made = message_factory.GetMessageClass(_pool().FindMessageTypeByName(f"rnninspect.{name}"))()
    try:
        made.ParseFromString(path.read_bytes())
    except message.DecodeError:
        raise UnreadableSource(
            f"{shown}: {path.name} is not a message that can be read",
            "It may have been cut off while it was copied.",
        ) from None
    return made


def _pool() -> descriptor_pool.DescriptorPool:
    file = descriptor_pb2.FileDescriptorProto(name="rnninspect.proto", package="rnninspect")
    file.syntax = "proto3"
    for name, fields in _FIELDS.items():
        described = file.message_type.add(name=name)
        for field, number, holds in fields:
            one = described.field.add(name=field, number=number)
            if holds is None:
                one.label, one.type = one.LABEL_OPTIONAL, one.TYPE_STRING
            else:
                one.label, one.type = one.LABEL_REPEATED, one.TYPE_MESSAGE
                one.type_name = f".rnninspect.{holds}"
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return pool
