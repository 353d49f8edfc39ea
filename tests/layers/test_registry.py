"""The registry beside the installed Keras: every public class, every argument, every default."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import MISSING
from importlib import import_module
from typing import Any

import pytest

from rnninspect.layers import registry
from rnninspect.layers.base import Layer, fits

MODELLED = sorted(name for names in registry.FAMILIES.values() for name in names.split())

OLD = {
    "Embedding": {"input_length"},
    "ReversibleEmbedding": {"input_length"},
    "StringLookup": {"vocabulary_size"},
    "IntegerLookup": {"vocabulary_size"},
    "TextVectorization": {"vocabulary_size"},
    "BatchNormalization": {"renorm_clipping"},
    "LayerNormalization": {"rms_scaling"},
    "LSTM": {"implementation"},
    "LSTMCell": {"implementation"},
    "GRU": {"implementation"},
    "GRUCell": {"implementation"},
}
"""Arguments that Keras takes among its ``**kwargs``, or took in an earlier version."""


def public_classes(keras: Any) -> Iterator[tuple[str, type]]:
    for name in dir(keras.layers):
        value = getattr(keras.layers, name)
        if inspect.isclass(value):
            yield name, value


def is_known(name: str) -> bool:
    name = registry.ALIASES.get(name, name)
    return name in MODELLED or name in registry.FOREIGN


@pytest.mark.keras
def test_every_public_class_of_keras_layers_is_in_the_registry(keras: Any) -> None:
    missing = [name for name, _ in public_classes(keras) if not is_known(name)]
    assert missing == []


@pytest.mark.keras
def test_the_registry_holds_nothing_that_keras_lacks(keras: Any) -> None:
    public = {name for name, _ in public_classes(keras)}
    listed = {*MODELLED, *registry.FOREIGN}
    assert listed - public == set()


@pytest.mark.keras
def test_an_alias_is_the_same_class_in_keras(keras: Any) -> None:
    for alias, name in registry.ALIASES.items():
        if hasattr(keras.layers, alias):
            assert getattr(keras.layers, alias) is getattr(keras.layers, name), alias


def test_no_name_is_in_two_tables() -> None:
    names = [*MODELLED, *registry.FOREIGN, *registry.ALIASES]
    assert sorted(names) == sorted(set(names))


def parameters(cls: type) -> dict[str, inspect.Parameter]:
    """What a Keras constructor takes, those of its bases for ``**kwargs`` included."""
    found: dict[str, inspect.Parameter] = {}
    for base in cls.__mro__:
        if "__init__" not in vars(base) or base is object:
            continue
        signature = inspect.signature(vars(base)["__init__"])
        for name, parameter in signature.parameters.items():
            if name == "self" or parameter.kind is parameter.VAR_KEYWORD:
                continue
            # What a base requires, the class itself passes to it.
            if base is cls or parameter.default is not parameter.empty:
                found.setdefault(name, parameter)
        if not any(p.kind is p.VAR_KEYWORD for p in signature.parameters.values()):
            break
    return found


def differences(ours: type[Layer], theirs: type) -> Iterator[str]:
    """Where a declaration's arguments or defaults are not those of the Keras class."""
    taken = parameters(theirs)
    fields = {one.name: one for one in ours.declared() if not one.metadata}
    for name, parameter in taken.items():
        if name in ("args", "kwargs", "pool_mode"):  # MaxPooling is BasePooling of pool_mode "max"
            continue
        if name not in fields:
            yield f"{name} is missing"
            continue
        default = fields[name].default
        if parameter.default is inspect.Parameter.empty:
            if default is not MISSING:
                yield f"{name} has no default in Keras"
            continue
        theirs_default = parameter.default
        if isinstance(theirs_default, list):
            theirs_default = tuple(theirs_default)
        if default is MISSING or default != theirs_default:
            yield f"{name}: {default!r}, Keras has {parameter.default!r}"
    general = {"name", "trainable", "dtype", "autocast", "activity_regularizer", "time_major"}
    for name in fields:
        if name not in taken and name not in general | OLD.get(ours.__name__, set()):
            yield f"{name} is not Keras's"


@pytest.mark.keras
@pytest.mark.parametrize("name", MODELLED)
def test_arguments_and_defaults_are_those_of_keras(name: str, keras: Any) -> None:
    ours = registry.find(name)
    assert ours is not None
    assert list(differences(ours, getattr(keras.layers, name))) == []


@pytest.mark.keras
def test_a_default_that_differs_would_be_found(keras: Any) -> None:
    ours = registry.find("SimpleRNN")
    assert ours is not None
    assert list(differences(ours, keras.layers.GRU))


@pytest.mark.parametrize("name", MODELLED)
def test_every_declaration_tells_what_it_is(name: str) -> None:
    found = registry.find(name)
    assert found is not None and found.__doc__


def test_every_declaration_is_in_its_familys_line() -> None:
    """A class that is in a family's file and in no line of the registry would be unknown."""
    for families in (registry.FAMILIES, registry.OTHER_FAMILIES):
        for family, names in families.items():
            module = import_module(f"rnninspect.layers.{family}")
            declared = {
                name
                for name, value in vars(module).items()
                if inspect.isclass(value)
                and issubclass(value, Layer)
                and value.__module__ == module.__name__
            }
            bases = {base.__name__ for name in declared for base in vars(module)[name].__mro__[1:]}
            forgotten = declared - set(names.split()) - bases - INNER
            assert not forgotten, f"add {forgotten} to {family!r} in layers/registry.py"


INNER = {"Projection"}
"""Layers that only another layer holds."""


def test_why_not_is_a_reason_a_user_can_read() -> None:
    assert registry.why_not("Lambda") == "Lambda is not modelled: it runs Python code"
    assert registry.why_not("Mine") == "Mine is not a built-in Keras layer"


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("int", 3, True),
        ("int", True, False),
        ("int", 2**70, False),
        ("int | None", None, True),
        ("float", 1, True),
        ("bool", 1, False),
        ("Sizes", [1, 2], True),
        ("Sizes", "3", False),
        ("tuple[int | None, ...]", [1, None], True),
        ("tuple[int, ...]", [1, "2"], False),
        ("int | tuple[int, ...]", [1], True),
        ("str", "valid", True),
        ("str | None", 3, False),
    ],
)
def test_values_fit_the_kinds_that_are_declared(kind: str, value: object, expected: bool) -> None:
    assert fits(kind, value) is expected
