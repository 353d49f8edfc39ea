"""JSON configs, from files, strings and memory."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rnninspect.errors import NotAModel
from rnninspect.sources.saved_json import from_config, read_json


def test_a_config_in_a_file_is_a_model_and_keras_can_build_it(samples: Path) -> None:
    path = samples / "lstm_stack.json"
    models = read_json(path, "m.json")
    assert models.models[0].name == "lstm_stack"
    assert models.stored is None
    assert models.for_keras == json.loads(path.read_text())


def test_json_wrapped_in_a_json_string_is_unwrapped(samples: Path, tmp_path: Path) -> None:
    """What ``json.dump(model.to_json(), file)`` writes."""
    path = tmp_path / "m.json"
    path.write_text(json.dumps((samples / "lstm_stack.json").read_text()))
    models = read_json(path, "m")
    assert models.models[0].name == "lstm_stack"


def test_a_byte_order_mark_does_not_hinder(samples: Path, tmp_path: Path) -> None:
    path = tmp_path / "m.json"
    path.write_bytes(b"\xef\xbb\xbf" + (samples / "lstm_stack.json").read_bytes())
    assert read_json(path, "m").models[0].name == "lstm_stack"


def test_a_config_in_memory_is_given_to_keras_as_it_is(samples: Path) -> None:
    config = json.loads((samples / "lstm_stack.json").read_text())
    assert from_config(config, "<config>").for_keras is config


def test_a_string_that_is_no_config_is_no_model(tmp_path: Path) -> None:
    path = tmp_path / "m.json"
    path.write_text('"3"')
    with pytest.raises(NotAModel):
        read_json(path, "m")
