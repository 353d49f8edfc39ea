from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rnninspect.linting.session import check
from tests.programs import verdict
from tests.rules.subjects import error_in_stack


def test_what_no_other_rule_explains_is_told_in_keras_words() -> None:
    error = error_in_stack("Input((20, 6)), Reshape((7, 7))")
    assert (error.code, error.layer, error.change) == ("RNN109", "reshape", None)
    assert error.message.startswith("`reshape` is rejected: ")
    assert error.message.removeprefix("`reshape` is rejected: ") in error.keras_error


WRONG_ARGUMENTS = [
    "Dense(-5)",
    "LSTM(0)",
    "Dropout(1.5)",
    "GaussianNoise(-1.0)",
    "Conv1D(8, 0)",
    "Conv1D(8, 3, strides=0)",
    "Embedding(10, 0)",
    "RepeatVector(0)",
    "MultiHeadAttention(0, 3)",
    "Permute((0, 1))",
    "Bidirectional(LSTM(3), merge_mode='add')",
    "Bidirectional(Dense(3))",
]


@pytest.mark.keras
@pytest.mark.parametrize("layer", WRONG_ARGUMENTS)
def test_a_constructor_that_raises_is_found_where_it_stands(
    layer: str, tmp_path: Path, keras: Any
) -> None:
    text = f"from keras import Input\nfrom keras.layers import *\nlayer = {layer}\n"
    said = verdict(text)
    assert said is not None
    assert said[0] == 3
    (tmp_path / "p.py").write_text(f"{text}y = layer(Input((20, 6)))\n", encoding="utf-8")
    (found,) = check([tmp_path / "p.py"]).diagnostics
    assert (found.code, found.place.line, found.place.column) == ("RNN109", 3, 9)


@pytest.mark.keras
@pytest.mark.parametrize(
    "layer", ["Dropout(0)", "Dropout(1)", "GaussianDropout(1.0)", "ConvLSTM2D(4, 3)", "LSTM(3.0)"]
)
def test_a_constructor_that_keras_takes_is_left_alone(
    layer: str, tmp_path: Path, keras: Any
) -> None:
    text = f"from keras.layers import *\nlayer = {layer}\n"
    assert verdict(text) is None
    (tmp_path / "p.py").write_text(text, encoding="utf-8")
    assert check([tmp_path / "p.py"]).diagnostics == ()
