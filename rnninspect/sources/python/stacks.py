"""Sequential models in the making: layers are added, removed and given their input."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rnninspect.diagnostics import Place
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import flatten
from rnninspect.layers.core import InputLayer
from rnninspect.sources.python.applying import applied, as_layer, tensors_in
from rnninspect.sources.python.objects import use_instance
from rnninspect.sources.python.run import shape_of
from rnninspect.sources.python.values import Graph, Instance, Made, Missing, Stack, Tensor

if TYPE_CHECKING:
    from rnninspect.sources.python.interpreter import Interpreter


def sequential(
    reader: Interpreter, args: list[Any], kwargs: dict[str, Any], node: ast.AST
) -> Stack:
    """``Sequential(layers)``."""
    layers = args[0] if args else kwargs.get("layers")
    name = kwargs.get("name")
    stack = Stack(
        name if isinstance(name, str) else reader.run.auto_name("Sequential"),
        reader.run.place(node),
    )
    reader.run.stacks.append(stack)
    if layers is None:
        return stack
    items = reader.items_of(layers)
    if items is None:
        doubt(stack, "the list of its layers is not known")
        return stack
    for layer in items:
        add(reader, stack, layer, node)
    return stack


def add(reader: Interpreter, stack: Stack, layer: Any, node: ast.AST) -> None:
    """``model.add(layer)``: the layer is applied as soon as the input is known."""
    if isinstance(layer, Tensor) and layer.input_layer is not None:
        layer = layer.input_layer
    if isinstance(layer, Made) and isinstance(layer.operation, InputLayer):
        if not stack.layers and stack.input is None:
            _start(stack, Tensor(layer.operation.tensor, input_layer=layer))
        return
    if isinstance(layer, Missing) or not isinstance(layer, Made | Stack | Graph | Instance):
        doubt(stack, "a layer that is added is not known")
        return
    made = layer if isinstance(layer, Made) else as_layer(reader, layer)
    if not stack.layers and stack.input is None:
        shape = _own_input(layer)
        if shape is not None:
            _start(stack, _input_of(reader, shape, made.place))
    stack.layers.append(made)
    stack.places.append(reader.run.place_of_use(made, node))
    if stack.input is not None:
        _advance(reader, stack, layer, stack.places[-1])


def _own_input(layer: Any) -> Shape | None:
    if isinstance(layer, Made):
        hint = getattr(layer.operation, "input_hint", None)
        return hint if isinstance(hint, Shape) else None
    if isinstance(layer, Stack):
        return layer.input.shape if layer.input is not None else None
    if isinstance(layer, Graph) and isinstance(layer.inputs, Tensor):
        return layer.inputs.shape
    return None


def _input_of(reader: Interpreter, shape: Shape, place: Place) -> Tensor:
    """The tensor with which a stack begins that has no input layer of its own."""
    layer = InputLayer(name=reader.run.auto_name("InputLayer"))
    return Tensor(shape, input_layer=Made(layer, place))


def _start(stack: Stack, tensor: Tensor) -> None:
    stack.input = tensor
    stack.output = tensor


def _advance(reader: Interpreter, stack: Stack, layer: Any, place: Place) -> None:
    if stack.failed:
        return
    before = len(reader.run.rejections)
    if isinstance(layer, Instance):
        stack.output = use_instance(reader, layer, [stack.output], {}, None)
    else:
        made = layer if isinstance(layer, Made) else as_layer(reader, layer)
        stack.output = applied(reader, made, (stack.output,), {}, None, stack.name, place)
    stack.failed = len(reader.run.rejections) > before


def build(reader: Interpreter, stack: Stack, shape: Shape, place: Place | None = None) -> None:
    """Give a stack its input; every layer is applied, at ``place`` or where it was added."""
    if stack.input is not None or not stack.layers:
        return
    _start(stack, _input_of(reader, shape, place or stack.place))
    for layer, added in zip(stack.layers, stack.places, strict=True):
        _advance(reader, stack, layer, place or added)


def use(
    reader: Interpreter, layer: Any, args: list[Any], kwargs: dict[str, Any], node: ast.AST
) -> Any:
    """``layer(x)``: the tensors that come out."""
    tensors = tuple(tensors_in(one) for one in args)
    more = {
        key: tensors_in(value)
        for key, value in kwargs.items()
        if key not in ("training", "mask", "constants")
    }
    if isinstance(layer, Stack) and layer.input is None and tensors:
        shape = shape_of(tensors[0])
        if isinstance(shape, Shape):
            build(reader, layer, shape, reader.run.place(node))
    if isinstance(layer, Stack | Graph):
        if isinstance(layer, Stack) and (layer.failed or layer.doubts):
            return Tensor(Shape.unknown("a model that is not known"))
        layer = as_layer(reader, layer)
    if not tensors and not more:
        return Missing("a layer is called on nothing")
    return applied(reader, layer, tensors, more, node)


def doubt(stack: Stack, reason: str) -> None:
    """From here on the output of a stack is not known."""
    stack.doubts.append(reason)
    unknown = Tensor(Shape.unknown(reason))
    if stack.input is None:
        stack.input = unknown
    stack.output = unknown


def forget(args: list[Any], kwargs: Mapping[str, Any]) -> None:
    """Models that are given to a function that is not known may be changed by it."""
    for value in flatten([args, dict(kwargs)]):
        if isinstance(value, Stack) and not value.layers:
            doubt(value, "a function that is not known may add to it")


def pop(reader: Interpreter, stack: Stack) -> Any:
    """``model.pop()``: the last layer, which is removed."""
    removed = stack.layers.pop()
    stack.places.pop()
    last = stack.output
    if stack.input is not None:
        if isinstance(last, Tensor) and last.use is not None and not stack.failed:
            stack.output = last.use.args[0]
        else:
            doubt(stack, "a layer was removed")
    return removed


def end(reader: Interpreter) -> None:
    """A stack that nothing built is looked at on an input that is not known."""
    for stack in reader.run.stacks:
        if len(stack.layers) > 1:
            build(reader, stack, Shape.unknown("no input shape is given"))
