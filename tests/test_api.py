"""inspect(): everything about a source as data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import rnninspect
from rnninspect.errors import BadRequest


def test_the_five_lines_of_the_contract(samples: Path) -> None:
    report = rnninspect.inspect(str(samples / "simple_rnn_stack.keras"), compare="none")
    assert report.models[0].total.value == 1969
    assert report.models[0].layers[0].parameters.value == 368
    formula = report.models[0].layers[0].formula
    assert formula is not None and formula.numbers == "(6 + 16 + 1) × 16"
    assert report.to_dict()["schema"] == "rnninspect.summary/1"
    assert report.models[0].comparisons == ()


@pytest.mark.parametrize("kind", [str, Path])
def test_a_path_may_be_a_path(kind: Any, samples: Path) -> None:
    assert rnninspect.inspect(kind(samples / "gru_stack.keras")).models[0].name == "gru_stack"


def test_a_config_is_a_source(samples: Path) -> None:
    config = json.loads((samples / "lstm_stack.json").read_text())
    assert rnninspect.inspect(config).models[0].name == "lstm_stack"


@pytest.mark.keras
def test_a_live_model_is_a_source_and_its_own_witness(keras: Any) -> None:
    model = keras.Sequential([keras.Input((20, 6)), keras.layers.GRU(3)])
    report = rnninspect.inspect(model, compare="all")
    assert report.format == "live"
    assert [c.status for c in report.models[0].comparisons] == ["agree", "agree"]


@pytest.mark.parametrize("source", [3, None, ["a"]])
def test_anything_else_is_rejected(source: Any) -> None:
    with pytest.raises(rnninspect.RnnInspectError, match="not a source of a model"):
        rnninspect.inspect(source)


def test_a_comparison_that_does_not_exist_is_rejected(samples: Path) -> None:
    wrong: Any = "everything"
    with pytest.raises(BadRequest):
        rnninspect.inspect(str(samples / "gru_stack.keras"), compare=wrong)


def test_a_model_of_another_name_is_rejected(samples: Path) -> None:
    with pytest.raises(BadRequest) as caught:
        rnninspect.inspect(str(samples / "gru_stack.keras"), only="lstm")
    assert caught.value.hint == "It has 'gru_stack'."


def test_an_unknown_attribute_of_the_package() -> None:
    with pytest.raises(AttributeError):
        rnninspect.nothing  # noqa: B018


def test_every_public_name_is_there() -> None:
    for name in rnninspect.__all__:
        assert getattr(rnninspect, name) is not None
