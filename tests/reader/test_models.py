"""The models that a program makes: each once, in its most complete form, with its name and line."""

from __future__ import annotations

from tests.reader.following import program_of


def names(text: str) -> list[list[str]]:
    return [list(model.layers) for model in program_of(text).models]


def test_a_function_that_is_called_twice_makes_two_models() -> None:
    text = "def f(n):\n    return Sequential([Input((3, 2)), LSTM(n)])\na = f(4)\nb = f(8)"
    found = program_of(text).models
    assert [getattr(model.layers[list(model.layers)[-1]], "units", 0) for model in found] == [4, 8]


def test_a_loop_makes_a_model_each_time() -> None:
    text = "ms = []\nfor n in (2, 3, 4):\n    ms.append(Sequential([Input((3, 2)), LSTM(n)]))"
    assert len(program_of(text).models) == 3


def test_a_model_is_what_it_is_in_the_end() -> None:
    text = "m = Sequential()\nm.add(Input((3, 2)))\nm.add(LSTM(4))\nm.add(Dense(1))"
    assert names(text) == [["input_layer", "lstm", "dense"]]


def test_of_two_ways_the_larger_model_is_shown() -> None:
    text = "import sys\nm = Sequential([Input((3, 2)), LSTM(4)])\nif sys.argv[1:]:\n"
    text += "    m.add(Dense(2))\n    m.add(Dense(1))"
    assert names(text) == [["input_layer", "lstm", "dense", "dense_1"]]


def test_a_model_that_code_elsewhere_gets_is_shown_as_it_was() -> None:
    text = "from elsewhere import change\nm = Sequential([Input((3, 2)), LSTM(4)])\nchange(m)"
    assert names(text) == [["input_layer", "lstm"]]


def test_why_a_model_is_not_known() -> None:
    found = program_of("m = Sequential([LSTM(4), Dense(2), *unknown_layers])")
    assert found.models == ()
    assert found.unknown == ("the list of its layers is not known",)
