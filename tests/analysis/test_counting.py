"""Counts of one application, added up from its weights."""

from __future__ import annotations

from rnninspect.analysis.counting import count, number_of, owned_weights
from rnninspect.ir.operation import Call
from rnninspect.ir.shape import Shape
from rnninspect.layers.recurrent import LSTM
from rnninspect.layers.wrappers import Bidirectional


def test_weights_are_found_under_the_path_of_their_owner() -> None:
    """2 × 4 × (6 + 8 + 1) × 8 = 960."""
    wrapper = Bidirectional(name="b", layer=LSTM(name="l", units=8))
    use = wrapper.apply(Call.on(Shape.of(None, 20, 6)))
    owned = owned_weights(use)
    assert owned[0].path == "forward_layer/kernel"
    assert owned[-1].path == "backward_layer/bias"
    assert count(one.weight for one in owned).value == 960
    assert number_of(use.all_weights()) == 960
