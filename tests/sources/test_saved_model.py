"""SavedModel directories: metadata only, and nothing of the graph."""

from __future__ import annotations

from pathlib import Path

import pytest

import rnninspect
from rnninspect.errors import NotAModel, UnreadableSource


def field(number: int, data: bytes) -> bytes:
    """One length-delimited field of a protobuf message."""
    length = len(data)
    encoded = b""
    while length > 127:
        encoded += bytes([length % 128 + 128])
        length //= 128
    return bytes([number << 3 | 2]) + encoded + bytes([length]) + data


CONFIG = (
    b'{"class_name": "Sequential", "keras_version": "2.2.4-tf", "model_config": {"class_name": '
    b'"Sequential", "config": {"name": "s", "layers": [{"class_name": "GRU", "config": {'
    b'"name": "g", "units": 4, "batch_input_shape": {"class_name": "__tuple__", '
    b'"items": [null, 5, 6]}}}]}}}'
)


def test_metadata_inside_the_graph_as_tensorflow_2_0_wrote_it(tmp_path: Path) -> None:
    user = field(4, field(1, b"_tf_keras_sequential") + field(3, CONFIG))
    graph = field(2, field(7, field(1, user)))
    (tmp_path / "saved_model.pb").write_bytes(graph)
    report = rnninspect.inspect(str(tmp_path))
    assert report.format == "savedmodel"
    assert report.models[0].total.value == 3 * (6 + 4 + 1) * 4


def test_a_graph_without_keras_is_no_model(tmp_path: Path) -> None:
    (tmp_path / "saved_model.pb").write_bytes(b"")
    with pytest.raises(NotAModel, match="no Keras metadata"):
        rnninspect.inspect(str(tmp_path))


def test_damaged_metadata_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "keras_metadata.pb").write_bytes(b"\x0a\xff\xff\xff\xff\x0f")
    with pytest.raises(UnreadableSource, match=r"keras_metadata\.pb"):
        rnninspect.inspect(str(tmp_path))
