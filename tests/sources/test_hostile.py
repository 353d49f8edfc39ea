"""Configs with anything anywhere: each is a model, or one line; nothing else is raised."""

from __future__ import annotations

import copy
import json
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rnninspect.analysis.analyse import analyse
from rnninspect.comparison.safety import unsafe_reasons
from rnninspect.errors import RnnInspectError
from rnninspect.report import ModelReport
from rnninspect.sources.saved_json import read_json_bytes

FIXTURES = Path(__file__).parent.parent / "fixtures" / "keras2"

VALUES: list[Any] = [
    None, True, False, 0, -1, 1, 2**70, 1.5, "x", "", [], [1], [None], [[1]], {}, [1, 2, 3],
    {"class_name": "LSTM", "config": {}}, {"class_name": "__tuple__", "items": 3}, "valid",
    float("nan"), ["a", 0, 0], {"a": 1},
]  # fmt: skip


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield at
    if isinstance(value, dict):
        for key in value:
            yield from places(value[key], (*at, key))
    elif isinstance(value, list):
        for index in range(len(value)):
            yield from places(value[index], (*at, index))


def damaged(config: Any, choose: random.Random) -> Any:
    config = copy.deepcopy(config)
    everywhere = list(places(config))[1:]
    for _ in range(choose.randint(1, 3)):
        *path, last = choose.choice(everywhere)
        holder = config
        try:
            for key in path:
                holder = holder[key]
            if choose.random() < 0.2 and isinstance(holder, dict):
                holder.pop(last, None)
            else:
                holder[last] = choose.choice(VALUES)
        except (LookupError, TypeError):  # an earlier change took the place away
            continue
    return config


def configs(samples: Path) -> Iterator[Any]:
    for path in [*FIXTURES.glob("*.json"), *samples.glob("*.json")]:
        if path.name != "expected.json":
            yield json.loads(path.read_text(encoding="utf-8"))
    for path in samples.glob("*.keras"):
        with zipfile.ZipFile(path) as archive:
            yield json.loads(archive.read("config.json"))


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_config_never_raises_anything_else(
    as_users_run_it: None, seed: int, samples: Path
) -> None:
    choose = random.Random(seed)
    given = list(configs(samples))
    read = 0
    for _ in range(300):
        config = damaged(choose.choice(given), choose)
        try:
            models = read_json_bytes(json.dumps(config).encode(), "m.json")
        except RnnInspectError as error:
            assert "\n" not in error.message
            continue
        json.dumps(ModelReport(analyse(models.models[0])).to_dict())
        unsafe_reasons(models.config)
        read += 1
    assert read > 100
