from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from rnninspect import inspect
from rnninspect.render.printer import Printer
from rnninspect.render.table import (
    is_partly_frozen,
    meanings_of,
    readings_of,
    show_model,
    shown_rows,
    size_text,
)
from rnninspect.report import ModelReport

INPUT = {"class_name": "InputLayer", "config": {"name": "i", "batch_shape": [None, 20, 6]}}


def layer(class_name: str, name: str, **given: Any) -> dict[str, Any]:
    return {"class_name": class_name, "config": {"name": name, **given}}


def stack(*layers: dict[str, Any], name: str = "m") -> dict[str, Any]:
    return {"class_name": "Sequential", "config": {"name": name, "layers": [INPUT, *layers]}}


def model(*layers: dict[str, Any]) -> ModelReport:
    return inspect(stack(*layers)).models[0]


def shown(report: ModelReport, columns: int = 120, **given: bool) -> list[str]:
    file = io.StringIO()
    show = Printer(Console(file=file, width=columns, color_system=None))
    show_model(show, report, **{"expand": True, "gates": False, **given})
    return file.getvalue().splitlines()


NESTED = model(
    stack(layer("LSTM", "inner", units=4), name="encoder"), layer("Dense", "out", units=1)
)


def test_rows_of_nested_models_are_shown_below_them_if_asked_for() -> None:
    rows = [(row.name, level) for row, level in shown_rows(NESTED.layers, expand=True)]
    assert rows == [("encoder", 0), ("inner", 1), ("out", 0)]
    rows = [(row.name, level) for row, level in shown_rows(NESTED.layers, expand=False)]
    assert rows == [("encoder", 0), ("out", 0)]
    assert any(line.startswith("   inner") for line in shown(NESTED))
    assert not any("inner" in line for line in shown(NESTED, expand=False))


def test_a_wrapper_is_one_row() -> None:
    inner = layer("LSTM", "inner", units=4)
    report = model(layer("Bidirectional", "both", layer=inner))
    assert [row.name for row, _ in shown_rows(report.layers, expand=True)] == ["both"]


def test_each_formula_is_explained_once() -> None:
    report = model(
        layer("LSTM", "a", units=4, return_sequences=True),
        layer("LSTM", "b", units=8, return_sequences=True),
        layer("LSTM", "c", units=8, use_bias=False),
    )
    assert list(meanings_of(report)) == [
        "LSTM: 4 × (features + units + 1) × units",
        "LSTM: 4 × (features + units) × units",
    ]


def test_a_total_with_an_unknown_row_is_a_lower_bound() -> None:
    # 4 × (6 + 4 + 1) × 4 = 176 numbers of 4 bytes
    report = model(layer("LSTM", "a", units=4), layer("Mine", "b"))
    assert size_text(report) == "at least 704 B"
    assert " Total params: at least 176 (at least 704 B)" in shown(report)


def test_frozen_layers_get_a_column_of_what_trains() -> None:
    frozen = model(layer("LSTM", "a", units=4, trainable=False), layer("Dense", "b", units=1))
    assert is_partly_frozen(list(shown_rows(frozen.layers, expand=True)))
    assert not is_partly_frozen(list(shown_rows(NESTED.layers, expand=True)))
    heading, *_ = (line for line in shown(frozen) if "Layer (type)" in line)
    assert heading.endswith("Trainable")
    assert any(line.startswith(" a (LSTM)") and line.endswith("none") for line in shown(frozen))
    assert not any("Trainable" in line for line in shown(NESTED) if "Layer" in line)


def test_a_narrow_terminal_has_the_formula_below_the_name() -> None:
    report = model(layer("LSTM", "a", units=4))
    assert any("a (LSTM)" in line and "4 × (6 + 4 + 1)" in line for line in shown(report))
    narrow = shown(report, 50)
    assert "   = 4 × (6 + 4 + 1) × 4" in narrow
    assert max(map(len, narrow[:8])) <= 50


def test_a_model_without_layers_says_so() -> None:
    assert " no layers" in shown(model())


@pytest.mark.parametrize(
    ("class_name", "line"),
    [
        ("LSTM", " x (LSTM): 4 gates × 44 = 176"),
        ("Dense", " No recurrent layer: nothing to split by gate."),
    ],
)
def test_gates(class_name: str, line: str) -> None:
    assert line in shown(model(layer(class_name, "x", units=4)), gates=True)


def test_the_explanations_of_a_printed_count_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "printed.txt"
    path.write_text(
        'Model: "m"\n_____\n Layer (type)   Output Shape   Param #\n=====\n'
        " conv1d (Conv1D)   (None, 10, 8)   104\n=====\n"
        "Total params: 104\nTrainable params: 104\nNon-trainable params: 0\n"
    )
    (line,) = readings_of(inspect(path).models[0])
    # 104 = (window × features + 1) × 8: window × features is 12
    assert line.startswith("conv1d can be Conv1D(")
    assert " or Conv1D(" in line
    assert list(readings_of(NESTED)) == []
