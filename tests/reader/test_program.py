from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rnninspect.ir.shape import Shape
from rnninspect.linting.session import check
from rnninspect.reader.program import Program, doubts_of, read_program
from rnninspect.reader.text.code import pieces_of
from tests.programs import program, statement_at, verdict

HEAD = (
    "import numpy as np\nfrom keras.models import Sequential, Model\nfrom keras.layers import *\n"
)


def understood(text: str, **more: Any) -> Program:
    return read_program(pieces_of((HEAD + text).encode(), "p.py"), "p.py", **more)


def rejected_lines(text: str) -> list[int | None]:
    """The lines of the text at which Keras would raise, counted from its first."""
    found = understood(text).rejected
    return [(model.nodes[-1].place.line or 0) - 3 for model in found]


@pytest.mark.keras
@pytest.mark.parametrize("block", range(6))
def test_keras_and_we_agree_on_programs(block: int, keras: Any, tmp_path: Path) -> None:
    judged = []
    for seed in range(12 * block, 12 * block + 12):
        text = program(seed)
        keras.utils.clear_session()
        raised = verdict(text)
        (tmp_path / "p.py").write_text(text, encoding="utf-8")
        found = check([tmp_path / "p.py"]).diagnostics
        judged.append(raised is not None)
        if raised is None:
            assert not found, text
        else:
            assert found, f"{text}\n{raised}"
            first, last = statement_at(text, found[0].place.line or 0)
            assert first <= raised[0] <= last, text
    assert any(judged) and not all(judged)


def test_a_model_of_a_program_has_the_shapes_of_its_layers() -> None:
    (model,) = understood("m = Sequential([Input((20, 6)), LSTM(16), Dense(1)])").models
    assert model.reference["lstm", 0].output == Shape.of(None, 16)
    assert model.reference["dense", 0].output == Shape.of(None, 1)


@pytest.mark.parametrize(
    "text",
    [
        "import keras as K\nL = K.layers\n"
        "m = K.Sequential([K.Input((20, 6)), L.LSTM(4), L.GRU(4)])",
        "from tensorflow import keras as k\nL = k.layers\n"
        "m = Sequential([Input((20, 6)), L.LSTM(4), L.GRU(4)])",
        "import tensorflow as tf\nRNN_ = tf.compat.v1.keras.layers.LSTM\n"
        "m = Sequential([Input((20, 6)), RNN_(4), RNN_(4)])",
        "from tensorflow.python.keras.layers.recurrent import LSTM as A\n"
        "m = Sequential([Input((20, 6)), A(4), A(4)])",
        "try:\n    from keras.layers import CuDNNLSTM as B\nexcept ImportError:\n    B = LSTM\n"
        "m = Sequential([Input((20, 6)), B(4), B(4)])",
    ],
)
def test_every_spelling_of_keras_is_the_same(text: str) -> None:
    assert rejected_lines(text) == [len(text.splitlines())]


def test_arguments_of_keras_1_and_2_keep_their_meaning() -> None:
    assert rejected_lines("m = Sequential()\nm.add(LSTM(32, input_dim=9, input_length=5))") == []
    text = "m = Sequential()\nm.add(LSTM(output_dim=32, input_dim=9))\nm.add(LSTM(4))"
    assert rejected_lines(text) == [3]


def test_a_loop_with_a_condition_is_followed_round_by_round() -> None:
    loop = "m = Sequential([Input((9, 2))])\nn = 3\nfor i in range(n):\n"
    assert rejected_lines(f"{loop}    m.add(LSTM(4, return_sequences=i < n - 1))") == []
    assert rejected_lines(f"{loop}    m.add(LSTM(4, return_sequences=i < n - 2))") == [4]


def test_a_loop_of_unknown_length_says_nothing_that_is_not_certain() -> None:
    text = (
        "m = Sequential([Input((9, 2))])\nfor i in range(int(input())):\n    m.add(LSTM(4))\n"
        "m.add(Dense(1))"
    )
    assert rejected_lines(text) == []


def test_both_branches_of_an_unknown_condition_are_followed() -> None:
    text = (
        "import sys\nm = Sequential([Input((9, 2))])\nif len(sys.argv) > 1:\n"
        "    m.add(LSTM(4, return_sequences=True))\nelse:\n    m.add(LSTM(4))\nm.add(GRU(4))"
    )
    assert rejected_lines(text) == [7]


