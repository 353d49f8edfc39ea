from __future__ import annotations

from typing import Any

import pytest

from rnninspect.ir.operation import Call
from rnninspect.ir.shape import Shape
from rnninspect.layers import registry
from rnninspect.layers.calls import Misfit
from rnninspect.layers.miscalled import Miscalled, path_of_class


def test_nothing_comes_of_a_call_that_is_rejected() -> None:
    misfit = Misfit("missing", "units", "TypeError", "LSTM lacks units")
    layer = Miscalled(name="lstm", written_class="LSTM", misfit=misfit)
    application = layer.apply(Call.on(Shape.of(None, 20, 6)))
    assert application.rejected is not None
    assert application.rejected.message == "LSTM lacks units"
    assert isinstance(application.output, Shape) and application.output.rank is None


def test_the_path_of_a_class() -> None:
    assert path_of_class("LSTM") == "keras.src.layers.rnn.lstm.LSTM"
    assert path_of_class("MaxPool1D").endswith("pooling.max_pooling1d.MaxPooling1D")


@pytest.mark.keras
@pytest.mark.parametrize("name", " ".join(registry.FAMILIES.values()).split())
def test_keras_has_the_class_there(name: str, keras: Any) -> None:
    found = getattr(keras.layers, name)
    assert path_of_class(name) == f"{found.__module__}.{found.__name__}"
