from __future__ import annotations

import inspect
from typing import Any

import pytest

from rnninspect.layers.registry import FAMILIES
from rnninspect.layers.signatures import POSITIONAL


@pytest.mark.keras
def test_positions_are_those_of_the_installed_keras(keras: Any) -> None:
    for name in " ".join(FAMILIES.values()).split():
        parameters = list(
            inspect.signature(getattr(keras.layers, name).__init__).parameters.values()
        )
        expected = tuple(
            one.name for one in parameters[1:] if one.kind is one.POSITIONAL_OR_KEYWORD
        )
        assert POSITIONAL.get(name, ()) == expected, name
