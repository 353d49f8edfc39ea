from __future__ import annotations

from typing import Any

import pytest

from rnninspect import inspect
from rnninspect.analysis.result import Row
from rnninspect.comparison.compare import Against, ComparedRow, Comparison, Status
from rnninspect.ir.shape import Shape
from rnninspect.render.text import (
    bytes_text,
    formula_text,
    number_text,
    shape_text,
    trainable_text,
    verdict,
)


@pytest.mark.parametrize(
    ("structure", "text"),
    [
        (Shape.of(None, 20, 6), "(None, 20, 6)"),
        (Shape.unknown("a reason"), "?"),
        ([Shape.of(None, 4), Shape.of(None, 4)], "[(None, 4), (None, 4)]"),
        ({"a": Shape.of(None, 4), "b": None}, "[(None, 4), ?]"),
    ],
)
def test_shapes(structure: Any, text: str) -> None:
    assert shape_text(structure) == text


def test_numbers() -> None:
    assert [number_text(value) for value in (None, 0, 999, 1472)] == ["?", "0", "999", "1,472"]


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 B"),
        (1023, "1,023 B"),
        (1024, "1.00 KB"),
        (7876, "7.69 KB"),  # 1,969 numbers of 4 bytes, as in Keras's summary
        (1024**2, "1.00 MB"),
        (3 * 1024**5, "3,072.00 TB"),
    ],
)
def test_sizes_in_memory(size: int, text: str) -> None:
    assert bytes_text(size) == text


def row(layer: str, **given: Any) -> Row:
    config: dict[str, Any] = {"class_name": "Sequential", "config": {"name": "m", "layers": [
        {"class_name": "InputLayer", "config": {"name": "i", "batch_shape": [None, 20, 6]}},
        {"class_name": layer, "config": {"name": "x", **given}}]}}  # fmt: skip
    return inspect(config).models[0].layers[-1]


def test_the_formula_or_the_reason_why_it_is_unknown() -> None:
    assert formula_text(row("LSTM", units=16)) == "4 × (6 + 16 + 1) × 16"
    assert formula_text(row("Dropout", rate=0.1)) == ""
    assert "Mine" in formula_text(row("Mine"))


@pytest.mark.parametrize(
    ("layer", "given", "text"),
    [
        ("LSTM", {"units": 4}, "all"),
        ("LSTM", {"units": 4, "trainable": False}, "none"),
        ("BatchNormalization", {}, "12"),  # gamma and beta of 6 features
        ("Dropout", {"rate": 0.1}, ""),
        ("Mine", {}, "?"),
    ],
)
def test_what_of_a_row_trains(layer: str, given: dict[str, Any], text: str) -> None:
    assert trainable_text(row(layer, **given)) == text


WRONG = ComparedRow("lstm", 1472, 1408, False, "params")
RIGHT = ComparedRow("dense", 33, 33, True)


@pytest.mark.parametrize(
    ("comparison", "text"),
    [
        (
            Comparison(Against.KERAS, Status.SKIPPED, reason="a \x1b reason"),
            "Keras: not compared: a \\x1b reason",
        ),
        (
            Comparison(Against.KERAS, Status.AGREE, engine="keras 3.15.1"),
            "Keras 3.15.1 agrees on 0 layers (shapes, counts, trainable counts)",
        ),
        (
            Comparison(Against.STORED, Status.DISAGREE, rows=(WRONG, RIGHT)),
            "stored weights disagree in 1 row",
        ),
        (
            Comparison(Against.KERAS, Status.DISAGREE, rows=(WRONG, WRONG)),
            "Keras disagrees in 2 rows",
        ),
    ],
)
def test_the_line_of_a_comparison(comparison: Comparison, text: str) -> None:
    assert verdict(comparison) == text
