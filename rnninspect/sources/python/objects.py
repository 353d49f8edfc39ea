"""Objects of the program's own classes that are layers or models."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from rnninspect.ir.dims import Dim
from rnninspect.ir.model import Model
from rnninspect.ir.operation import Application, Call, Operation, declare
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import flatten, map_structure
from rnninspect.ir.weights import Weight
from rnninspect.layers.unmodelled import Unmodelled
from rnninspect.sources.python.applying import as_layer, tensors_in
from rnninspect.sources.python.arrays import shape_from_sizes
from rnninspect.sources.python.graphs import model_of
from rnninspect.sources.python.run import outputs_of, shape_of
from rnninspect.sources.python.values import Array, Graph, Instance, Missing, Tensor, Use

if TYPE_CHECKING:
    from rnninspect.sources.python.interpreter import Interpreter

WEIGHTS = "weights of its own"
"""The attribute under which an object's weights are kept; no program can write this name."""
_MODELS = ("Model", "Functional", "Sequential")


@declare
class UserModel(Model):
    """A layer or model of a class of the program, as its ``call`` was followed."""

    own_weights: tuple[Weight, ...] = ()
    doubt: str = ""
    """Why not all of its weights are known."""

    def apply(self, call: Call) -> Application:
        application = super().apply(call)
        held = tuple(one.held_by("float32", trainable=self.trainable) for one in self.own_weights)
        return application._replace(weights=held, unknown=application.unknown or self.doubt)


def use_instance(
    reader: Interpreter, value: Instance, args: list[Any], kwargs: dict[str, Any], node: Any
) -> Any:
    """A layer or model of a class of the program: its ``call`` is followed."""
    called = value.cls.find("call")
    given = [tensors_in(args[0]), *args[1:]] if args else []
    if called is None or not given:
        return _opaque(reader, value, given, node)
    _build(reader, value, given[0], node)
    place = reader.run.place(node)
    rejections = len(reader.run.rejections)
    reader.objects_deep += 1
    try:
        result = reader.call(called, [value, *given], kwargs, node)
    finally:
        reader.objects_deep -= 1
    outputs = list(flatten(result))
    if not outputs or not all(isinstance(one, Tensor) for one in outputs):
        return _opaque(reader, value, given, node)
    if len(reader.run.rejections) > rejections:
        return result
    inputs = [one for one in flatten([given, kwargs]) if isinstance(one, Tensor)]
    name = value.as_layer.operation.name if value.as_layer is not None else None
    made = model_of(
        result,
        inputs,
        name=name or reader.run.auto_name(value.cls.name),
        model_class=value.cls.name,
        place=place,
    )
    weights = value.attributes.get(WEIGHTS, ())
    doubt = "" if isinstance(weights, tuple) else "a weight of it is not known"
    operation = UserModel(
        name=made.name,
        model_class=made.model_class,
        layers=made.layers,
        nodes=made.nodes,
        inputs=made.inputs,
        outputs=made.outputs,
        input_shapes=made.input_shapes,
        hidden_inputs=made.hidden_inputs - _given_names(made, inputs),
        place=place,
        own_weights=weights if isinstance(weights, tuple) else (),
        doubt=doubt,
    )
    if value.cls.root in _MODELS and not reader.objects_deep:
        graph = Graph(made.name or "", place, given[0], result, class_name=value.cls.name)
        reader.run.graphs.append(graph)
    return _outputs(reader, value, operation, given, kwargs, result, node)


def _given_names(model: Model, inputs: list[Tensor]) -> frozenset[str]:
    """The inputs that stand for what is given to the object: they are not hidden."""
    return frozenset(list(model.input_shapes)[: len(inputs)])


def _outputs(
    reader: Interpreter,
    value: Instance,
    operation: Operation,
    given: list[Any],
    kwargs: dict[str, Any],
    result: Any,
    node: ast.AST,
) -> Any:
    """The tensors that leave the object, with this use as their history."""
    layer = as_layer(reader, value)
    if layer.uses == 0:
        layer.operation = operation
    shapes = map_structure(shape_of, result)
    call = Call(tuple(map_structure(shape_of, one) for one in given))
    application = operation.apply(call)._replace(output=shapes)
    place = reader.run.place_of_use(layer, node)
    more = {key: one for key, one in kwargs.items() if isinstance(one, Tensor)}
    use = Use(layer, layer.uses, tuple(given), more, place, application)
    layer.uses += 1
    return outputs_of(use)


def _opaque(reader: Interpreter, value: Instance, given: list[Any], node: ast.AST) -> Any:
    """A use of which only the class is known, and what ``compute_output_shape`` says."""
    shape = Shape.unknown("what the class gives is not known")
    stated = value.cls.find("compute_output_shape")
    if stated is not None and given and isinstance(shape_of(given[0]), Shape):
        sizes = reader.call(stated, [value, shape_of(given[0])], {}, node)
        if isinstance(sizes, tuple) and all(isinstance(n, int | Missing | None) for n in sizes):
            shape = Shape(Dim.of(None) if n is None else Dim.named("size", n) for n in sizes)
    if not given or not all(isinstance(one, Tensor) for one in flatten(given[0])):
        return Tensor(shape)
    operation = Unmodelled(
        name=as_layer(reader, value).operation.name,
        written_class=value.cls.name,
        reason="it is a class of the program",
    )
    return _outputs(reader, value, operation, given[:1], {}, Tensor(shape), node)


def _build(reader: Interpreter, value: Instance, first: Any, node: ast.AST) -> None:
    builder = value.cls.find("build")
    if builder is None or value.attributes.get("built") is True:
        return
    value.attributes["built"] = True
    reader.call(builder, [value, map_structure(shape_of, first)], {}, node)


def add_weight(value: Instance, args: list[Any], kwargs: dict[str, Any]) -> Any:
    """``self.add_weight(...)``: the weight is remembered."""
    rest = args[1:] if args and isinstance(args[0], str) else args
    sizes = kwargs.get("shape", rest[0] if rest else ())
    shape = shape_from_sizes(list(sizes) if isinstance(sizes, tuple) else sizes)
    name = kwargs.get("name", args[0] if args and isinstance(args[0], str) else "weight")
    held = value.attributes.setdefault(WEIGHTS, ())
    if shape.dims is None or not isinstance(held, tuple):
        value.attributes[WEIGHTS] = None
    else:
        trains = kwargs.get("trainable", True) is not False
        made = Weight(name if isinstance(name, str) else "weight", shape, trainable=trains)
        value.attributes[WEIGHTS] = (*held, made)
    return Array(shape)
