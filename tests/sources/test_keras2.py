"""Files that Keras 2.13 wrote, beside what its own summary said of them (``fixtures/keras2``)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rnninspect.analysis.analyse import analyse
from rnninspect.analysis.stored import Shelf
from rnninspect.comparison.compare import Status
from rnninspect.comparison.keras import compare_keras
from rnninspect.comparison.stored import compare_stored
from rnninspect.sources.keras_summary import KerasSummary
from rnninspect.sources.read import read

FILES = Path(__file__).parent.parent / "fixtures" / "keras2"
EXPECTED: dict[str, Any] = json.loads((FILES / "expected.json").read_text(encoding="utf-8"))
NAMES = sorted(set(EXPECTED) - {"cudnn"})


@pytest.mark.parametrize("form", ["keras", "h5", "json"])
@pytest.mark.parametrize("name", NAMES)
def test_every_row_is_as_keras_2_had_it(name: str, form: str) -> None:
    models = read(str(FILES / f"{name}.{form}"))
    analysis = analyse(models.models[0])
    comparison = compare_keras(analysis, KerasSummary.parse(EXPECTED[name]))
    assert comparison.status is Status.AGREE, comparison.disagreements
    assert analysis.is_complete, [row.name for row in analysis.layers if not row.is_complete]
    assert models.keras_version == "2.13.1"


@pytest.mark.parametrize("form", ["keras", "h5"])
@pytest.mark.parametrize("name", NAMES)
def test_every_stored_tensor_finds_its_layer(name: str, form: str) -> None:
    models = read(str(FILES / f"{name}.{form}"))
    assert models.stored is not None
    shelf = Shelf.of(models.stored())
    comparison = compare_stored(analyse(models.models[0], shelf), shelf)
    assert comparison.status is Status.AGREE, (comparison.reason, comparison.disagreements)
    assert comparison.params == EXPECTED[name]["params"]


def test_a_saved_model_is_read_by_its_metadata() -> None:
    models = read(str(FILES / "saved_model"))
    assert models.format == "savedmodel"
    comparison = compare_keras(analyse(models.models[0]), KerasSummary.parse(EXPECTED["recurrent"]))
    assert [row for row in comparison.disagreements if "Keras has" not in row.differs_in] == []
    assert models.stored is not None
    shelf = Shelf.of(models.stored())
    stored = compare_stored(analyse(models.models[0], shelf), shelf)
    assert stored.status is Status.AGREE, stored.disagreements
    assert stored.params == EXPECTED["recurrent"]["params"]


def test_cudnn_layers_have_two_biases_a_gate() -> None:
    """4·(6·4 + 4·4 + 2·4) = 192 and 3·(4·3 + 3·3 + 2·3) = 81."""
    analysis = analyse(read(str(FILES / "cudnn.json")).models[0])
    counts = [row.parameters.value for row in analysis.layers]
    assert counts == EXPECTED["cudnn"]["counts"] == [192, 81]


@pytest.mark.parametrize("name", ["recurrent.weights.h5", "recurrent.old_weights.h5"])
def test_a_weights_file_gives_what_is_stored(name: str) -> None:
    models = read(str(FILES / name))
    assert models.stored is not None
    analysis = analyse(models.models[0], Shelf.of(models.stored()))
    assert analysis.total.value == EXPECTED["recurrent"]["params"]
    assert analysis.total.at_least
    counts = {row.name: row.parameters.value for row in analysis.layers}
    assert counts["dense"] == 10
    assert analysis.notes == ("this file holds weights only, no architecture",)
