"""Limits leave room for every real model."""

from __future__ import annotations

import json
from pathlib import Path

from rnninspect.sources.limits import (
    DEFAULT_TIMEOUT_SECONDS,
    FILE_TIMEOUT_SECONDS,
    MAX_CONFIG_BYTES,
)
from rnninspect.sources.read import read


def test_a_config_of_ten_thousand_layers_is_far_below_the_limit(samples: Path) -> None:
    config = read(str(samples / "lstm_stack.json")).config
    assert config is not None
    layers = len(json.dumps(config)) / 4  # the sample has four
    assert 10_000 * layers < MAX_CONFIG_BYTES / 4


def test_a_file_may_take_less_time_than_keras() -> None:
    assert 0 < FILE_TIMEOUT_SECONDS < DEFAULT_TIMEOUT_SECONDS
