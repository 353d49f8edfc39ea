"""The arguments that may lead to a printed count, and that no weighted layer is forgotten."""

from __future__ import annotations

import pytest

from rnninspect.analysis.guesses import Printed, candidates, recurrent_classes
from rnninspect.ir.shape import Shape
from rnninspect.layers import registry
from rnninspect.layers.base import Layer

UNREADABLE = {
    "EinsumDense": "its equation is not in the count",
    "GroupQueryAttention": "two numbers of heads and a width share one count",
    "GRUCell": "a summary does not list cells",
    "Highway": "its width is its input's",
    "LayerScale": "its width is its input's",
    "LocallyConnected1D": "the window and the places share one count",
    "LocallyConnected2D": "the window and the places share one count",
    "LSTMCell": "a summary does not list cells",
    "MaxoutDense": "two arguments share one factor",
    "Merge": "it holds models",
    "Normalization": "its count is one of its input's sizes",
    "ParametricSoftplus": "its count is its input's",
    "Pipeline": "it holds layers",
    "ReversibleEmbedding": "tied and untied weights share one count",
    "RMSNormalization": "its width is its input's",
    "RNN": "its cell is not in the text",
    "SimpleRNNCell": "a summary does not list cells",
    "SpectralNormalization": "its inner layer is not in the text",
    "SReLU": "its count is its input's",
    "STFTSpectrogram": "its weights are constants of its window",
    "StackedRNNCells": "a summary does not list cells",
}
"""Layers with weights whose arguments are not read from a count, and why."""
NAMES = [
    name
    for families in (registry.FAMILIES, registry.OTHER_FAMILIES)
    for names in families.values()
    for name in names.split()
]


@pytest.mark.parametrize("name", NAMES)
def test_a_layer_with_weights_declares_how_its_count_is_read(name: str) -> None:
    declaration = registry.find(name)
    assert declaration is not None
    has_weights = (declaration.parts, declaration.use) != (Layer.parts, Layer.use)
    assert has_weights == bool(declaration.reading or name in UNREADABLE), (
        f"declare `reading` in {name} (see analysis/guesses), or say in UNREADABLE why not"
    )


def test_the_usual_arguments_come_first() -> None:
    row = Printed("gru", "GRU", (Shape.of(None, 20, 6),), (Shape.of(None, 16),), 1152)
    layer = registry.find("GRU")
    assert layer is not None
    assert list(candidates(layer, row)) == [
        {"units": 16},
        {"units": 16, "reset_after": False},
        {"units": 16, "use_bias": False},
    ]


def test_recurrent_layers_are_those_that_declare_it() -> None:
    assert recurrent_classes()[:3] == ("LSTM", "GRU", "SimpleRNN")
    assert "LSTMCell" not in recurrent_classes()
