"""Messages of protobuf files, of which only the fields that we need are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from rnninspect.errors import TooLarge, UnreadableSource
from rnninspect.sources import messages
from rnninspect.sources.messages import parse_message, read_message


def field(number: int, data: bytes) -> bytes:
    """A length-delimited field: the number shifted by three bits, wire type 2."""
    return bytes([number << 3 | 2, len(data)]) + data


NODE = field(3, b"root") + field(4, b"_tf_keras_model") + field(5, b"{}") + field(9, b"other")


def test_the_fields_of_a_message_are_read_and_others_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "keras_metadata.pb"
    path.write_bytes(field(1, NODE) + field(1, field(3, b"root.layer-0")))
    first, second = read_message("Metadata", path, "m").nodes
    assert (first.path, first.identifier, first.metadata) == ("root", "_tf_keras_model", "{}")
    assert (second.path, second.identifier) == ("root.layer-0", "")


def test_sizes_are_numbers() -> None:
    """The dtype in field 1 and a shape of 6 and 4 in field 2, each size a field of its own."""
    sizes = b"".join(field(2, bytes([1 << 3, size])) for size in (6, 4))
    entry = parse_message("Entry", bytes([1 << 3, 1]) + field(2, sizes), "m")
    assert entry.dtype == 1
    assert [dim.size for part in entry.shape for dim in part.dims] == [6, 4]


def test_damaged_bytes_are_one_line() -> None:
    with pytest.raises(UnreadableSource, match="m is not a message that can be read"):
        parse_message("Metadata", field(1, NODE)[:-1], "m")


def test_a_file_over_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "MAX_MESSAGE_BYTES", 10)
    path = tmp_path / "m.pb"
    path.write_bytes(field(1, NODE))
    with pytest.raises(TooLarge, match="over 10 bytes"):
        read_message("Metadata", path, "m")
