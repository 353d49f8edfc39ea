from __future__ import annotations

import pytest

from rnninspect.fixing.effects import changes_nothing_else, returns_sequences
from rnninspect.layers.core import Dense
from rnninspect.layers.recurrent import LSTM
from rnninspect.layers.wrappers import Bidirectional
from rnninspect.reader.program import Program, read_program
from rnninspect.reader.text.code import pieces_of

HEAD = "from keras import Input, Model, Sequential\nfrom keras.layers import *\n"


def program(body: str) -> Program:
    return read_program(pieces_of((HEAD + body).encode(), "p.py"), "p.py")


def is_harmless(before: str, after: str, *, decided: bool = False) -> bool:
    """Whether the first layer of ``after`` that returns sequences is needed and harms nothing."""
    text = HEAD + after
    start = text.index("LSTM(4, return_sequences=True)")
    line = text.count("\n", 0, start) + 1
    column = start - text.rindex("\n", 0, start)
    return changes_nothing_else(
        program(before), program(after), (None, line, column), True, decided=decided
    )


FLAG = ", return_sequences=True"


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        ("m = Sequential([Input((9, 2)), LSTM(4@), LSTM(3)])\n", True),
        ("m = Sequential([Input((9, 2)), LSTM(4@), Dense(3)])\n", False),
        (
            "x = Input((9, 2))\nh = LSTM(4@)(x)\nm = Model(x, [LSTM(3)(h), Dense(1)(h)])\n",
            False,
        ),
        ("x = Input((9, 2))\nh = LSTM(4@)(x)\nm = Model(x, [LSTM(3)(h), h])\n", False),
        (
            "def f(x):\n    return LSTM(4@)(x)\nx = Input((9, 2))\n"
            "good = Model(x, f(x))\nbad = Model(x, LSTM(3)(f(x)))\n",
            False,
        ),
    ],
)
def test_a_flag_is_harmless_if_every_path_needs_it(text: str, harmless: bool) -> None:
    assert is_harmless(text.replace("@", ""), text.replace("@", FLAG)) is harmless


def test_a_model_that_was_built_must_keep_the_rank_of_its_output() -> None:
    good = "x = Input((9, 2))\ngood = Model(x, LSTM(4@)(x))\n"
    before, after = good.replace("@", ""), good.replace("@", FLAG)
    assert not is_harmless(before, after, decided=True)
    assert is_harmless(after, after, decided=True)


def test_return_sequences_of_a_wrapped_layer_is_that_of_the_inner_one() -> None:
    wrapped = Bidirectional(layer=LSTM(units=4, return_sequences=True))
    assert returns_sequences(wrapped) is True
    assert returns_sequences(LSTM(units=4)) is False
    assert returns_sequences(Dense(units=4)) is None
    assert returns_sequences(None) is None
