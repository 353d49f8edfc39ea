from __future__ import annotations

import json
from pathlib import Path

from rnninspect.api import inspect
from rnninspect.render.json import to_json


def test_signs_that_a_stream_cannot_encode_are_escaped(samples: Path) -> None:
    report = inspect(str(samples / "lstm_stack.keras"))
    whole, escaped = to_json(report), to_json(report, "ascii")
    assert "×" in whole
    assert escaped.isascii()
    assert json.loads(whole) == json.loads(escaped) == report.to_dict()
