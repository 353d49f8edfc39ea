"""Each model with the variable that holds it, the statement and its line."""

from __future__ import annotations

from rnninspect.ir.model import Model
from rnninspect.reader.program import read_program
from rnninspect.reader.text.code import pieces_of

HEAD = "from keras import *\nfrom keras.layers import *\n"
MAKE = (
    "def make(n, kind=LSTM):\n    model = Sequential([Input((20, 6)), kind(n)])\n    return model\n"
)


def models_of(body: str) -> tuple[Model, ...]:
    """Return the models of a program; its first line has the number 3."""
    return read_program(pieces_of((HEAD + body).encode(), "train.py"), "train.py").models


def bindings_of(body: str) -> list[tuple[str, str, int | None] | None]:
    """Return the variable, the statement and the line of each model of a program."""
    return [
        None
        if model.binding is None
        else (model.binding.name, model.binding.text, model.binding.place.line)
        for model in models_of(body)
    ]


def test_each_call_of_a_function_makes_a_model() -> None:
    body = f"{MAKE}small = make(8)\nlarge = make(64)\nother = make(8, GRU)\n"
    assert bindings_of(body) == [
        ("small", "small = make(8)", 6),
        ("large", "large = make(64)", 7),
        ("other", "other = make(8, GRU)", 8),
    ]
    units = [[layer.class_name for layer in model.layers.values()][-1] for model in models_of(body)]
    assert units == ["LSTM", "LSTM", "GRU"]


def test_each_iteration_of_a_loop_makes_a_model() -> None:
    body = f"{MAKE}for kind in (SimpleRNN, LSTM, GRU):\n    model = make(3, kind)\n"
    assert bindings_of(body) == [("model", "model = make(3, kind)", 7)] * 3


def test_the_first_variable_of_the_outermost_scope_counts() -> None:
    body = f"{MAKE}a = b = make(3)\nc = a\n"
    assert bindings_of(body) == [("a", "a = b = make(3)", 6)]


def test_a_model_of_inputs_and_outputs_has_its_variable() -> None:
    body = "x = Input((20, 6))\ngraph = Model(x, LSTM(5)(x))\n"
    assert bindings_of(body) == [("graph", "graph = Model(x, LSTM(5)(x))", 4)]


def test_an_attribute_can_hold_a_model() -> None:
    body = (
        "class Net:\n    def __init__(self):\n"
        "        self.core = Sequential([Input((20, 6)), LSTM(3)])\nnet = Net()\n"
    )
    assert bindings_of(body) == [
        ("self.core", "self.core = Sequential([Input((20, 6)), LSTM(3)])", 5)
    ]


def test_a_model_that_no_variable_holds() -> None:
    assert bindings_of("Sequential([Input((20, 6)), LSTM(3)]).compile('adam')\n") == [None]


GROWN = "model = Sequential([Input((20, 6)), Dense(3)])\n{}model.add(Dense(4))\n"


def test_a_model_is_shown_as_it_is_where_its_summary_is_printed() -> None:
    (model,) = models_of(GROWN.format("model.summary()\n"))
    assert len(model.nodes) == 1
    (model,) = models_of(GROWN.format("") + "model.summary()\n")
    assert len(model.nodes) == 2
    (model,) = models_of(GROWN.format(""))
    assert len(model.nodes) == 2


def test_the_last_summary_counts() -> None:
    body = GROWN.format("model.summary()\n") + "model.summary()\nmodel.add(Dense(5))\n"
    (model,) = models_of(body)
    assert len(model.nodes) == 2


def test_what_trains_is_as_it_is_at_the_summary() -> None:
    body = (
        "x = Input((20, 6))\nmodel = Model(x, Dense(5)(x))\nmodel.layers[1].trainable = False\n"
        "model.summary()\nmodel.layers[1].trainable = True\n"
    )
    (model,) = models_of(body)
    assert [layer.trainable for layer in model.layers.values()] == [True, False]
