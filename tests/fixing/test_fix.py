"""Fixes: what they write, when they are safe, and that real Keras builds the fixed program."""

from __future__ import annotations

import json

import pytest

from rnninspect.fixing.fix import apply_fixes, read_text
from tests.programs import program, verdict

HEAD = "from keras import Input, Model, Sequential\nfrom keras.layers import *\n"


def fixed(body: str, *, unsafe: bool = False) -> str:
    """The body of a program after its fixes."""
    after, _ = apply_fixes(read_text((HEAD + body).encode(), "p.py"), unsafe=unsafe)
    text = after.data.decode()
    assert text.startswith(HEAD)
    return text.removeprefix(HEAD)


FIXES = pytest.mark.parametrize(
    ("broken", "right"),
    [
        pytest.param(
            "m = Sequential([Input((9, 2)), LSTM(4), LSTM(4)])\n",
            "m = Sequential([Input((9, 2)), LSTM(4, return_sequences=True), LSTM(4)])\n",
            id="left out",
        ),
        pytest.param(
            "m = Sequential([Input((9, 2)), LSTM(4, return_sequences=False, name='a'), LSTM(4)])\n",
            "m = Sequential([Input((9, 2)), LSTM(4, return_sequences=True, name='a'), LSTM(4)])\n",
            id="false",
        ),
        pytest.param(
            "m = Sequential([Input((9, 2)), LSTM(4), LSTM(4), LSTM(4)])\n",
            "m = Sequential([Input((9, 2)), LSTM(4, return_sequences=True), "
            "LSTM(4, return_sequences=True), LSTM(4)])\n",
            id="twice",
        ),
        pytest.param(
            "m = Sequential([Input((9, 2)), Bidirectional(GRU(\n    4,  # units\n)), LSTM(4)])\n",
            "m = Sequential([Input((9, 2)), Bidirectional(GRU(\n"
            "    4, return_sequences=True,  # units\n)), LSTM(4)])\n",
            id="wrapped, over lines",
        ),
        pytest.param(
            "é = 'ü'; first = LSTM(4)\nm = Sequential([Input((9, 2)), first, LSTM(4)])\n",
            "é = 'ü'; first = LSTM(4, return_sequences=True)\n"
            "m = Sequential([Input((9, 2)), first, LSTM(4)])\n",
            id="a name, after letters of two bytes",
        ),
        pytest.param(
            "m = Sequential()\nm.add(Input((9, 2)))\nfor i in range(3):\n    m.add(LSTM(4))\n",
            "m = Sequential()\nm.add(Input((9, 2)))\nfor i in range(3):\n"
            "    m.add(LSTM(4, return_sequences=i < 2))\n",
            id="loop over range",
        ),
        pytest.param(
            "m = Sequential()\nm.add(Input((9, 2)))\nfor i in range(3):\n    m.add(LSTM(4))\n"
            "m.add(LSTM(2))\n",
            "m = Sequential()\nm.add(Input((9, 2)))\nfor i in range(3):\n"
            "    m.add(LSTM(4, return_sequences=True))\nm.add(LSTM(2))\n",
            id="loop before another layer",
        ),
        pytest.param(
            "sizes = [8, 4]\nm = Sequential([Input((9, 2))])\nfor n in sizes:\n    m.add(GRU(n))\n",
            "sizes = [8, 4]\nm = Sequential([Input((9, 2))])\nfor i, n in enumerate(sizes):\n"
            "    m.add(GRU(n, return_sequences=i < len(sizes) - 1))\n",
            id="loop over a list",
        ),
        pytest.param(
            "m = Sequential([Input((9, 2))])\nn = 3\nfor i in range(n):\n"
            "    m.add(LSTM(4, return_sequences=i < n - 2))\n",
            "m = Sequential([Input((9, 2))])\nn = 3\nfor i in range(n):\n"
            "    m.add(LSTM(4, return_sequences=i < n - 1))\n",
            id="wrong condition",
        ),
        pytest.param(
            "def rnn(x, keep=False):\n    return LSTM(4, return_sequences=keep)(x)\n\n"
            "x = Input((9, 2))\nm = Model(x, rnn(rnn(x)))\n",
            "def rnn(x, keep=False):\n    return LSTM(4, return_sequences=keep)(x)\n\n"
            "x = Input((9, 2))\nm = Model(x, rnn(rnn(x, keep=True)))\n",
            id="a parameter",
        ),
        pytest.param(
            "stack = [(8, False), (4, False)]\nm = Sequential([Input((9, 2))])\n"
            "for units, keep in stack:\n    m.add(LSTM(units, return_sequences=keep))\n",
            "stack = [(8, True), (4, False)]\nm = Sequential([Input((9, 2))])\n"
            "for units, keep in stack:\n    m.add(LSTM(units, return_sequences=keep))\n",
            id="a table",
        ),
        pytest.param(
            "args = dict(units=4)\nm = Sequential([Input((9, 2)), LSTM(**args), LSTM(4)])\n",
            "args = dict(units=4, return_sequences=True)\n"
            "m = Sequential([Input((9, 2)), LSTM(**args), LSTM(4)])\n",
            id="keywords from a dict",
        ),
        pytest.param(
            "m = Sequential([Input((9, 2)), LSTM(4, return_sequences=True), RepeatVector(3)])\n",
            "m = Sequential([Input((9, 2)), LSTM(4, return_sequences=False), RepeatVector(3)])\n",
            id="one too many",
        ),
        pytest.param(
            "m = Sequential([Input((9, 2)), LSTM(4), TimeDistributed(Dense(3))])\n",
            "m = Sequential([Input((9, 2)), LSTM(4, return_sequences=True), "
            "TimeDistributed(Dense(3))])\n",
            id="before TimeDistributed",
        ),
        pytest.param(
            "import numpy as np\nX = np.zeros((50, 9, 2))\n"
            "m = Sequential([Input(shape=X.shape), LSTM(4)])\n",
            "import numpy as np\nX = np.zeros((50, 9, 2))\n"
            "m = Sequential([Input(shape=X.shape[1:]), LSTM(4)])\n",
            id="the batch counted",
        ),
    ],
)


