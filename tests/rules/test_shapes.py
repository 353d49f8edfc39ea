from __future__ import annotations

import re
from typing import Any

import pytest

from rnninspect.linting.session import check
from rnninspect.rules.shapes import RULES
from tests.programs import verdict


def block(code: str, title: str) -> str:
    text = re.sub(r"^    ", "", RULES[code].__doc__ or "", flags=re.MULTILINE)
    found = re.search(rf"## {title}\n```python\n(.*?)```", text, flags=re.DOTALL)
    assert found is not None
    return found[1]


def codes(text: str, tmp_path: Any) -> list[str]:
    (tmp_path / "p.py").write_text(text, encoding="utf-8")
    return [one.code for one in check([tmp_path / "p.py"]).diagnostics]


@pytest.mark.parametrize("code", RULES)
def test_the_example_fires_its_rule_and_no_other(code: str, tmp_path: Any) -> None:
    assert codes(block(code, "Example"), tmp_path) == [code]
    assert codes(block(code, "Use instead"), tmp_path) == []


@pytest.mark.keras
@pytest.mark.parametrize("code", RULES)
def test_keras_rejects_the_example_and_takes_what_is_advised(code: str, keras: Any) -> None:
    assert verdict(block(code, "Example")) is not None
    assert verdict(block(code, "Use instead")) is None


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
    layer: str, tmp_path: Any, keras: Any
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
    layer: str, tmp_path: Any, keras: Any
) -> None:
    text = f"from keras.layers import *\nlayer = {layer}\n"
    assert verdict(text) is None
    assert codes(text, tmp_path) == []


def test_the_round_of_a_loop_is_told(tmp_path: Any) -> None:
    text = (
        "from keras import Input, Sequential\nfrom keras.layers import *\nm = Sequential()\n"
        "m.add(Input((9, 2)))\nfor units in (8, 4, 2):\n    m.add(LSTM(units))\n"
    )
    (tmp_path / "p.py").write_text(text, encoding="utf-8")
    (found,) = check([tmp_path / "p.py"]).diagnostics
    assert (found.place.line, found.place.round) == (6, 2)
    assert found.to_dict()["round"] == 2
