"""What Keras shows, to JSON and back."""

from __future__ import annotations

import json

import pytest

from rnninspect.json_values import Json, Malformed
from rnninspect.sources.keras_summary import KerasRow, KerasSummary

ROW = KerasRow("inner", "Functional", [[None, 2], None], 3, None, (KerasRow("a", "X", None, 0, 0),))
SUMMARY = KerasSummary("keras 3", "m", (ROW,), 3, 3, 0)


def test_a_summary_survives_json() -> None:
    assert KerasSummary.parse(json.loads(json.dumps(SUMMARY.to_dict()))) == SUMMARY


def test_a_row_without_children_needs_no_key() -> None:
    written: Json = {
        "name": "a",
        "class_name": "X",
        "shape": [None, 2],
        "params": 3,
        "trainable": 3,
    }
    assert KerasRow.parse(written).children == ()


@pytest.mark.parametrize(
    "changes",
    [{"name": 3}, {"shape": "[2]"}, {"shape": [True]}, {"params": 1.5}, {"children": [3]}],
)
def test_a_row_of_another_type_is_malformed(changes: dict[str, Json]) -> None:
    with pytest.raises(Malformed):
        KerasRow.parse({**ROW.to_dict(), **changes})
