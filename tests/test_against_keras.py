"""Models made at random by real Keras, saved by it, and read by us: every layer must be the same.

Hypothesis chooses; ``generate`` builds. Each model is saved in every format, loaded by Keras
again, and compared row by row: output shape, parameters, trainable parameters, totals, and the
shapes of the stored weights.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rnninspect.analysis.analyse import analyse
from rnninspect.analysis.result import Row
from rnninspect.analysis.stored import Shelf
from rnninspect.comparison.compare import Status
from rnninspect.comparison.keras import compare_keras
from rnninspect.comparison.safety import unsafe_reasons
from rnninspect.comparison.stored import compare_stored
from rnninspect.keras_runtime.live_model import describe
from rnninspect.sources.read import read
from tests.generate import build, stack
from tests.graphs import GRAPHS
from tests.layers.case import evaluate

pytestmark = pytest.mark.keras

T = TypeVar("T")
LONGER = os.environ.get("RNNINSPECT_TEST_MODELS")
"""How many models of each kind a longer search tries, each time others."""


class Drawn:
    """Choices made by Hypothesis, so that a failure shrinks to a small model."""

    def __init__(self, data: st.DataObject) -> None:
        self.data = data

    def choice(self, options: Sequence[T]) -> T:
        return self.data.draw(st.sampled_from(options))

    def integer(self, low: int, high: int) -> int:
        return self.data.draw(st.integers(low, high))


def check_formulas(rows: Sequence[Row]) -> None:
    """What is printed beside a count comes to that count, in nested rows too."""
    for row in rows:
        if row.formula is not None and row.parameters.value is not None:
            assert evaluate(row.formula.numbers) == row.parameters.value
        check_formulas(row.children)


def check_file(path: Path, reference: Any, keras: Any) -> None:
    models = read(str(path))
    analysis = analyse(models.models[0])
    comparison = compare_keras(analysis, describe(reference, keras))
    assert comparison.status is Status.AGREE, comparison.disagreements
    unknown = [row.name for row in analysis.layers if row.parameters.value is None]
    assert unknown == []
    check_formulas(analysis.layers)
    assert unsafe_reasons(models.config) == []
    if models.stored is not None:
        shelf = Shelf.of(models.stored())
        stored = compare_stored(analyse(models.models[0], shelf), shelf)
        assert stored.status in (Status.AGREE, Status.SKIPPED), stored.disagreements
        if analysis.total.value:
            assert stored.status is Status.AGREE


def check(model: Any, keras: Any, folder: Path) -> None:
    """Save a model in every format, and compare what is read with what Keras loads."""
    archive, config, legacy = folder / "m.keras", folder / "m.json", folder / "m.h5"
    model.save(archive)
    check_file(archive, keras.models.load_model(archive, compile=False), keras)
    config.write_text(model.to_json(), encoding="utf-8")
    check_file(config, keras.models.model_from_json(config.read_text(encoding="utf-8")), keras)
    model.save(legacy)
    try:
        reference = keras.models.load_model(legacy, compile=False)
    except (TypeError, ValueError):  # Keras 3 cannot load recorded operations from legacy files
        return
    check_file(legacy, reference, keras)


@pytest.mark.parametrize("name", GRAPHS)
def test_chosen_graphs_are_as_keras_has_them(name: str, keras: Any, tmp_path: Path) -> None:
    keras.utils.clear_session()
    check(GRAPHS[name](keras), keras, tmp_path)


SEARCH = settings(
    max_examples=int(LONGER or 60),
    derandomize=not LONGER,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)


@SEARCH
@given(data=st.data())
def test_random_graphs_are_as_keras_has_them(
    data: st.DataObject, keras: Any, tmp_path: Path
) -> None:
    keras.utils.clear_session()
    check(build(keras, Drawn(data)), keras, tmp_path)


@SEARCH
@given(data=st.data())
def test_random_stacks_are_as_keras_has_them(
    data: st.DataObject, keras: Any, tmp_path: Path
) -> None:
    keras.utils.clear_session()
    check(stack(keras, Drawn(data)), keras, tmp_path)