def test_the_same_condition_goes_the_same_way_again() -> None:
    text = (
        "import sys\ndeep = sys.argv[1]\nm = Sequential([Input((9, 2))])\n"
        "if deep == 'yes':\n    m.add(LSTM(4, return_sequences=True))\n"
        "if deep == 'yes':\n    m.add(LSTM(4))\nelse:\n    m.add(GRU(4))\nm.add(Dense(1))"
    )
    assert rejected_lines(text) == []


def test_a_function_that_nothing_calls_is_followed_on_unknown_tensors() -> None:
    assert rejected_lines("def f(x):\n    x = LSTM(4)(x)\n    return LSTM(4)(x)") == [3]
    assert rejected_lines("def f(x, units):\n    return LSTM(units)(x)") == []


def test_a_layer_for_sequences_tells_the_rank_of_an_unknown_input() -> None:
    text = "def f(x):\n    a = LSTM(4)(x)\n    return RepeatVector(3)(x)"
    assert rejected_lines(text) == [3]


def test_data_tell_their_rank() -> None:
    text = (
        "def load(raw, n):\n    rows = []\n    for i in range(60, n):\n"
        "        rows.append(np.zeros((60,)))\n    X = np.array(rows)\n"
        "    X = np.reshape(X, (X.shape[0], X.shape[1], 1))\n    return X\n"
        "X = load(None, int(input()))\nm = Sequential()\n"
        "m.add(LSTM(4, input_shape=(X.shape[1], 1)))\nm.add(LSTM(4))"
    )
    assert rejected_lines(text) == [11]


def test_what_a_try_catches_is_not_reported() -> None:
    model = "m = Sequential([Input((9, 2)), LSTM(4)])\n"
    text = f"{model}try:\n    m.add(LSTM(4))\nexcept ValueError:\n    pass"
    assert rejected_lines(text) == []


def test_shell_lines_of_notebook_exports_are_tolerated() -> None:
    assert rejected_lines("!pip install keras\n%matplotlib inline\nx = !ls\nm = 1") == []


def test_a_program_that_never_ends_is_given_up() -> None:
    found = understood("n = 0\nwhile True:\n    n += sum(range(9))\n" * 3, steps=500)
    assert found.incomplete


def test_the_backend_that_a_star_import_brings_is_not_a_layer() -> None:
    text = "x = Input((5, 3))\nw = Input((5,))\ny = Lambda(lambda t: K.dot(t, K.ones((3, 1))))(x)"
    assert rejected_lines(text) == []


def test_what_python_warns_about_is_none_of_our_output() -> None:
    assert rejected_lines("x = 1if True else 2\ny = '\\d'") == []


def test_what_a_test_expects_to_be_raised_is_not_reported() -> None:
    text = "import pytest\nwith pytest.raises(ValueError):\n    Sequential([Input((9,)), LSTM(4)])"
    assert rejected_lines(text) == []
    assert rejected_lines(text.replace("pytest.raises(ValueError)", "open('x')")) == [3]


def test_pictures_are_channels_last_unless_configured_otherwise() -> None:
    text = (
        "from keras import backend as K\n"
        "s = (1, 28, 28) if K.image_data_format() == 'channels_first' else (28, 28, 1)\n"
        "m = Sequential([Conv2D(4, 3, input_shape=s), Flatten(), Dense(2)])"
    )
    assert rejected_lines(text) == []


def follow(text: str) -> Program:
    return read_program(pieces_of(text.encode(), "p.py"), "p.py")


def test_what_is_not_complete_says_why() -> None:
    program = follow(
        "from keras import *\nfrom keras.layers import *\nfrom elsewhere import layer\n"
        "x = Input((20,))\ngraph = Model(x, Dense(3)(layer(x)))\n"
        "stack = Sequential([Input((20,)), Dense(3), layer])\n"
    )
    assert list(doubts_of(program)) == [
        "graph: the shape that layer results in is not known",
        "a model: a layer that is added is not known",
    ]


def test_a_complete_program_has_no_doubts() -> None:
    program = follow(
        "from keras import *\nfrom keras.layers import *\n"
        "stack = Sequential([Input((20,)), Dense(3)])\n"
    )
    assert list(doubts_of(program)) == []


def test_what_does_not_parse_in_a_notebook_was_not_followed() -> None:
    source = "from keras import Sequential\nthis is no python\nmodel = Sequential()\n"
    cell = {"cell_type": "code", "source": source, "metadata": {}, "outputs": []}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    pieces = pieces_of(json.dumps(notebook).encode(), "n.ipynb")
    (place,) = read_program(pieces, "n.ipynb").not_followed
    assert str(place).startswith("not followed: n.ipynb:cell 1:2: it does not parse: ")
