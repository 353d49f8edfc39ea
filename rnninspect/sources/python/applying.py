"""A layer, a model or an operation used on tensors."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rnninspect.diagnostics import Place
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import flatten, map_structure
from rnninspect.layers.operations import TensorFlowOp
from rnninspect.layers.unmodelled import Unmodelled
from rnninspect.sources.python.arrays import sizes_of
from rnninspect.sources.python.graphs import operation_of
from rnninspect.sources.python.run import shape_of
from rnninspect.sources.python.values import (
    Array,
    Computed,
    Instance,
    Made,
    Missing,
    Stack,
    Tensor,
)

if TYPE_CHECKING:
    from rnninspect.sources.python.interpreter import Interpreter

_OPERATIONS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "concat": ("concat", ("axis",)),
    "concatenate": ("concat", ("axis",)),
    "expand_dims": ("expand_dims", ("axis",)),
    "squeeze": ("squeeze", ("axis",)),
    "stack": ("stack", ("axis",)),
    "unstack": ("unstack", ("num", "axis")),
    "reshape": ("reshape", ("shape",)),
    "transpose": ("transpose", ("perm",)),
    "permute_dimensions": ("transpose", ("perm",)),
    "matmul": ("matmul", ("b",)),
    "tile": ("tile", ("multiples",)),
    "split": ("split", ("num_or_size_splits", "axis")),
    **{
        name: (f"reduce_{name.removeprefix('reduce_')}", ("axis", "keepdims"))
        for one in ("sum", "mean", "max", "min", "prod", "any", "all", "std")
        for name in (one, f"reduce_{one}")
    },
    **{
        name: (name, ())
        for name in """abs add subtract multiply divide exp log sqrt square tanh sigmoid relu
        softmax maximum minimum cast identity zeros_like ones_like sin cos negative sign
        stop_gradient elu gelu selu softplus cumsum""".split()
    },
    "argmax": ("argmax", ("axis",)),
}

_QUESTIONS = frozenset("shape get_shape int_shape static_shape ndim rank".split())
"""Functions that ask a tensor for its shape."""
_RENAMED = {"axes": "axis", "newshape": "shape", "pattern": "perm", "keep_dims": "keepdims"}


def as_layer(reader: Interpreter, value: Any) -> Made:
    """A model as a layer of another one."""
    if isinstance(value, Instance):
        if value.as_layer is None:
            name = reader.run.auto_name(value.cls.name)
            computed = Unmodelled(
                name=name, written_class=value.cls.name, reason="it is a class of the program"
            )
            value.as_layer = Made(computed, Place(reader.run.path))
        return value.as_layer
    if value.as_layer is None or isinstance(value, Stack):
        uses = value.as_layer.uses if value.as_layer is not None else 0
        value.as_layer = Made(operation_of(value), value.place, uses=uses)
    made: Made = value.as_layer
    return made


def tensors_in(value: Any) -> Any:
    """An argument of a layer's call: what is not known stands for a tensor."""
    if isinstance(value, Missing):
        return value.as_tensor()
    if isinstance(value, list | tuple):
        return [tensors_in(one) for one in value]
    if isinstance(value, dict):
        return {key: tensors_in(one) for key, one in value.items()}
    return value


def _answer(function: str, shape: Shape) -> Any:
    """What a function that asks for a shape gives."""
    if function == "get_shape":
        return shape
    if function in ("ndim", "rank"):
        return Missing("a rank is not known") if shape.rank is None else shape.rank
    sizes = sizes_of(shape)
    if function == "shape" and isinstance(sizes, tuple):  # open sizes are tensors here
        return tuple(Missing("the size of an axis") if n is None else n for n in sizes)
    return sizes


def _are_tensors(value: Any) -> bool:
    leaves = list(flatten(value))
    return bool(leaves) and all(isinstance(one, Tensor) for one in leaves)


def applied(
    reader: Interpreter,
    layer: Made,
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
    node: ast.AST | None,
    model: str | None = None,
    place: Place | None = None,
) -> Any:
    """The tensors that a layer gives, with what is remembered of this use."""
    if layer.body is not None and args and _are_tensors(args[0]):
        bare: Any = map_structure(lambda one: Tensor(one.shape), args[0])
        result = layer.body(bare)
        shape = shape_of(result)
        if not isinstance(shape, Shape):
            shape = Shape.unknown("what the function gives is not known")
        operation = Computed(
            name=layer.operation.name, written_class=layer.operation.class_name, result=shape
        )
        layer = Made(operation, layer.place, layer.call)
    return reader.run.apply(layer, args, kwargs, node, model, place)


def operation(
    reader: Interpreter, function: str, args: list[Any], kwargs: dict[str, Any], node: ast.AST
) -> Any:
    """An operation on tensors, which becomes a row of the model."""
    if function in _QUESTIONS and args and isinstance(args[0], Tensor | Array):
        return _answer(function, args[0].shape)
    tf_name, names = _OPERATIONS.get(function, (function, ()))
    given = {_RENAMED.get(key, key): value for key, value in kwargs.items()}
    x = given.pop("x", given.pop("input", given.pop("values", given.pop("tensors", None))))
    args = args if args or x is None else [x]
    if names:
        given.update(zip(names, args[1:], strict=False))
        args = args[:1]
    if tf_name == "concat":
        given.setdefault("axis", -1 if function == "concatenate" else 0)
    if tf_name == "expand_dims":
        given.setdefault("axis", -1)
    if tf_name in ("softmax", "relu", "cast", "sigmoid", "tanh"):
        args, given = args[:1], {}
    layer = Made(
        TensorFlowOp(name=reader.run.auto_name(tf_name), written_class=tf_name, function=tf_name),
        reader.run.place(node),
        node,
    )
    tensors = tuple(tensors_in(one) for one in args)
    return reader.run.apply(layer, tensors, given, node, None, reader.run.place(node))
