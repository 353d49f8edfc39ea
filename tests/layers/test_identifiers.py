"""Names of activations, initializers, losses and the like: those that Keras knows."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from rnninspect.ir.dims import Unknown
from rnninspect.layers.identifiers import NAMES, accepted_names, family_of, reject_name

MODULES = {
    "activation function": "activations",
    "constraint": "constraints",
    "initializer": "initializers",
    "loss": "losses",
    "optimizer": "optimizers",
    "regularizer": "regularizers",
}
RECORDED: Any = json.loads(
    (Path(__file__).parent.parent / "fixtures" / "signatures" / "keras-2.13.json").read_text()
)


@pytest.mark.keras
@pytest.mark.parametrize("family", NAMES)
def test_the_names_are_those_of_the_installed_keras(family: str) -> None:
    module = import_module(f"keras.src.{MODULES[family]}")
    assert set(accepted_names(family, "3") or ()) == set(module.ALL_OBJECTS_DICT)
    with pytest.raises(ValueError, match=f"Could not interpret {family} identifier: nonsense"):
        module.get("nonsense")


@pytest.mark.parametrize("family", NAMES)
def test_what_keras_2_knows_is_accepted_there(family: str) -> None:
    argument = "activation" if family == "activation function" else family
    for name in RECORDED["names"][MODULES[family]].split():
        assert reject_name(argument, name, "2") is None, name


def test_an_argument_names_its_family() -> None:
    assert family_of("recurrent_activation") == "activation function"
    assert family_of("kernel_initializer") == "initializer"
    assert family_of("loss") == "loss"
    assert family_of("units") is None


def test_an_unknown_name_is_rejected_in_the_words_of_its_era() -> None:
    said = reject_name("activation", "rleu")
    assert said == "Could not interpret activation function identifier: rleu"
    assert reject_name("activation", "rleu", "2") == (
        "Unknown activation function 'rleu' cannot be deserialized."
    )
    assert str(reject_name("loss", "msee", "2")).startswith("Unknown loss function: 'msee'.")
    assert reject_name("activation", "LeakyReLU") is not None
    assert reject_name("activation", "LeakyReLU", "2") is None


def test_what_may_be_known_to_the_program_alone_is_accepted() -> None:
    assert reject_name("activation", "my_package>snake") is None
    assert reject_name("activation", Unknown("a file")) is None
    assert reject_name("optimizer", "ADAM") is None
    assert reject_name("kernel_regularizer", "l3", "2") is None
