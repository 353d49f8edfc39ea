"""YAML configs, read by a safe loader."""

from __future__ import annotations

from pathlib import Path

import pytest

import rnninspect
import rnninspect.sources.saved_yaml as saved_yaml
from rnninspect.errors import NotAModel, TooLarge, UnreadableSource

TEXT = """
backend: tensorflow
class_name: Sequential
config:
  name: sequential_1
  layers:
  - class_name: LSTM
    config:
      name: lstm_1
      units: 4
      batch_input_shape: !!python/tuple [null, 5, 6]
keras_version: 2.2.4
"""


def written(tmp_path: Path, text: str) -> str:
    path = tmp_path / "m.yaml"
    path.write_text(text)
    return str(path)


def test_an_architecture_as_keras_2_wrote_it(tmp_path: Path) -> None:
    report = rnninspect.inspect(written(tmp_path, TEXT))
    assert report.models[0].total.value == 176
    assert report.keras_version == "2.2.4"


def test_python_objects_are_never_made(tmp_path: Path) -> None:
    trace = tmp_path / "ran"
    text = f"class_name: !!python/object/apply:os.system ['touch {trace}']\n"
    with pytest.raises(UnreadableSource, match="not YAML"):
        rnninspect.inspect(written(tmp_path, text))
    assert not trace.exists()


def test_a_small_file_cannot_stand_for_a_huge_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved_yaml, "MAX_YAML_NODES", 10_000)
    lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    lines += [
        f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]" for level in range(1, 9)
    ]
    with pytest.raises(TooLarge, match="expands to"):
        rnninspect.inspect(written(tmp_path, "\n".join(lines)))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("- 1\n- 2\n", NotAModel),
        ("a: [", UnreadableSource),
        ("a: !!python/tuple 3", UnreadableSource),
    ],
)
def test_what_is_no_config(text: str, kind: type[Exception], tmp_path: Path) -> None:
    with pytest.raises(kind):
        rnninspect.inspect(written(tmp_path, text))
