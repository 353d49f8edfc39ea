from __future__ import annotations

import ast

import pytest

from rnninspect.reader.relevance import Relevance
from rnninspect.reader.text.code import pieces_of

PROGRAM = """
import numpy as np
from keras import Sequential
from keras.layers import LSTM

make_layer = lambda units: LSTM(units)
count = lambda data: len(data)

def plain(data):
    return data.mean()

def builder(units):
    return Sequential([LSTM(units)])

def caller():
    return builder(4)

def by_name(layers, settings):
    return getattr(layers, "LSTM")(settings)

def outer():
    def helper():
        return caller()
    return helper()

class Net:
    def __init__(self):
        self.first = LSTM(4)

    def call(self, x):
        return self.first(x)

    def get_config(self):
        return {"a": 1}

class Table:
    def __init__(self):
        self.rows = []

    def add_row(self, row):
        self.rows.append(row)
"""


@pytest.fixture
def relevant() -> set[str]:
    pieces = pieces_of(PROGRAM.encode(), "p.py")
    relevance = Relevance(pieces, "p.py", None)
    assert relevance.is_any
    functions = (ast.FunctionDef, ast.Lambda)
    found = set()
    for node in ast.walk(pieces[0].tree):
        if isinstance(node, functions) and relevance.holds(node):
            found.add(getattr(node, "name", ast.unparse(node)))
    return found


def test_what_builds_and_what_uses_what_is_built(relevant: set[str]) -> None:
    wanted = {"builder", "caller", "by_name", "outer", "__init__", "call"}
    assert wanted | {"lambda units: LSTM(units)"} <= relevant


def test_what_has_nothing_to_do_with_layers(relevant: set[str]) -> None:
    others = {"plain", "get_config", "add_row", "lambda data: len(data)"}
    assert not others & relevant


def test_a_program_without_any_word_of_keras_is_not_followed() -> None:
    text = "import keras\nprint(keras.__version__)\n"
    assert not Relevance(pieces_of(text.encode(), "p.py"), "p.py", None).is_any
