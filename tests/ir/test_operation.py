"""What can be called on tensors, and the result of one use of it."""

from __future__ import annotations

import pytest

from rnninspect.ir.operation import Call, again
from rnninspect.ir.shape import Shape
from rnninspect.layers.core import Dense
from rnninspect.layers.recurrent import LSTM
from rnninspect.layers.wrappers import Bidirectional


def test_a_declaration_is_frozen_and_knows_its_arguments() -> None:
    layer = Dense(name="d", units=3)
    with pytest.raises(AttributeError, match="frozen"):
        layer.units = 4  # type: ignore[misc]
    with pytest.raises(TypeError, match="needs the argument 'units'"):
        Dense(name="d")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="has no argument 'unit'"):
        Dense(name="d", units=3, unit=4)  # type: ignore[call-arg]
    assert layer.but(units=5).units == 5


def test_freezing_reaches_what_a_wrapper_holds() -> None:
    wrapper = Bidirectional(name="b", layer=LSTM(name="l", units=4))
    assert not wrapper.frozen().layer.trainable
    assert wrapper.layer.trainable


def test_shared_weights_are_counted_once() -> None:
    """Dense: (6 + 1) × 3 = 21, in two weights."""
    use = Dense(name="d", units=3).apply(Call.on(Shape.of(None, 6)))
    assert [weight.count.value for weight in use.all_weights()] == [18, 3]
    assert use._replace(parts=()).unknown == ""


def test_a_layer_demands_the_width_it_was_built_on() -> None:
    layer = Dense(name="d", units=3)
    first, other = (layer.apply(Call.on(Shape.of(None, n))) for n in (6, 7))
    rejected = again(other, first).rejected
    assert rejected is not None
    assert "expected axis -1 of input shape to have value 6" in rejected.message
    assert again(first, first).rejected is None


def test_the_input_is_the_first_argument_by_position_or_keyword() -> None:
    assert Call.on(Shape.of(1)).first == Shape.of(1)
    assert Call(kwargs={"query": Shape.of(2)}).first == Shape.of(2)
