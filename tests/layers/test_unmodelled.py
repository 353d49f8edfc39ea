"""A layer of which only the name is known."""

from __future__ import annotations

from rnninspect.ir.operation import Call
from rnninspect.ir.shape import Shape
from rnninspect.layers.unmodelled import Unmodelled


def test_neither_its_output_nor_its_weights_are_guessed() -> None:
    layer = Unmodelled(name="mine", written_class="Mine", reason="it is the user's own")
    use = layer.apply(Call.on(Shape.of(None, 3)))
    assert isinstance(use.output, Shape)
    assert use.output.dims is None
    assert use.unknown == "it is the user's own"
    assert layer.class_name == "Mine"
