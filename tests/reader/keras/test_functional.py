"""Models of inputs and outputs, and what programs ask them for."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reader.keras.reading import built, lines, rejections

HEAD = "x = Input((5, 3))\n"
PROGRAMS = [
    HEAD + "m = Model(x, Dense(2)(LSTM(4)(x)))",
    HEAD + "h, s, c = LSTM(4, return_state=True)(x)\nm = Model(x, [h, s, c])",
    "a, b = Input((5, 3)), Input((2,))\n"
    "m = Model([a, b], Dense(1)(Concatenate()([LSTM(4)(a), Dense(3)(b)])))",
    "d = Dense(4)\na, b = Input((3,)), Input((3,))\nm = Model([a, b], Add()([d(a), d(b)]))",
    HEAD + "inner = Model(x, LSTM(4)(x))\ny = Input((5, 3))\nm = Model(y, Dense(2)(inner(y)))",
    "a = Input((6, 2))\nlstm = LSTM(4, return_state=True)\nh, *states = lstm(a)\n"
    "b = Input((5, 2))\nm = Model([a, b], LSTM(4)(b, initial_state=states))",
    HEAD + "m = Model(inputs=x, outputs=Bidirectional(GRU(4))(x), name='net')",
    HEAD + "y = LSTM(4)(x)\nfor n in (3, 2):\n    y = Dense(n)(y)\nm = Model(x, y)",
    HEAD + "a = Dense(4)(x)\nb = LSTM(4)(a)\nc = GlobalAveragePooling1D()(a)\n"
    "m = Model(x, Dense(1)(Concatenate()([c, b])))",
    HEAD + "whole = Model(x, Dense(2, name='end')(LSTM(4, name='middle')(x)))\n"
    "m = Model(whole.input, whole.get_layer('middle').output)",
    HEAD + "w = Model(x, Dense(2)(LSTM(4)(x)))\nm = Model(w.inputs, w.layers[-2].output)",
]


@pytest.mark.keras
@pytest.mark.parametrize("text", PROGRAMS)
def test_a_model_is_the_one_that_keras_builds(text: str, keras: Any) -> None:
    ours, real = sorted(lines(text), key=repr), sorted(built(text, keras), key=repr)
    assert ours == real


def test_a_shared_layer_counts_once() -> None:
    """Dense: 3·4 + 4 = 16 parameters, however often it is used."""
    found = [line for line in lines(PROGRAMS[3]) if line[0].startswith("dense")]
    assert {line[2] for line in found} == {16}


def test_what_is_set_on_a_model_goes_to_its_layers() -> None:
    from rnninspect.analysis.analyse import analyse
    from tests.reader.following import program_of

    text = "m = Sequential([Input((5, 3)), LSTM(4), Dense(2)])\nm.layers[0].trainable = False"
    (model,) = program_of(text).models
    result = analyse(model)
    assert (result.trainable.value, result.non_trainable.value) == (10, 128)


@pytest.mark.parametrize(
    ("uses", "expected"),
    [
        ("h = LSTM(4)(x)\ny = LSTM(2)(h)", [(3, "lstm")]),
        ("a, b = LSTM(4)(x)", [(2, "unpacking")]),
        ("a, b = LSTM(4, return_state=True)(x)", [(2, "unpacking")]),
        ("a, b, c = LSTM(4, return_state=True)(x)", []),
        ("a, b = GRU(4, return_state=True)(x)", []),
        ("inner = Model(x, LSTM(4)(x))\ny = inner(Input((5, 7)))", [(3, "functional")]),
    ],
)
def test_what_keras_rejects(uses: str, expected: list[tuple[int, str]]) -> None:
    assert rejections(HEAD + uses) == expected
