"""Constructor calls held against Keras's own signatures and its own words, in every era."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import pytest

from rnninspect.ir.dims import Unknown
from rnninspect.layers import registry
from rnninspect.layers.base import Layer
from rnninspect.layers.calls import (
    Misfit,
    accepted_keywords,
    bind_arguments,
    check_call,
    positions,
    reject_class_as_layer,
    reject_class_in_wrapper,
    reject_input_shape,
    required,
)

PUBLIC = " ".join(registry.FAMILIES.values()).split()
RECORDED: Any = json.loads(
    (Path(__file__).parent.parent / "fixtures" / "signatures" / "keras-2.13.json").read_text()
)
VALUES: dict[str, Any] = {
    "activation": "relu",
    "axes": 1,
    "dims": (1,),
    "num_tokens": 2,
    "equation": "ab,bc->ac",
    "factor": 1,
    "height_factor": 0.5,
    "width_factor": 0.5,
    "bin_boundaries": [1.0],
    "layers": [],
    "rate": 0.5,
    "shape": (3,),
    "stddev": 0.5,
    "target_shape": (1,),
    "value_range": (0, 1),
}
"""An accepted value of each required argument that is not a number."""


def declared(name: str) -> type[Layer]:
    declaration = registry.find(name)
    assert declaration is not None, name
    return declaration


def minimal(name: str, keras: Any) -> dict[str, Any]:
    """The arguments without which a layer cannot be made."""
    layers = keras.layers
    values = {
        **VALUES,
        "layer": layers.LSTM(2),
        "cell": layers.LSTMCell(2),
        "cells": [layers.LSTMCell(2)],
    }
    needed = DEMANDED.get(name, required(declared(name)))
    return {argument: values.get(argument, 2) for argument in needed}


DEMANDED: dict[str, tuple[str, ...]] = {
    "CategoryEncoding": ("num_tokens",),
    "Discretization": ("bin_boundaries",),
    "InputLayer": ("shape",),
}
"""Arguments that have a default, without which the constructor raises."""


def raised(make: Any) -> tuple[str, str] | None:
    try:
        with warnings.catch_warnings(action="ignore"):
            make()
    except Exception as error:  # noqa: BLE001 - whatever a constructor says of None
        return type(error).__name__, str(error)
    return None


@pytest.mark.keras
@pytest.mark.parametrize("name", PUBLIC)
def test_positions_are_those_of_the_installed_keras(name: str, keras: Any) -> None:
    import inspect

    parameters = list(inspect.signature(getattr(keras.layers, name).__init__).parameters.values())[
        1:
    ]
    ordered = [one for one in parameters if one.kind is one.POSITIONAL_OR_KEYWORD]
    assert positions(declared(name)) == tuple(one.name for one in ordered)
    assert required(declared(name)) == tuple(
        one.name for one in ordered if one.default is inspect.Parameter.empty
    )


NOT_IN_KERAS_2 = frozenset({"Identity"})
"""Classes that Keras 2 records without a signature of their own."""


@pytest.mark.parametrize(
    "name", [n for n in RECORDED["layers"] if registry.find(n) and n not in NOT_IN_KERAS_2]
)
def test_positions_are_those_of_keras_2(name: str) -> None:
    words = RECORDED["layers"][name].split()
    assert positions(declared(name), "2") == tuple(word.rstrip("=") for word in words)


def test_keras_1_has_an_order_of_its_own() -> None:
    """Keras 1.2: ``Convolution2D(16, 3, 3)`` is a 3 × 3 window, ``LSTM(8, 'uniform')`` an init."""
    arguments = bind_arguments(declared("Conv2D"), [16, 3, 3], {"border_mode": "same"}, "1")
    assert arguments == {"nb_filter": 16, "nb_row": 3, "nb_col": 3, "border_mode": "same"}
    assert bind_arguments(declared("LSTM"), [8, "uniform"], {}, "1")["init"] == "uniform"
    assert bind_arguments(declared("LSTM"), [8, "relu"], {})["activation"] == "relu"


@pytest.mark.keras
@pytest.mark.parametrize("name", PUBLIC)
def test_accepted_keywords_are_those_of_the_installed_keras(name: str, keras: Any) -> None:
    """Of all keywords that any layer of any era accepts, each is accepted or rejected as here."""
    words = {
        word
        for other in PUBLIC
        for era in ("2", "3")
        for word in accepted_keywords(declared(other), era)
    }
    if name == "STFTSpectrogram":
        pytest.importorskip("scipy", reason="its constructor needs it")
    given = minimal(name, keras)
    for word in sorted(words - given.keys()):
        error = raised(lambda word=word: getattr(keras.layers, name)(**given, **{word: None}))
        is_rejected = error is not None and any(what in error[1] for what in REJECTED)
        misfit = check_call(declared(name), (), {**given, word: None})
        assert (misfit is not None) == is_rejected, word


REJECTED = ("Unrecognized keyword", "unexpected keyword", "got multiple values for")
"""What an unknown keyword leads to; the last where a subclass passes it to its base itself."""


CALLS = """
LSTM(8, return_sequence=True)
LSTM()
LSTM(8, units=8)
LSTM(8, activation='rleu')
LSTM(8, recurrent_initializer='orthognal')
LSTM(8, time_major=True)
LSTM(8, batch_input_shape=(1, 2, 3))
GRU(8, weights=None, reset=1)
Dense(8, 'rleu')
Dense(8, 'relu', True, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13)
Dense(8, kernel_regularizer='l3')
Dense(8, kernel_constraint='nonneg')
Dense(output_dim=3)
Dense(8, init='uniform')
Conv1D()
Conv1D(3)
Embedding()
EinsumDense('ab,bc->ac')
MultiHeadAttention()
Flatten(1, 2, 3)
RepeatVector(3, 4)
Add(3)
Average(1, 2)
GlobalMaxPooling1D(1, 2, 3)
MaxPooling2D(2, 2, 'same', None, 'a', 'b')
Masking(0, 1)
Dropout()
SpatialDropout1D(0.5, trainable=False)
Activation('LeakyReLU')
BatchNormalization(mode=2)
LSTMCell(8, return_sequences=True)
"""


@pytest.mark.keras
@pytest.mark.parametrize("call", CALLS.strip().splitlines())
def test_a_rejection_has_the_words_of_keras(call: str, keras: Any) -> None:
    name = call.partition("(")[0]
    captured: dict[str, Any] = {}

    def capture(*args: Any, **kwargs: Any) -> None:
        captured.update(args=args, kwargs=kwargs)

    eval(call, {name: capture})
    ours = check_call(declared(name), captured["args"], captured["kwargs"])
    theirs = raised(lambda: eval(call, {name: getattr(keras.layers, name)}))
    assert ours is not None
    assert (ours.error, ours.message) == theirs


@pytest.mark.keras
@pytest.mark.parametrize("name", PUBLIC)
def test_too_many_and_missing_arguments_are_said_as_python_says_them(name: str, keras: Any) -> None:
    declaration, constructor = declared(name), getattr(keras.layers, name)
    too_many = [None] * (len(positions(declaration)) + 1)
    ours = check_call(declaration, too_many, {})
    assert ours is not None
    assert raised(lambda: constructor(*too_many)) == (ours.error, ours.message)
    if required(declaration):
        missing = check_call(declaration, (), {})
        assert missing is not None
        assert raised(constructor) == (missing.error, missing.message)


@pytest.mark.keras
def test_what_keras_accepts_is_not_rejected(keras: Any) -> None:
    for name in PUBLIC:
        given = minimal(name, keras)
        assert check_call(declared(name), (), given) is None, name


def test_wrong_arguments_are_found_without_keras() -> None:
    misfit = check_call(declared("LSTM"), [8], {"return_sequence": True, "dropout": 0.1})
    assert misfit is not None
    assert misfit[:4] == (
        "unknown keyword",
        "return_sequence",
        "ValueError",
        "Unrecognized keyword arguments passed to LSTM: {'return_sequence': True}",
    )
    assert "return_sequences" in misfit.accepted
    wrapped = check_call(declared("Bidirectional"), [object()], {"return_sequences": True})
    assert wrapped is not None
    assert (wrapped.kind, wrapped.argument) == ("unknown keyword", "return_sequences")
    missing = check_call(declared("LSTM"), [], {"return_sequences": True})
    assert missing is not None
    assert missing.message == "LSTM.__init__() missing 1 required positional argument: 'units'"


def test_an_unknown_value_is_no_reason() -> None:
    arguments = {"units": Unknown("a file"), "activation": Unknown("a file")}
    assert check_call(declared("Dense"), (), arguments) is None


@pytest.mark.parametrize(
    ("name", "args", "kwargs", "era"),
    [
        ("LSTM", [8], {"batch_input_shape": (1, 2, 3), "time_major": True}, "2"),
        ("Dense", [8], {"input_dim": 3, "weights": None, "dynamic": True}, "2"),
        ("Embedding", [9, 4], {"input_length": 5}, "2"),
        ("LSTM", [], {"output_dim": 8, "inner_activation": "tanh", "return_sequences": True}, "1"),
        ("Dense", [8, "uniform"], {"input_dim": 3}, "1"),
        ("Conv2D", [16, 3, 3], {"border_mode": "valid", "input_shape": (3, 8, 8)}, "1"),
    ],
)
def test_what_an_earlier_keras_accepts_is_accepted_there(
    name: str, args: list[Any], kwargs: dict[str, Any], era: Any
) -> None:
    assert check_call(declared(name), args, kwargs, era) is None


def test_an_earlier_keras_has_words_of_its_own() -> None:
    assert check_call(declared("LSTM"), [8], {"return_sequence": True}, "2") == Misfit(
        "unknown keyword",
        "return_sequence",
        "TypeError",
        "('Keyword argument not understood:', 'return_sequence')",
        tuple(sorted(accepted_keywords(declared("LSTM"), "2"))),
    )
    unknown = check_call(declared("LSTM"), [8], {"units_": 1}, "1")
    assert unknown is not None
    assert unknown.argument == "units_"


@pytest.mark.keras
def test_what_sequential_and_wrappers_say(keras: Any) -> None:
    layers = keras.layers
    path = "keras.src.layers.rnn.lstm"
    cases = [
        (
            lambda: keras.Sequential([layers.Dense(8, input_shape=20)]),
            reject_input_shape(20),
        ),
        (lambda: keras.Sequential().add(layers.LSTM), reject_class_as_layer("LSTM", path)),
        (
            lambda: layers.Bidirectional(layers.LSTM),
            reject_class_in_wrapper("Bidirectional", "LSTM", path),
        ),
        (
            lambda: layers.TimeDistributed(layers.LSTM),
            reject_class_in_wrapper("TimeDistributed", "LSTM", path),
        ),
    ]
    for make, words in cases:
        assert raised(make) == ("ValueError", words)
    assert reject_input_shape((20,)) is None