@FIXES
def test_a_safe_fix_writes_what_a_person_would(broken: str, right: str) -> None:
    assert fixed(broken) == right


@pytest.mark.keras
@FIXES
def test_keras_rejects_the_program_and_builds_the_fixed_one(broken: str, right: str) -> None:
    assert verdict(HEAD + broken) is not None
    assert verdict(HEAD + right) is None


RISKS = pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            "x = Input((9, 2))\nh = LSTM(4)(x)\nm = Model(x, [LSTM(3)(h), Dense(1)(h)])\n",
            id="another layer takes the vector",
        ),
        pytest.param(
            "def rnn(x):\n    return LSTM(4)(x)\n\nx = Input((9, 2))\n"
            "good = Model(x, rnn(x))\nbad = Model(x, LSTM(2)(rnn(x)))\n",
            id="a function that also builds another model",
        ),
        pytest.param("m = Sequential([Input((20,)), LSTM(4)])\n", id="a size that is guessed"),
    ],
)


@RISKS
def test_what_changes_more_than_the_failure_is_unsafe(body: str) -> None:
    assert fixed(body) == body
    assert fixed(body, unsafe=True) != body


@pytest.mark.keras
@RISKS
def test_keras_builds_what_an_unsafe_fix_writes(body: str) -> None:
    assert verdict(HEAD + body) is not None
    assert verdict(HEAD + fixed(body, unsafe=True)) is None


@pytest.mark.parametrize(
    "body",
    [
        "m = Sequential([Input((9, 2)), LSTM(4), Flatten(), LSTM(4)])\n",
        "m = Sequential([Input((9, 2)), LSTM(4), Reshape((3, 3))])\n",
    ],
)
def test_what_no_flag_fixes_is_left_alone(body: str) -> None:
    assert fixed(body, unsafe=True) == body


