"""The order of a model's layers is that of Keras."""

from __future__ import annotations

import ast
import random
from typing import Any

import pytest

from rnninspect.diagnostics import Place
from rnninspect.ir.operation import Application, Call
from rnninspect.ir.shape import Shape
from rnninspect.layers.core import Dense, InputLayer
from rnninspect.reader.context import Frame
from rnninspect.reader.interpreter import Interpreter
from rnninspect.reader.keras.order import layers_of
from rnninspect.reader.record import Record
from rnninspect.reader.values import GraphRef, LayerRef, ScopeRef, Tensor, Use
from tests.reader.keras.reading import IMPORTS


def start(name: str) -> Tensor:
    layer = LayerRef(InputLayer(name=name, batch_shape=(None, 4)), Place())
    return Tensor(Shape.of(None, 4), input_layer=layer)


def after(layer: LayerRef, *inputs: Tensor, number: int = 0) -> Tensor:
    shape = Shape.of(None, 4)
    application = Application(layer.operation, Call((shape,)), shape)
    return Tensor(shape, Use(layer, number, inputs, {}, Place(), application))


def dense(name: str) -> LayerRef:
    return LayerRef(Dense(name=name, units=4), Place())


@pytest.mark.parametrize("swapped", [False, True])
def test_deeper_layers_come_first(swapped: bool) -> None:
    x, y = start("x"), start("y")
    deep = after(dense("second"), after(dense("first"), x))
    flat = after(dense("flat"), y)
    end = after(dense("end"), *((flat, deep) if swapped else (deep, flat)))
    inputs = [x, y]
    graph = GraphRef("m", Place(), object(), inputs, end)
    names = [layer.operation.name for layer in layers_of(graph)]
    assert names[0] == "x"
    assert names[-1] == "end"
    assert names.index("first") < names.index("second")
    assert names.index("y") < names.index("flat")
    assert names.index("first") < names.index("flat")


def program(seed: int) -> str:
    """Return a program with a random graph of layers, some of them used twice."""
    chance = random.Random(seed)
    lines = [f"t{n} = Input((4,))" for n in range(chance.randint(1, 3))]
    inputs, count, shared = len(lines), len(lines), 0
    for _ in range(chance.randint(3, 9)):
        chosen = [f"t{chance.randrange(count)}" for _ in range(2)]
        kind = chance.randrange(4)
        if kind == 0:
            lines.append(f"t{count} = Add()([{', '.join(chosen)}])")
        elif kind == 1 and shared:
            lines.append(f"t{count} = d{chance.randrange(shared)}({chosen[0]})")
        else:
            lines += [f"d{shared} = Dense(4)", f"t{count} = d{shared}({chosen[0]})"]
            shared += 1
        count += 1
    ends = ", ".join(f"t{n}" for n in {count - 1, chance.randrange(inputs, count)})
    starts = ", ".join(f"t{n}" for n in range(inputs))
    return "\n".join([*lines, f"m = Model([{starts}], [{ends}])"])


@pytest.mark.keras
@pytest.mark.parametrize("seed", range(30))
def test_the_order_of_random_graphs_is_that_of_keras(seed: int, keras: Any) -> None:
    text = f"{IMPORTS}{program(seed)}\n"
    built: dict[str, Any] = {}
    exec(text, built)
    reader = Interpreter(Record())
    scope = ScopeRef(path="p.py")
    reader.state.new_names(scope, {})
    reader.frame = Frame(scope, "p.py", None)
    (state,) = reader.block(ast.parse(text).body, [reader.state]).next
    found = layers_of(state.names(scope).values["m"])
    assert [layer.operation.name for layer in found] == [layer.name for layer in built["m"].layers]
