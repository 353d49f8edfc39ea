"""Objects of the program's own classes that are layers or models."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import Any

from rnninspect.diagnostics import Place
from rnninspect.ir.dims import Dim, Unknown
from rnninspect.ir.model import Model
from rnninspect.ir.operation import Application, Call, Operation, declare
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import map_structure
from rnninspect.ir.weights import Weight
from rnninspect.layers.unmodelled import Unmodelled
from rnninspect.reader.attributes import NOT_FOUND, find_in_class
from rnninspect.reader.cells import LayerCell
from rnninspect.reader.context import Context
from rnninspect.reader.functions import node_key
from rnninspect.reader.keras.applying import (
    follows_rejection,
    layer_cell,
    outputs_of,
    place_of_use,
)
from rnninspect.reader.keras.graphs import model_of
from rnninspect.reader.keras.making import auto_name
from rnninspect.reader.keras.plain import as_value, leaves, plain, shape_of, structure
from rnninspect.reader.values import (
    Array,
    BoundMethod,
    ClassRef,
    GraphRef,
    InstanceRef,
    LayerRef,
    Tensor,
    Unresolved,
    Use,
    Value,
)

WEIGHTS = "<weights of its own>"
"""The attribute under which an object's weights are kept; no program can write this name."""
AS_LAYER = "<as a layer>"
MODELS = frozenset("Model Functional Sequential".split())


@declare
class UserModel(Model):
    """A layer or model of a class of the program, as its ``call`` was followed."""

    own_weights: tuple[Weight, ...] = ()
    doubt: str = ""
    """Why not all of its weights are known."""

    def apply(self, call: Call) -> Application:
        application = super().apply(call)
        held = tuple(
            weight.held_by("float32", trainable=self.trainable) for weight in self.own_weights
        )
        return application._replace(weights=held, unknown=application.unknown or self.doubt)


@declare
class StatedShape(Unmodelled):
    """A layer of a class of the program of which only ``compute_output_shape`` is followed."""

    output: Shape | None = None

    def apply(self, call: Call) -> Application:
        if self.output is None or self.output.dims is None:
            return super().apply(call)
        return Application(self, call, self.output, unknown=self.reason)


def root_of(cls: ClassRef) -> str:
    """Return the last name of the library class that a class inherits from; empty for none."""
    return next((path.rpartition(".")[2] for path in cls.library_bases), "")


def instance_layer(ctx: Context, value: InstanceRef) -> LayerRef:
    """Return an object as a layer of a model."""
    names = ctx.state.names(value).values
    layer = names.get(AS_LAYER)
    if isinstance(layer, LayerRef):
        return layer
    stated = names.get("_name", names.get("name"))
    name = stated if isinstance(stated, str) else auto_name(ctx, value.cls.name)
    reason = "it is a class of the program"
    made: LayerRef = ctx.create(
        lambda: LayerRef(
            Unmodelled(name=name, written_class=value.cls.name, reason=reason),
            Place(ctx.frame.path),
        )
    )
    ctx.state.set_name(value, AS_LAYER, made)
    return made


def use_instance(
    ctx: Context,
    value: InstanceRef,
    args: Sequence[Value],
    kwargs: Mapping[str, Value],
    node: ast.AST | None,
    place: Place | None = None,
) -> Value:
    """Return what a layer or model of a class of the program gives: its ``call`` is followed."""
    called = find_in_class(ctx, value.cls, "call")
    if called is NOT_FOUND or not args:
        first = [structure(ctx, value) for value in args[:1]]
        return _opaque(ctx, value, first, node, place)
    tensors = structure(ctx, args[0])
    first = as_value(ctx, tensors)
    _build(ctx, value, tensors, node)
    where = place or ctx.place(node)
    rejections = ctx.record.rejected_count
    ctx.objects_deep += 1
    try:
        result = ctx.call(BoundMethod(called, value), [first, *args[1:]], kwargs, node)
    finally:
        ctx.objects_deep -= 1
    outputs = structure(ctx, result)
    ends = list(leaves(outputs))
    if not ends or not all(isinstance(leaf, Tensor) for leaf in ends):
        return _opaque(ctx, value, [tensors], node, place)
    if ctx.record.rejected_count > rejections:
        return result
    says_shape = find_in_class(ctx, value.cls, "compute_output_shape") is not NOT_FOUND
    if says_shape and all(leaf.shape.dims is None for leaf in ends):
        return _opaque(ctx, value, [tensors], node, place)
    more = [structure(ctx, item) for item in (*args[1:], *kwargs.values())]
    inputs = [leaf for leaf in leaves([tensors, *more]) if isinstance(leaf, Tensor)]
    layer = instance_layer(ctx, value)
    made = model_of(
        outputs,
        list(dict.fromkeys(inputs)),
        name=layer.operation.name,
        model_class=value.cls.name,
        place=where,
        state=ctx.state,
    )
    weights = ctx.state.names(value).values.get(WEIGHTS, ())
    is_known = isinstance(weights, tuple)
    operation = UserModel(
        name=made.name,
        model_class=made.model_class,
        layers=made.layers,
        nodes=made.nodes,
        inputs=made.inputs,
        outputs=made.outputs,
        input_shapes=made.input_shapes,
        hidden_inputs=made.hidden_inputs
        - frozenset(list(made.input_shapes)[: len(dict.fromkeys(inputs))]),
        place=where,
        own_weights=weights if is_known else (),
        doubt="" if is_known else "a weight of it is not known",
    )
    if root_of(value.cls) in MODELS and not ctx.objects_deep:
        graph: GraphRef = ctx.create(
            lambda: GraphRef(
                made.name or "",
                where,
                (ctx.frame.path, ctx.frame.cell, ctx.frame.calls, node_key(node), value.cls.name),
                tensors,
                outputs,
                value.cls.name,
            )
        )
        ctx.state.put(graph, LayerCell())
        ctx.record.add_model(graph, value)
    return _outputs(ctx, value, operation, [tensors], kwargs, outputs, node, place)


