from __future__ import annotations

import pytest

from rnninspect.fixing.effects import changes_nothing_else, returns_sequences
from rnninspect.fixing.fix import read_text
from rnninspect.layers.core import Dense
from rnninspect.layers.recurrent import LSTM
from rnninspect.layers.wrappers import Bidirectional
from rnninspect.sources.python.read import Program

HEAD = "from keras import *\nfrom keras.layers import *\nx = Input((9, 2))\n"


def program(body: str) -> Program:
    return read_text((HEAD + body).encode(), "p.py").program


@pytest.mark.parametrize(
    ("body", "is_needed"),
    [
        ("h = LSTM(4{})(x)\nm = Model(x, LSTM(3)(h))\n", True),
        ("h = LSTM(4{})(x)\nm = Model(x, [LSTM(3)(h), Dense(1)(h)])\n", False),
        ("h = LSTM(4{})(x)\na = Model(x, h)\nm = Model(x, LSTM(3)(h))\n", False),
        ("h = LSTM(4{})(x)\nm = Model(x, Dense(1)(h))\n", False),
    ],
)
def test_a_sequence_is_needed_only_if_every_way_from_it_was_rejected(
    body: str, is_needed: bool
) -> None:
    before = program(body.format(""))
    after = program(body.format(", return_sequences=True"))
    place = (None, 4, 5)
    assert changes_nothing_else(before, after, place, True, decided=False) is is_needed


def test_what_a_layer_returns_is_that_of_the_layer_it_wraps() -> None:
    assert returns_sequences(LSTM(units=3, return_sequences=True)) is True
    assert returns_sequences(Bidirectional(layer=LSTM(units=3))) is False
    assert returns_sequences(Dense(units=3)) is None
    assert returns_sequences(None) is None
