"""Programs with recurrent stacks, good and broken, as people write them, from a seed.

Real Keras judges them: `verdict` runs a program and says in which line Keras raises.
"""

from __future__ import annotations

import ast
import random
import traceback
import warnings
from collections.abc import Callable
from typing import Any

Layers = list[str]

IMPORTS = (
    "import numpy as np\nimport keras\nfrom keras import Input, Model, Sequential, layers\n"
    "from keras.layers import *\n"
)


def stack(chance: random.Random) -> Layers:
    """Constructor calls of a stack over ``(timesteps, features)``; about half are wrong."""
    made: Layers = []
    for _ in range(chance.randint(1, 3)):
        kind = chance.choice(["LSTM", "GRU", "SimpleRNN"])
        units = chance.choice([4, 8, 16])
        flag = chance.choice(["", ", return_sequences=True", ", return_sequences=True"])
        call = f"{kind}({units}{flag})"
        if chance.random() < 0.25:
            call = f"Bidirectional({call})"
        made.append(call)
        if chance.random() < 0.4:
            made.append(
                chance.choice(
                    ["Dropout(0.2)", "BatchNormalization()", "Activation('relu')", "Dense(6)",
                     "RepeatVector(4)", "Flatten()", "GlobalMaxPooling1D()", "MaxPooling1D(2)",
                     "Conv1D(4, 3)", "Reshape((4, 2))", "TimeDistributed(Dense(3))"]
                )
            )  # fmt: skip
    made.append(chance.choice(["Dense(1)", "TimeDistributed(Dense(2))", "Dense(2)"]))
    return made


def _add(layers: Layers, shape: str) -> str:
    lines = ["model = Sequential()", f"model.add(Input({shape}))"]
    return "\n".join([*lines, *(f"model.add({one})" for one in layers)])


def _add_in_function(layers: Layers, shape: str) -> str:
    body = [f"model.add({one})" for one in layers]
    inside = "\n    ".join(["model = keras.Sequential()", f"model.add(Input({shape}))", *body])
    return f"def build(units=8, flag=True):\n    {inside}\n    return model\n\nmodel = build()"


def _list(layers: Layers, shape: str) -> str:
    inside = "".join(f"    {one},\n" for one in layers)
    return f"model = Sequential([\n    Input({shape}),\n{inside}])"


def _list_in_name(layers: Layers, shape: str) -> str:
    inside = "".join(f"    {one},\n" for one in layers)
    return f"stack = [\n    Input({shape}),\n{inside}]\nmodel = Sequential(layers=stack)"


def _loop(layers: Layers, shape: str) -> str:
    return (
        f"stack = [{', '.join(layers)}]\nmodel = Sequential([Input({shape})])\n"
        "for layer in stack:\n    model.add(layer)"
    )


def _functional(layers: Layers, shape: str) -> str:
    lines = [f"inputs = x = Input(shape={shape})", *(f"x = {one}(x)" for one in layers)]
    return "\n".join([*lines, "model = Model(inputs=inputs, outputs=x)"])


def _functional_by_name(layers: Layers, shape: str) -> str:
    lines = [f"i = keras.Input({shape})"]
    lines += [f"l{number} = {one}" for number, one in enumerate(layers)]
    lines.append("t = i")
    lines += [f"t = l{number}(t)" for number in range(len(layers))]
    return "\n".join([*lines, "model = keras.Model(i, t)"])


def _data(layers: Layers, shape: str) -> str:
    lines = [f"X = np.zeros((10, *{shape}))", "model = Sequential()"]
    lines += [f"model.add({one})" for one in layers]
    return "\n".join([*lines, "model.compile(loss='mse')", "model.predict(X, verbose=0)"])


def _build(layers: Layers, shape: str) -> str:
    inside = ", ".join(layers)
    return f"model = Sequential([{inside}])\nmodel.build((None, *{shape}))"


def _class(layers: Layers, shape: str) -> str:
    made = "\n".join(f"        self.l{n} = {one}" for n, one in enumerate(layers))
    used = "\n".join(f"        x = self.l{n}(x)" for n in range(len(layers)))
    return (
        "class Net(keras.Model):\n    def __init__(self):\n        super().__init__()\n"
        f"{made}\n    def call(self, x):\n{used}\n        return x\n\n"
        f"net = Net()\ninputs = Input({shape})\nout = net(inputs)"
    )


def _dict(layers: Layers, shape: str) -> str:
    return (
        f"config = {{'shape': {shape}, 'stack': [{', '.join(layers)}]}}\n"
        "x = inputs = Input(**{'shape': config['shape']})\n"
        "for number, layer in enumerate(config['stack']):\n    x = layer(x)\n"
        "model = Model(inputs, x)"
    )


def _nested(layers: Layers, shape: str) -> str:
    half = max(1, len(layers) // 2)
    first, rest = ", ".join(layers[:half]), layers[half:]
    lines = [f"encoder = Sequential([Input({shape}), {first}])", f"x = inputs = Input({shape})",
             "x = encoder(x)", *(f"x = {one}(x)" for one in rest)]  # fmt: skip
    return "\n".join([*lines, "model = Model([inputs], [x])"])


STYLES: tuple[Callable[[Layers, str], str], ...] = (
    _add, _add_in_function, _list, _list_in_name, _loop, _functional, _functional_by_name,
    _data, _build, _class, _dict, _nested,
)  # fmt: skip


def program(seed: int) -> str:
    """The text of one program."""
    chance = random.Random(seed)
    style = STYLES[seed % len(STYLES)]
    shape = chance.choice(["(20, 6)", "(12, 3)", "(20, 6)", "(20,)", "(5, 20, 6)", "(8, 1)"])
    return f"{IMPORTS}\n{style(stack(chance), shape)}\n"


def statement_at(text: str, line: int) -> tuple[int, int]:
    """First and last line of the innermost simple statement that a line belongs to."""
    spans = [
        (node.lineno, node.end_lineno or node.lineno)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or 0)
    ]
    return max(spans)


def run_program(text: str) -> dict[str, Any]:
    """Execute a program and return its names. Raises whatever the program raises."""
    import keras

    scope: dict[str, Any] = {"__name__": "__main__"}
    keras.config.disable_traceback_filtering()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Keras goes on after its own warnings
        exec(compile(text, "<program>", "exec"), scope)
    return scope


def verdict(text: str) -> tuple[int, str] | None:
    """The innermost line of the program in which Keras raises, and what it says."""
    try:
        run_program(text)
    except Exception as error:  # noqa: BLE001 - whatever Keras raises is the verdict
        lines = [
            frame.lineno
            for frame in traceback.extract_tb(error.__traceback__)
            if frame.filename == "<program>"
        ]
        return lines[-1] or 0, str(error)
    return None
