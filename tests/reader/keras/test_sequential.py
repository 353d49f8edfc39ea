"""Sequential models in the making."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reader.following import program_of
from tests.reader.keras.reading import built, lines, rejections

PROGRAMS = [
    "m = Sequential([Input((5, 3)), LSTM(4), Dense(2)])",
    "m = Sequential()\nm.add(Input((5, 3)))\nm.add(GRU(4, return_sequences=True))\nm.add(GRU(2))",
    "m = Sequential([Input((5, 3)), LSTM(4), Dense(2)])\nm.pop()\nm.add(Dense(7))",
    "m = Sequential([LSTM(4), Dense(2)])\nm.build((None, 5, 3))",
    "m = Sequential([LSTM(4), Dense(2)])\ny = m(Input((5, 3)))",
    "inner = Sequential([Input((5, 3)), LSTM(4, return_sequences=True)])\n"
    "m = Sequential([inner, LSTM(2)])",
    "m = Sequential([Input((5,)), Embedding(10, 3), LSTM(4)], name='net')",
    "parts = [LSTM(4, return_sequences=True) for _ in range(3)]\n"
    "m = Sequential([Input((5, 3)), *parts, LSTM(1)])",
    "m = Sequential(layers=[Input((5, 3))])\nfor n in (8, 4):\n"
    "    m.add(LSTM(n, return_sequences=n > 4))",
]


@pytest.mark.keras
@pytest.mark.parametrize("text", PROGRAMS)
def test_a_model_is_the_one_that_keras_builds(text: str, keras: Any) -> None:
    assert lines(text) == built(text, keras)


def test_a_stack_by_hand() -> None:
    """LSTM: 4 · (3·4 + 4·4 + 4) = 128; Dense: 4·2 + 2 = 10."""
    assert lines(PROGRAMS[0]) == [("lstm", (None, 4), 128), ("dense", (None, 2), 10)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("m = Sequential([LSTM(4, input_shape=(5, 3)), Dense(2)])", (None, 4)),
        ("m = Sequential([LSTM(4, batch_input_shape=(8, 5, 3)), Dense(2)])", (8, 4)),
        ("m = Sequential([LSTM(4, input_dim=3, input_length=5), Dense(2)])", (None, 4)),
        ("m = Sequential([Embedding(10, 3, input_length=5), LSTM(4)])", (None, 5, 3)),
    ],
)
def test_the_first_layer_may_state_the_input(text: str, expected: tuple[int | None, ...]) -> None:
    assert lines(text)[0][1] == expected


def test_a_layer_is_rejected_as_soon_as_the_input_is_known() -> None:
    assert rejections("m = Sequential([Input((5, 3)), LSTM(4), LSTM(2)])") == [(1, "lstm")]
    assert rejections(
        "m = Sequential()\nm.add(LSTM(4))\nm.add(LSTM(2))\nm.build((None, 5, 3))"
    ) == [(4, "lstm")]
    assert (
        rejections("m = Sequential([Input((5, 3)), LSTM(4, return_sequences=True), LSTM(2)])") == []
    )


def test_after_a_rejection_nothing_more_is_told() -> None:
    text = "m = Sequential([Input((5, 3)), LSTM(4), LSTM(2), LSTM(2), LSTM(2)])"
    assert len(rejections(text)) == 1


def test_a_model_that_code_elsewhere_has_gets_unknown_layers() -> None:
    text = "from elsewhere import change\nm = Sequential([Input((5, 3)), LSTM(4)])\nchange(m)\n"
    assert rejections(text + "m.add(LSTM(2))") == []


def test_of_models_that_differ_between_ways_none_is_rejected_wrongly() -> None:
    text = """
        import sys
        m = Sequential([Input((5, 3))])
        deep = len(sys.argv) > 3
        m.add(LSTM(4, return_sequences=deep))
        if deep:
            m.add(LSTM(4))
        m.add(Dense(1))
    """
    assert rejections(text) == []
    assert len(program_of(text).models) == 1
