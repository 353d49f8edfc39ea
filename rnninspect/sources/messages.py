"""Messages of TensorFlow's files, parsed by the protobuf library from the few fields that we need.

Sources: ``saved_metadata.proto`` of tf.keras; ``saved_model.proto``, ``saved_object_graph.proto``,
``tensor_bundle.proto`` and ``tensor_shape.proto`` of TensorFlow.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from google.protobuf import descriptor_pb2, descriptor_pool, message, message_factory

from rnninspect.errors import TooLarge, UnreadableSource

MAX_MESSAGE_BYTES = 256 * 2**20

_FIELDS: Mapping[str, tuple[tuple[str, int, str], ...]] = {
    "Metadata": (("nodes", 1, "Node"),),
    "Node": (("path", 3, "text"), ("identifier", 4, "text"), ("metadata", 5, "text")),
    "Saved": (("graphs", 2, "Graph"),),
    "Graph": (("objects", 7, "Objects"),),
    "Objects": (("nodes", 1, "Object"),),
    "Object": (("user", 4, "User"),),
    "User": (("identifier", 1, "text"), ("metadata", 3, "text")),
    "Entry": (("dtype", 1, "number"), ("shape", 2, "TensorShape")),
    "TensorShape": (("dims", 2, "Size"),),
    "Size": (("size", 1, "number"),),
}
"""Message → its fields: name, number, and what it holds: a text, a number, or messages."""

MessageName = Literal["Metadata", "Saved", "Entry"]


def read_message(name: MessageName, path: Path, shown: str) -> Any:
    """Return the message in a file."""
    if path.stat().st_size > MAX_MESSAGE_BYTES:
        raise TooLarge(f"{shown}: {path.name} is over {MAX_MESSAGE_BYTES:,} bytes")
    return parse_message(name, path.read_bytes(), f"{shown}: {path.name}")


def parse_message(name: MessageName, data: bytes, shown: str) -> Any:
    """Return the message in some bytes."""
    made = message_factory.GetMessageClass(_pool().FindMessageTypeByName(f"rnninspect.{name}"))()
    try:
        made.ParseFromString(data)
    except message.DecodeError:
        raise UnreadableSource(
            f"{shown} is not a message that can be read",
            "It may have been cut off while it was copied.",
        ) from None
    return made


@cache
def _pool() -> descriptor_pool.DescriptorPool:
    file = descriptor_pb2.FileDescriptorProto(name="rnninspect.proto", package="rnninspect")
    file.syntax = "proto3"
    for name, fields in _FIELDS.items():
        described = file.message_type.add(name=name)
        for field, number, holds in fields:
            added = described.field.add(name=field, number=number)
            if holds in ("text", "number"):
                added.label = added.LABEL_OPTIONAL
                added.type = added.TYPE_STRING if holds == "text" else added.TYPE_INT64
            else:
                added.label, added.type = added.LABEL_REPEATED, added.TYPE_MESSAGE
                added.type_name = f".rnninspect.{holds}"
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return pool
