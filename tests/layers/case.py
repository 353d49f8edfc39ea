"""A layer on an input with a count and a shape worked out by hand; real Keras is asked as well."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from rnninspect.analysis.counting import count, formula_of
from rnninspect.ir.operation import Application, Call
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure, sizes_of
from rnninspect.layers import registry

Size = tuple[int | None, ...]


Build = Callable[[Any], Any]
"""Makes a layer from a namespace: ours, or ``keras.layers``."""


class Case(NamedTuple):
    """``build`` makes the layer from a namespace, ours or ``keras.layers``.

    ``inputs`` are shapes without the batch: one, or a list that the layer is called on.
    ``output`` has the batch; several outputs are a list.
    """

    build: Build
    inputs: Size | list[Size]
    params: int
    output: Any
    trainable: int | None = None
    spread: bool = False
    """Whether several inputs are several arguments, as in attention(query, value)."""


class Ours:
    """Our declarations under the names of ``keras.layers``."""

    def __getattr__(self, name: str) -> Any:
        found = registry.find(name)
        assert found is not None, f"{name} is not modelled"
        return found


def apply(case: Case) -> Application:
    """What our declaration says of the case."""
    layer = case.build(Ours())
    if isinstance(case.inputs, list):
        shapes: list[Structure] = [Shape.of(None, *size) for size in case.inputs]
        call = Call(tuple(shapes)) if case.spread else Call.on(shapes)
    else:
        call = Call.on(Shape.of(None, *case.inputs))
    result = layer.apply(call)
    assert isinstance(result, Application)
    return result


def check_by_hand(case: Case) -> None:
    """Counts and shape are those worked out by hand; the formula comes to the count."""
    application = apply(case)
    assert application.unknown == ""
    assert application.rejected is None
    weights = list(application.all_weights())
    assert count(weights).value == case.params
    trainable = case.params if case.trainable is None else case.trainable
    training = [w for w in weights if w.trainable and application.operation.trainable]
    assert count(training).value == trainable
    assert sizes_of(application.output) == _lists(case.output)
    formula = formula_of(application)
    if formula is None:
        assert case.params == 0
    else:
        assert evaluate(formula.numbers) == case.params


def check_with_keras(case: Case, keras: Any) -> None:
    """Keras comes to the same numbers: the second witness of what was computed by hand."""
    layer = case.build(keras.layers)
    if isinstance(case.inputs, list):
        tensors = [keras.Input(size) for size in case.inputs]
        output = layer(*tensors) if case.spread else layer(tensors)
    else:
        output = layer(keras.Input(case.inputs))
    assert layer.count_params() == case.params
    trainable = case.params if case.trainable is None else case.trainable
    assert sum(w.shape.num_elements() for w in layer.trainable_weights) == trainable
    assert _shapes(output) == _lists(case.output)


def evaluate(formula: str) -> int:
    """The value of a formula as it is printed."""
    code = formula.replace("×", "*").replace(",", "")
    assert set(code) <= set("0123456789+*() "), formula
    return int(eval(code, {"__builtins__": {}}))


def _shapes(output: Any) -> Any:
    if isinstance(output, list | tuple):
        return [_shapes(one) for one in output]
    return list(output.shape)


def _lists(value: Any) -> Any:
    return [_lists(v) for v in value] if isinstance(value, list | tuple) else value
