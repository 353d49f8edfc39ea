"""Programs of Keras, read by the reader, and built by real Keras."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

from rnninspect.analysis.analyse import analyse
from rnninspect.ir.shape import Shape
from tests.reader.following import program_of

Line = tuple[str, Any, int | None]
"""The name of a layer, the sizes of its output, and its number of parameters."""

IMPORTS = (
    "import keras\nfrom keras import Input, Model, Sequential, ops\n"
    "from keras.layers import *\nimport numpy as np\n"
)


def lines(text: str) -> list[Line]:
    """Return the rows of the last model that a program makes, without its inputs."""
    *_, model = program_of(text).models
    return [
        (row.name, sizes(row.output_shape), row.parameters.value)
        for row in analyse(model).layers
        if row.class_name != "InputLayer"
    ]


def sizes(shape: object) -> Any:
    """Return sizes as plain tuples, in lists for several outputs."""
    if isinstance(shape, Shape):
        return shape.sizes
    return [sizes(part) for part in shape] if isinstance(shape, list | tuple) else shape


def built(text: str, keras: Any) -> list[Line]:
    """Return the same of the model ``m`` that real Keras builds."""
    keras.utils.clear_session()
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(IMPORTS + dedent(text), "program.py", "exec"), names)
    return [
        (layer.name, _sizes_of(layer.output), layer.count_params())
        for layer in names["m"].layers
        if type(layer).__name__ != "InputLayer"
    ]


def _sizes_of(tensor: Any) -> Any:
    if isinstance(tensor, list | tuple):
        return [_sizes_of(part) for part in tensor]
    return tuple(tensor.shape)


def rejections(text: str) -> list[tuple[int, str]]:
    """Return the line and the class of each call that Keras would certainly reject."""
    before = IMPORTS.count("\n")
    found = [model.nodes[-1] for model in program_of(text).rejected]
    return sorted(
        ((node.place.line or 0) - before, node.layer.rstrip("_0123456789")) for node in found
    )
