"""The index of a TensorFlow checkpoint: names, shapes and dtypes of its tensors, not their numbers.

The index is a table as LevelDB writes them (``tensorflow/core/lib/io/table_format.txt``), whose
values are messages (``tensorflow/core/protobuf/tensor_bundle.proto``).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rnninspect.errors import TooLarge, UnreadableSource
from rnninspect.sources.messages import parse_message
from rnninspect.sources.models import StoredTensor
from rnninspect.strictness import reject_unforeseen

MAX_INDEX_BYTES = 256 * 2**20
FOOTER_BYTES = 48
MAGIC = b"\x57\xfb\x80\x8b\x24\x75\x47\xdb"

_DTYPES = {
    1: "float32",
    2: "float64",
    3: "int32",
    4: "uint8",
    6: "int8",
    9: "int64",
    10: "bool",
    14: "bfloat16",
    19: "float16",
}


def read_index(path: Path, shown: str) -> Iterator[StoredTensor]:
    """Yield the tensors that ``variables.index`` lists, without TensorFlow's own."""
    if path.stat().st_size > MAX_INDEX_BYTES:
        raise TooLarge(f"{shown}: {path.name} is over {MAX_INDEX_BYTES:,} bytes")
    data = path.read_bytes()
    try:
        for key, value in _table(data):
            if not key or key == b"_CHECKPOINTABLE_OBJECT_GRAPH":
                continue
            entry = parse_message("Entry", value, f"{shown}: {path.name}")
            shape = tuple(size.size for part in entry.shape for size in part.dims)
            name = key.decode("utf-8", "replace")
            if entry.dtype not in _DTYPES:
                reject_unforeseen(f"{shown}: the dtype {entry.dtype} of {name}")
            yield StoredTensor(name, shape, _DTYPES.get(entry.dtype, "?"))
    except (IndexError, ValueError) as error:
        raise UnreadableSource(
            f"{shown}: {path.name} cannot be read ({error})",
            "It may have been cut off while it was copied.",
        ) from None


def _table(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield every key and value of a table."""
    if len(data) < FOOTER_BYTES or data[-8:] != MAGIC:
        raise ValueError("it is not a table")
    footer = data[-FOOTER_BYTES:]
    _, at = _number(footer, 0)
    _, at = _number(footer, at)
    offset, at = _number(footer, at)
    size, _ = _number(footer, at)
    for _, handle in _block(data, offset, size):
        offset, at = _number(handle, 0)
        size, _ = _number(handle, at)
        yield from _block(data, offset, size)


def _block(data: bytes, offset: int, size: int) -> Iterator[tuple[bytes, bytes]]:
    """Yield the keys and values of a block; a key is written as its difference to the last."""
    block = data[offset : offset + size]
    if len(block) != size or data[offset + size] != 0:
        raise ValueError("a block is cut off or compressed")
    end = size - 4 * (int.from_bytes(block[-4:], "little") + 1)
    at, key = 0, b""
    while at < end:
        shared, at = _number(block, at)
        added, at = _number(block, at)
        length, at = _number(block, at)
        key = key[:shared] + block[at : at + added]
        at += added
        yield key, block[at : at + length]
        at += length


def _number(data: bytes, at: int) -> tuple[int, int]:
    """Return a number in groups of seven bits, the lowest first, and where it ends."""
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7
        if shift > 63:
            raise ValueError("a number is too long")
