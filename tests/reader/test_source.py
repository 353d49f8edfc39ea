"""What the reader follows beyond one file of plain calls, judged by running it under real Keras."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import rnninspect
from rnninspect.fixing.fix import read_text
from rnninspect.ir.shape import Shape
from rnninspect.linting.result import CheckResult
from rnninspect.reader import program
from tests.programs import statement_at, verdict

HEAD = (
    "import numpy as np\nimport keras\nfrom keras import Input, Model, Sequential\n"
    "from keras.layers import *\n"
)


def codes(body: str) -> list[str]:
    return [one.code for one in read_text((HEAD + body).encode(), "p.py").errors]


STATES = (
    "a, b = Input((5, 6)), Input((4, 6))\n{}\nm = Model([a, b], Dense(1)(y))\n"
    "m.compile(loss='mse')\nX = [np.zeros((8, 5, 6)), np.zeros((8, 4, 6))]\n"
    "m.fit(X, np.zeros((8, 1)), verbose=0)\n"
)
STACK = "m = Sequential([Input((20, 6)), LSTM(4), Dense(1)])\nm.compile(loss='mse')\n"
ATTENTION = (
    "class Pool(Layer):\n"
    "    def build(self, shape):\n"
    "        self.w = self.add_weight(shape=(shape[-1], 1))\n"
    "    def call(self, x):\n"
    "        score = keras.ops.softmax(keras.ops.matmul(x, self.w), axis=1)\n"
    "        return keras.ops.sum(x * score, axis=1)\n"
    "x = Input((20, 6))\ny = Pool()(LSTM(5, return_sequences=True)(x))\n"
)


RAISES = pytest.mark.parametrize(
    ("body", "code"),
    [
        ("X = np.zeros((8, 20))\n" + STACK + "m.predict(X, verbose=0)\n", "RNN103"),
        ("X = np.zeros((8, 20, 6))\n" + STACK + "m.predict(X[0], verbose=0)\n", "RNN103"),
        ("X = np.zeros((8, 2, 20, 6))\n" + STACK + "m.predict(X, verbose=0)\n", "RNN104"),
        ("x = Input((9, 2))\na, b, c = LSTM(4, return_sequences=True)(x)\n", "RNN108"),
        ("x = Input((9, 2))\na, b = LSTM(4, return_state=True)(x)\n", "RNN108"),
        ("x = Input((9, 2))\na, b, c = GRU(4, return_state=True)(x)\n", "RNN108"),
        ("m = Sequential([Input((9, 2)), LSTM(4, stateful=True)])\n", "RNN109"),
        ("m = Sequential([Input((None, 6)), Flatten(), Dense(3)])\n", "RNN109"),
        ("m = Sequential([Input((9, None)), GRU(3)])\n", "RNN109"),
        ("m = Sequential([Input((9, 2)), Dense(0)])\n", "RNN109"),
        ("e = Sequential([Input((20, 6)), LSTM(4)])\ny = e(Input((10, 6)))\n", "RNN109"),
        (ATTENTION + "z = GRU(3)(y)\n", "RNN102"),
        ("d = Dense(4)\ny = d(Input((5, 6)))\nz = d(Input((5, 7)))\n", "RNN109"),
        (STATES.format("y = LSTM(4)(a, initial_state=[LSTM(4)(b)])"), "RNN108"),
        (
            STATES.format("_, *s = LSTM(8, return_state=True)(b)\ny = LSTM(4)(a, initial_state=s)"),
            "RNN108",
        ),
        (STATES.format("y = GRU(4)(a, initial_state=GRU(8)(b))"), "RNN108"),
        (
            STATES.format(
                "_, *s = LSTM(4, return_state=True)(b)\n"
                "y = Bidirectional(LSTM(4))(a, initial_state=s)"
            ),
            "RNN108",
        ),
        (
            "m = Sequential([Input((9, 2)), LSTM(4, name='a'), Dense(1)])\n"
            "y = LSTM(2)(m.get_layer('a').output)\n",
            "RNN101",
        ),
        (
            "m = Sequential([Input((9, 2)), LSTM(4), Dense(1)])\n"
            "y = LSTM(2)(m.layers[-2].output)\n",
            "RNN101",
        ),
        (
            "from functools import partial\ncell = partial(LSTM, 4)\n"
            "m = Sequential([Input((9, 2)), cell(), cell()])\n",
            "RNN101",
        ),
        (
            "from dataclasses import dataclass, field\n@dataclass\nclass Config:\n"
            "    depth: int = 2\n    units: list = field(default_factory=lambda: [4, 4])\n"
            "c = Config()\nm = Sequential([Input((9, 2)), *[LSTM(n) for n in c.units]])\n",
            "RNN101",
        ),
        (
            "import argparse\np = argparse.ArgumentParser()\n"
            "p.add_argument('--layers', type=int, default='2')\na = p.parse_args([])\n"
            "m = Sequential([Input((9, 2))])\nfor _ in range(a.layers):\n    m.add(LSTM(4))\n",
            "RNN101",
        ),
        (
            "kind = 'gru'\nmatch kind:\n    case 'lstm':\n        cell = LSTM\n"
            "    case 'gru' | 'g':\n        cell = GRU\n"
            "m = Sequential([Input((9, 2)), cell(3), cell(3)])\n",
            "RNN101",
        ),
    ],
)


@RAISES
def test_what_keras_raises_is_found(body: str, code: str) -> None:
    assert codes(body)[:1] == [code]


@pytest.mark.keras
@RAISES
def test_it_is_found_where_keras_raises(body: str, code: str) -> None:
    text = HEAD + body
    raised = verdict(text)
    assert raised is not None
    (found, *_) = read_text(text.encode(), "p.py").errors
    assert found.code == code
    assert found.place.line is not None
    first, last = statement_at(text, found.place.line)
    assert first <= raised[0] <= last


ACCEPTED = pytest.mark.parametrize(
    "body",
    [
        "X = np.zeros((8, 20, 6))\n" + STACK + "m.predict(X[:1], verbose=0)\n",
        "X = np.zeros((8, 20))\nm = Sequential([Input((20, 1)), LSTM(4)])\n"
        "m.predict(X, verbose=0)\n",
        "x = Input((9, 2))\na, b, c = LSTM(4, return_state=True)(x)\na, *s = GRU(2, "
        "return_state=True)(x)\n",
        "m = Sequential([Input(batch_shape=(8, 9, 2)), LSTM(4, stateful=True)])\n",
        "X = np.zeros((8, 9, 2))\nm = Sequential([LSTM(4, stateful=True)])\n"
        "m.predict(X, batch_size=8, verbose=0)\n",
        "e = Sequential([Input((None, 6)), LSTM(4)])\ny = e(Input((10, 6)))\n",
        "x = Input((100, 8))\ny = keras.ops.reshape(x, (-1, 8))\n",
        ATTENTION + "z = Dense(3)(y)\n",
        "d = Dense(4)\ny = d(Input((5, 6)))\nz = d(Input((8, 6)))\n",
        "class Wide(Layer):\n    def build(self, shape):\n"
        "        self.w = self.add_weight(shape=(9, 9))\n    def call(self, x):\n"
        "        n = keras.ops.shape(x)[-1]\n        if n < 9:\n"
        "            x = keras.ops.pad(x, ((0, 0), (0, 9 - n)))\n"
        "        return keras.ops.matmul(x, self.w)\ny = Wide()(Input((7,)))\n",
        STATES.format("_, *s = LSTM(4, return_state=True)(b)\ny = LSTM(4)(a, initial_state=s)"),
        STATES.format("y = GRU(4)(a, initial_state=GRU(4)(b))"),
        STATES.format(
            "_, *s = Bidirectional(LSTM(4, return_state=True))(b)\n"
            "y = Bidirectional(LSTM(4))(a, initial_state=s)"
        ),
    ],
)


@ACCEPTED
def test_what_keras_accepts_is_left_alone(body: str) -> None:
    assert codes(body) == []


@pytest.mark.keras
@ACCEPTED
def test_keras_accepts_it(body: str) -> None:
    assert verdict(HEAD + body) is None


@pytest.mark.keras
def test_a_layer_of_the_program_is_a_row_with_its_weights() -> None:
    body = ATTENTION + "m = Model(x, Dense(3)(y))\n"
    (model,) = read_text((HEAD + body).encode(), "p.py").program.models
    names: dict[str, Any] = {"__name__": "p"}
    exec(HEAD + body, names)
    theirs = {type(layer).__name__: layer.count_params() for layer in names["m"].layers}
    ours = {
        name: sum(weight.count.value or 0 for weight in use.all_weights())
        for (name, _), use in model.reference.items()
    }
    assert ours["pool"] == theirs["Pool"] == 5
    assert model.reference["pool", 0].output == Shape.of(None, 5)


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "src" / "parts").mkdir(parents=True)
    files = {
        "src/config.py": "UNITS = 16\nSHAPE = (20, 6)\n",
        "src/__init__.py": "",
        "src/parts/__init__.py": "from .rnn import block\n",
        "src/parts/rnn.py": "from keras.layers import LSTM\n\n"
        "def block(x, units, keep=False):\n    return LSTM(units, return_sequences=keep)(x)\n",
        "src/good.py": "from keras import Input, Model\nfrom src import config\n"
        "from .config import *\nfrom .parts import block\nimport src.parts.rnn as parts\n\n"
        "x = Input(config.SHAPE)\ny = parts.block(block(x, UNITS, True), 4)\nm = Model(x, y)\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def check() -> CheckResult:
    return rnninspect.check(["."])


def test_other_files_of_the_tree_are_followed(tree: Path) -> None:
    result = check()
    assert result.diagnostics == ()
    (good,) = [one for one in result.files if one.path.endswith("good.py")]
    assert (good.models, good.complete_models, good.layers) == (1, 1, 2)


def test_a_mistake_in_an_imported_function_is_shown_there_once(tree: Path) -> None:
    for name in ("one", "two"):
        text = (tree / "src" / "good.py").read_text().replace(", True", "")
        (tree / "src" / f"{name}.py").write_text(text)
    (found,) = check().diagnostics
    assert found.place.path == str(Path("src", "parts", "rnn.py"))
    assert (found.code, found.place.line) == ("RNN101", 4)


def test_nothing_outside_of_the_tree_is_read(tree: Path, tmp_path_factory: object) -> None:
    outside = tree.parent / f"{tree.name}_outside.py"
    outside.write_text("SHAPE = (20,)\n")
    (tree / "link.py").symlink_to(outside)
    text = (
        "from keras import Input\nfrom keras.layers import LSTM\n"
        "from link import SHAPE\nLSTM(4)(Input(SHAPE))\n"
    )
    (tree / "uses.py").write_text(text)
    (tree / "inside.py").write_text("SHAPE = (20,)\n")
    (tree / "also.py").write_text(text.replace("from link", "from inside"))
    assert [one.place.path for one in check().diagnostics] == ["also.py"]


def test_one_file_that_breaks_the_reader_does_not_end_the_check(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow = program.follow_pieces

    def breaks(interpreter: Any, pieces: Any, path: str, *more: Any) -> Any:
        if path.endswith("good.py"):
            raise ZeroDivisionError("strange")
        return follow(interpreter, pieces, path, *more)

    monkeypatch.setattr(program, "follow_pieces", breaks)
    result = check()
    (file,) = [one for one in result.files if one.status == "unreadable"]
    assert "bug in rnninspect: ZeroDivisionError" in (file.reason or "")
