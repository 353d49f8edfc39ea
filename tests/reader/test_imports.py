"""Imports: libraries become dotted paths, files of the checked tree are followed once."""

from __future__ import annotations

from pathlib import Path

import pytest

from rnninspect.reader.program import Program, read_program
from rnninspect.reader.text.code import pieces_of
from rnninspect.reader.tree import Tree
from rnninspect.reader.values import External
from tests.reader.follow import states_after

MAIN = "from keras import Input, Model, Sequential\nfrom keras.layers import LSTM, Dense\n"


def follow(root: Path, files: dict[str, str]) -> Program:
    """Read ``main.py`` among the files."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    path = str(root / "main.py")
    return read_program(pieces_of(files["main.py"].encode(), path), path, tree=Tree(str(root)))


def units(program: Program) -> list[object]:
    return [
        getattr(layer, "units", None)
        for model in program.models
        for layer in model.layers.values()
        if hasattr(layer, "units")
    ]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("import keras.layers as x", "keras.layers"),
        ("from tensorflow.keras import layers as x", "keras.layers"),
        ("import tensorflow as tf\nx = tf.keras.layers.LSTM", "keras.layers.LSTM"),
        ("from tensorflow.python.keras.layers import GRU as x", "keras.layers.GRU"),
        ("import numpy as np\nx = np.random.rand", "numpy.random.rand"),
        ("import os.path\nx = os.path.join", "os.path.join"),
        ("from keras.layers import *\nx = LSTM", "keras.layers.LSTM"),
    ],
)
def test_a_name_of_a_library_is_its_canonical_path(text: str, path: str) -> None:
    scope, (state,) = states_after(text)
    assert state.names(scope).values["x"] == External(path)


@pytest.mark.parametrize(
    ("imports", "uses"),
    [
        ("from sizes import UNITS", "UNITS"),
        ("from sizes import UNITS as n", "n"),
        ("import sizes", "sizes.UNITS"),
        ("import sizes as s", "s.UNITS"),
        ("from sizes import *", "UNITS"),
        ("from package.inner import UNITS", "UNITS"),
        ("from package import inner", "inner.UNITS"),
        ("import package.inner", "package.inner.UNITS"),
        ("from package import double", "double(2)"),
    ],
)
def test_a_file_of_the_tree_is_followed(tmp_path: Path, imports: str, uses: str) -> None:
    program = follow(
        tmp_path,
        {
            "sizes.py": "UNITS = 2 * 2\n",
            "package/__init__.py": "from .work import double\n",
            "package/work.py": "def double(n):\n    return n * 2\n",
            "package/inner.py": "from .work import double\nUNITS = double(2)\n",
            "main.py": f"{MAIN}{imports}\nm = Sequential([Input((3, 2)), LSTM({uses})])\n",
        },
    )
    assert units(program) == [4]


def test_modules_that_import_each_other_do_not_end_the_reading(tmp_path: Path) -> None:
    program = follow(
        tmp_path,
        {
            "a.py": "import b\nSIZE = 4\ndef get():\n    return b.OTHER\n",
            "b.py": "import a\nOTHER = 5\ndef get():\n    return a.SIZE\n",
            "main.py": f"{MAIN}import a, b\nm = Sequential([Input((3, 2)), LSTM(a.SIZE), "
            "Dense(b.OTHER)])\n",
        },
    )
    assert units(program) == [4, 5]


def test_a_module_is_followed_once_and_shared(tmp_path: Path) -> None:
    program = follow(
        tmp_path,
        {
            "shared.py": "SIZES = [4]\n",
            "change.py": "from shared import SIZES\nSIZES.append(7)\n",
            "main.py": f"{MAIN}import change\nfrom shared import SIZES\n"
            "m = Sequential([Input((3, 2)), LSTM(SIZES[-1])])\n",
        },
    )
    assert units(program) in ([7], [])  # never 4


def test_a_module_that_is_not_at_hand_is_not_known(tmp_path: Path) -> None:
    program = follow(
        tmp_path,
        {
            "main.py": f"{MAIN}from .missing import UNITS\nfrom absent import change\n"
            "m = Sequential([Input((3, 2)), LSTM(UNITS)])\n"
        },
    )
    assert not any(isinstance(n, int) for n in units(program))
