"""A printed summary as rows with readings."""

from __future__ import annotations

from pathlib import Path

from rnninspect.analysis.printed import IMPOSSIBLE, explanations_of
from rnninspect.analysis.result import Analysis
from rnninspect.api import inspect

TEXT = """Model: "sequential"
_________________________________________________________________
 Layer (type)                Output Shape              Param #
=================================================================
 lstm (LSTM)                 (None, 20, 16)            1472
 dense (Dense)               (None, 20, 1)             {dense}
=================================================================
Total params: {total}
"""


def analysed(tmp_path: Path, dense: int) -> Analysis:
    path = tmp_path / "summary.txt"
    path.write_text(TEXT.format(dense=dense, total=1472 + dense), encoding="utf-8")
    return inspect(path, compare="none").models[0].analysis


def test_each_row_has_the_layer_that_explains_its_count(tmp_path: Path) -> None:
    """Dense: (16 + 1) × 1 = 17."""
    lstm, dense = analysed(tmp_path, 17).layers
    assert lstm.readings[0][0] == {"units": 16, "return_sequences": True}
    assert dense.formula is not None
    assert dense.formula.numbers == "(16 + 1) × 1"
    assert explanations_of(dense) is None


def test_a_count_that_cannot_be_right_is_explained(tmp_path: Path) -> None:
    """33 = (32 + 1) × 1."""
    dense = analysed(tmp_path, 33).layers[1]
    assert dense.unknown == IMPOSSIBLE
    assert "it would be right for an input of width 32" in (explanations_of(dense) or ())