def _outputs(
    ctx: Context,
    value: InstanceRef,
    operation: Operation,
    tensors: list[Any],
    kwargs: Mapping[str, Value],
    outputs: Any,
    node: ast.AST | None,
    place: Place | None,
) -> Value:
    """Return the tensors that leave the object, with this use as their history."""
    layer = instance_layer(ctx, value)
    cell = layer_cell(ctx, layer)
    if cell.uses == 0:
        layer = ctx.create(lambda: LayerRef(operation, layer.place))
        ctx.state.set_name(value, AS_LAYER, layer)
    shapes = map_structure(shape_of, outputs)
    call = Call(tuple(map_structure(shape_of, tensor) for tensor in tensors))
    application = operation.apply(call)._replace(output=shapes)
    where = place or place_of_use(ctx, layer, node)
    more = {key: item for key, item in kwargs.items() if isinstance(item, Tensor)}
    is_doubtful = any(map(follows_rejection, leaves([tensors, outputs])))
    use: Use = ctx.create(
        lambda: Use(layer, cell.uses, tuple(tensors), more, where, application, is_doubtful)
    )
    ctx.state.put(layer, LayerCell(cell.uses + 1, cell.first_use or use))
    made = ctx.create(lambda: outputs_of(use))
    return as_value(ctx, made)


def _opaque(
    ctx: Context,
    value: InstanceRef,
    tensors: list[Any],
    node: ast.AST | None,
    place: Place | None,
) -> Value:
    """Return a use of which only the class is known, and what ``compute_output_shape`` says."""
    shape = Shape.unknown("what the class gives is not known")
    stated = find_in_class(ctx, value.cls, "compute_output_shape")
    first = shape_of(tensors[0]) if tensors else None
    if stated is not NOT_FOUND and isinstance(first, Shape):
        sizes = plain(ctx, ctx.call(BoundMethod(stated, value), [first], {}, node))
        if isinstance(sizes, Shape):
            shape = sizes
        elif isinstance(sizes, tuple) and all(isinstance(n, int | Unknown | None) for n in sizes):
            shape = Shape(Dim.of(None) if n is None else Dim.named("size", n) for n in sizes)
    if not tensors or not all(isinstance(leaf, Tensor) for leaf in leaves(tensors[0])):
        return Tensor(shape)
    layer = instance_layer(ctx, value)
    operation = StatedShape(
        name=layer.operation.name,
        written_class=value.cls.name,
        reason="it is a class of the program",
        output=shape,
    )
    return _outputs(ctx, value, operation, tensors[:1], {}, Tensor(shape), node, place)


def _build(ctx: Context, value: InstanceRef, first: Any, node: ast.AST | None) -> None:
    """Call ``build`` with the input shape, once."""
    builder = find_in_class(ctx, value.cls, "build")
    if builder is NOT_FOUND or ctx.state.names(value).values.get("built") is True:
        return
    ctx.state.set_name(value, "built", True)
    shapes = map_structure(shape_of, first)
    ctx.call(BoundMethod(builder, value), [as_value(ctx, shapes)], {}, node)


def add_weight(
    ctx: Context, value: InstanceRef, args: Sequence[Value], kwargs: Mapping[str, Value]
) -> Value:
    """``self.add_weight(...)``: the weight is remembered."""
    named = bool(args) and isinstance(args[0], str)
    rest = args[1:] if named else args
    sizes = plain(ctx, kwargs.get("shape", rest[0] if rest else ()))
    if isinstance(sizes, int):
        sizes = (sizes,)
    if isinstance(sizes, Shape):
        shape = sizes
    elif isinstance(sizes, tuple):
        shape = Shape(
            Dim.of(n) if isinstance(n, int) else Dim.unknown("a size of a weight is not known")
            for n in sizes
        )
    else:
        shape = Shape.unknown("the shape of a weight is not known")
    name = kwargs.get("name", args[0] if named else "weight")
    names = ctx.state.names(value).values
    held = names.get(WEIGHTS, ())
    if shape.dims is None or not isinstance(held, tuple):
        ctx.state.set_name(value, WEIGHTS, Unresolved("a weight of it is not known"))
    else:
        trains = kwargs.get("trainable", True) is not False
        made = Weight(name if isinstance(name, str) else "weight", shape, trainable=trains)
        ctx.state.set_name(value, WEIGHTS, (*held, made))
    return Array(shape)