@pytest.mark.keras
@pytest.mark.parametrize("seed", range(7000, 7040))
def test_fixed_programs_run_under_keras(seed: int) -> None:
    text = program(seed)
    reading = read_text(text.encode(), "p.py")
    fixable = [one for one in reading.errors if one.code == "RNN101"]
    after, made = apply_fixes(reading)
    if fixable and not after.errors:
        assert made
        assert verdict(after.data.decode()) is None


def test_line_ends_encoding_and_mark_stay() -> None:
    text = "# -*- coding: latin-1 -*-\r\n# é\r\n" + HEAD.replace("\n", "\r\n")
    body = "m = Sequential([Input((9, 2)), LSTM(4), LSTM(4)])\r\n# end\r# odd\n"
    data = (text + body).encode("latin-1")
    after, _ = apply_fixes(read_text(data, "p.py"))
    assert after.data == data.replace(b"LSTM(4), LSTM", b"LSTM(4, return_sequences=True), LSTM")
    data = b"\xef\xbb\xbf" + (HEAD + "m = Sequential([Input((9, 2)), LSTM(4), LSTM(4)])").encode()
    after, _ = apply_fixes(read_text(data, "p.py"))
    assert after.data == data.replace(b"LSTM(4), LSTM", b"LSTM(4, return_sequences=True), LSTM")


@pytest.mark.parametrize("indent", [1, None])
@pytest.mark.parametrize("as_list", [True, False])
@pytest.mark.parametrize("in_ascii", [True, False])
def test_in_a_notebook_only_the_cell_changes(
    indent: int | None, as_list: bool, in_ascii: bool
) -> None:
    lines = ["é = '\\u00e9 \"quoted\"'\n", "m = Sequential([Input((9, 2)), LSTM(4), LSTM(4)])"]
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["LSTM(4), LSTM(4)"]},
        {"cell_type": "code", "metadata": {}, "source": HEAD, "outputs": [{"source": ["x"]}]},
        {"cell_type": "code", "source": lines if as_list else "".join(lines), "metadata": {}},
    ]
    data = json.dumps(
        {"cells": cells, "nbformat": 4, "nbformat_minor": 5}, indent=indent, ensure_ascii=in_ascii
    ).encode()
    after, made = apply_fixes(read_text(data, "n.ipynb"))
    assert made == 1
    where = data.rindex(b"LSTM(4), LSTM")
    right = b"LSTM(4, return_sequences=True), LSTM"
    assert after.data == data[:where] + right + data[where + len(b"LSTM(4), LSTM") :]


@pytest.mark.parametrize(
    ("broken", "right"),
    [
        pytest.param(
            "m = Sequential([Input((9, 2)), Flatten(), LSTM(4)])\n",
            "m = Sequential([Input((9, 2)), LSTM(4)])\n",
            id="in a list",
        ),
        pytest.param(
            "m = Sequential()\nm.add(Input((9, 2)))\nm.add(Flatten())  # flat\nm.add(LSTM(4))\n",
            "m = Sequential()\nm.add(Input((9, 2)))\nm.add(LSTM(4))\n",
            id="a line of its own",
        ),
        pytest.param(
            "x = Input((9, 2))\nif True:\n    x = Flatten()(x)\nx = LSTM(4)(x)\n",
            "x = Input((9, 2))\nif True:\n    pass\nx = LSTM(4)(x)\n",
            id="the only statement of a block",
        ),
    ],
)
def test_what_ended_a_sequence_is_left_out_only_when_asked(broken: str, right: str) -> None:
    assert fixed(broken) == broken
    assert fixed(broken, unsafe=True) == right


def test_a_feature_axis_is_certain_where_the_data_have_it() -> None:
    fed = (
        "import numpy as np\nX = np.zeros((50, 9, 1))\nm = Sequential([Input((9,)), LSTM(4)])\n"
        "m.fit(X, np.zeros((50, 4)))\n"
    )
    assert fixed(fed) == fed.replace("Input((9,))", "Input((9, 1))")
    other = fed.replace("(50, 9, 1)", "(50, 9, 2)")
    assert fixed(other) == other
