"""Layers that cut pictures out or resize them."""

from __future__ import annotations

from typing import Any

import pytest

from rnninspect.ir.operation import Call
from rnninspect.ir.shape import Shape
from rnninspect.layers import registry


@pytest.mark.parametrize("name", registry.FAMILIES["framing"].split())
def test_the_output_has_the_stated_height_and_width(name: str) -> None:
    declaration: Any = registry.find(name)
    use = declaration(name="f", height=8, width=9).apply(Call.on(Shape.of(None, 20, 20, 3)))
    assert use.output == Shape.of(None, 8, 9, 3)
    assert use.weights == ()
