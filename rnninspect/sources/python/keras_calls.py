"""What calls of Keras give: layers, inputs, models, and operations on tensors."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from rnninspect.ir.operation import Operation
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import flatten
from rnninspect.layers.base import Layer
from rnninspect.sources.python import library
from rnninspect.sources.python.applying import operation
from rnninspect.sources.python.arrays import sizes_of
from rnninspect.sources.python.feeding import feed, shape_of_batch
from rnninspect.sources.python.graphs import layers_of
from rnninspect.sources.python.making import input_tensor, make, shape_from
from rnninspect.sources.python.objects import add_weight, use_instance
from rnninspect.sources.python.run import shape_of
from rnninspect.sources.python.stacks import add, build, forget, pop, sequential, use
from rnninspect.sources.python.values import (
    External,
    Graph,
    Instance,
    Made,
    Method,
    Missing,
    Stack,
    Tensor,
)

if TYPE_CHECKING:
    from rnninspect.sources.python.interpreter import Interpreter

_MERGES = {
    name.lower(): name
    for name in "Add Average Concatenate Dot Maximum Minimum Multiply Subtract".split()
}
_SETTINGS = {"image_data_format": "channels_last", "image_dim_ordering": "tf"}
"""What Keras answers unless a user's configuration says otherwise."""

_FED = frozenset("fit predict evaluate train_on_batch test_on_batch predict_on_batch".split())
"""The methods of a model whose first argument is data."""


def call(
    reader: Interpreter, function: External, args: list[Any], kwargs: dict[str, Any], node: ast.AST
) -> Any:
    """A call of one of Keras's names."""
    name, path = function.last, function.path
    if name in _SETTINGS:
        return _SETTINGS[name]
    if name == "Input":
        return input_tensor(reader, args, kwargs, node)
    if name == "Sequential":
        return sequential(reader, args, kwargs, node)
    if name in ("Model", "Functional"):
        return _model(reader, args, kwargs, node)
    if name in _MERGES and ".layers" in path and ".backend" not in path:
        given = {**kwargs, "axes": args[1]} if name == "dot" and len(args) > 1 else kwargs
        return use(reader, make(reader, _MERGES[name], [], given, node), args[:1], {}, node)
    is_operation = (
        ".ops." in path or ".backend." in path or path.rpartition(".")[0] == "keras.activations"
    )
    if not is_operation and name[:1].isupper() and not any(
        part in path
        for part in (".optimizers", ".callbacks", ".losses", ".metrics", ".initializers",
                     ".regularizers", ".constraints", ".applications", ".preprocessing")
    ):  # fmt: skip
        return make(reader, name, args, kwargs, node)
    if any(isinstance(one, Tensor) for one in flatten([args, kwargs])):
        return operation(reader, name, args, kwargs, node)
    if not is_operation:
        forget(args, kwargs)
    return library.call(reader, function, args, kwargs, node)


def _model(reader: Interpreter, args: list[Any], kwargs: dict[str, Any], node: ast.AST) -> Any:
    names = ("inputs", "outputs", "name")
    given = {**dict(zip(names, args, strict=False)), **kwargs}
    inputs = given.get("inputs", given.get("input"))
    outputs = given.get("outputs", given.get("output"))
    if inputs is None or outputs is None:
        return Missing("a model of its own class")
    name = given.get("name")
    made = Graph(
        name if isinstance(name, str) else reader.run.auto_name("Functional"),
        reader.run.place(node),
        inputs,
        outputs,
    )
    reader.run.graphs.append(made)
    return made


def attribute(reader: Interpreter, value: Any, name: str) -> Any:
    """An attribute of a layer or a model."""
    if isinstance(value, Stack):
        if name in ("input", "output", "inputs", "outputs") and value.input is not None:
            end = value.input if name.startswith("input") else value.output
            return [end] if name.endswith("s") else end
        if name == "layers" and not value.doubts:
            return list(value.layers)
    if isinstance(value, Graph):
        if name in ("input", "output", "inputs", "outputs"):
            found = value.inputs if name.startswith("input") else value.outputs
            return found if not name.endswith("s") or isinstance(found, list) else [found]
        if name == "layers":
            return layers_of(value)
    if name in ("output_shape", "input_shape"):
        end = attribute(reader, value, name.partition("_")[0])
        return sizes_of(end.shape) if isinstance(end, Tensor) else Missing("a shape is not known")
    if isinstance(value, Made):
        if isinstance(value.operation, Layer) and name in value.operation.argument_kinds():
            found = getattr(value.operation, name)
            return found if not isinstance(found, Operation) else Missing("an inner layer")
        if name in ("input", "output"):
            end = value.last_input if name == "input" else value.last_output
            return Missing("the layer is not called") if end is None else end
        return Missing("an attribute of a layer")
    return Method(value, name)


def _layer_of(
    reader: Interpreter, value: Stack | Graph, args: list[Any], kwargs: dict[str, Any]
) -> Any:
    """``model.get_layer(name, index)``."""
    layers = attribute(reader, value, "layers")
    name = kwargs.get("name", args[0] if args else None)
    index = kwargs.get("index", args[1] if len(args) > 1 else None)
    if isinstance(layers, list):
        if isinstance(index, int) and -len(layers) <= index < len(layers):
            return layers[index]
        for one in layers:
            if isinstance(one, Made) and isinstance(name, str) and one.operation.name == name:
                return one
    return Missing("a layer of a model is not known")


def _is_stateful(layer: Any) -> bool:
    return isinstance(layer, Made) and bool(getattr(layer.operation, "stateful", False) is True)


def method(
    reader: Interpreter,
    value: Any,
    name: str,
    args: list[Any],
    kwargs: dict[str, Any],
    node: ast.AST,
) -> Any:
    """A method of a model: ``add``, ``pop``, ``build``, ``fit``."""
    if isinstance(value, Stack):
        if name == "add":
            layer = args[0] if args else kwargs.get("layer", Missing("no layer"))
            add(reader, value, layer, node)
            return None
        if name == "pop" and value.layers and not value.doubts:
            return pop(reader, value)
        if name == "build":
            shape = shape_from(args[0] if args else kwargs.get("input_shape"))
            build(reader, value, shape, reader.run.place(node))
            return None
        if name in _FED:
            x = args[0] if args else kwargs.get("x")
            shape = shape_of(x)
            if not isinstance(shape, Shape):
                shape = Shape.unknown("the data is not known")
            if value.input is not None:
                feed(reader, value, x, node)
            elif shape.dims and any(_is_stateful(layer) for layer in value.layers):
                build(reader, value, shape, reader.run.place(node))
            else:
                build(reader, value, shape_of_batch(shape), reader.run.place(node))
    if isinstance(value, Stack | Graph) and name == "get_layer":
        return _layer_of(reader, value, args, kwargs)
    if isinstance(value, Graph) and name in _FED:
        feed(reader, value, args[0] if args else kwargs.get("x"), node)
    if isinstance(value, Instance):
        if name == "super.__call__" or name == "call":
            return Tensor(Shape.unknown("a class whose call is not known"))
        if name == "super.__init__":
            return None
        if name in ("add_weight", "super.add_weight", "add_variable"):
            return add_weight(value, args, kwargs)
        if name in ("fit", "predict", "evaluate") and args:
            shape = shape_of(args[0])
            if isinstance(shape, Shape):
                use_instance(reader, value, [Tensor(shape)], {}, node)
        if name == "build" and (args or kwargs):
            shape = shape_from(args[0] if args else kwargs.get("input_shape"))
            use_instance(reader, value, [Tensor(shape)], {}, node)
    return Missing(f"what `{name}` gives is not known")
