"""Operations on symbolic tensors, which become rows of the model."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import Any

from rnninspect.ir.dims import Unknown
from rnninspect.ir.operation import Call, declare
from rnninspect.ir.operations import Spelling, find_path
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure
from rnninspect.layers.operations import TensorFlowOp, TensorOperation
from rnninspect.reader.context import Context
from rnninspect.reader.keras.applying import apply
from rnninspect.reader.keras.making import auto_name
from rnninspect.reader.keras.plain import as_value, plain, structure
from rnninspect.reader.sizes import numbers_of, sizes_of
from rnninspect.reader.values import Array, LayerRef, Tensor, Unresolved, Value

_QUESTIONS = frozenset("shape get_shape int_shape static_shape ndim rank".split())
"""Functions that ask a tensor for its shape."""
_TENSORFLOW: Mapping[str, tuple[str, tuple[str, ...]]] = {
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
        for reduction in ("sum", "mean", "max", "min", "prod", "any", "all", "std")
        for name in (reduction, f"reduce_{reduction}")
    },
    **{
        name: (name, ())
        for name in """abs add subtract multiply divide exp log sqrt square tanh sigmoid relu
        softmax maximum minimum cast identity zeros_like ones_like sin cos negative sign
        stop_gradient elu gelu selu softplus cumsum""".split()
    },
    "argmax": ("argmax", ("axis",)),
}
"""The function of TensorFlow that does the same, with its arguments after the first."""
_RENAMED = {
    "axes": "axis", "newshape": "shape", "pattern": "perm", "keep_dims": "keepdims",
    "reduction_indices": "axis", "dim": "axis",
}  # fmt: skip


@declare
class Spelled(TensorOperation):
    """An operation as a program writes it, of any library in the table of ``ir/operations``."""

    written_class: str
    spelling: Spelling

    @property
    def class_name(self) -> str:
        return self.written_class

    def _output(self, call: Call) -> Structure:
        return self.spelling.output(call.args, call.kwargs)


def answer(function: str, shape: Shape) -> Value:
    """Return what a function that asks for a shape gives."""
    if function == "get_shape":
        return shape
    if function in ("ndim", "rank"):
        return Unresolved("a rank is not known", int) if shape.rank is None else shape.rank
    sizes = sizes_of(shape)
    if function == "shape" and isinstance(sizes, tuple):  # open sizes are tensors here
        return tuple(Unresolved("the size of an axis") if size is None else size for size in sizes)
    return sizes


def operation(
    ctx: Context,
    function: str,
    args: Sequence[Value],
    kwargs: Mapping[str, Value],
    node: ast.AST,
    path: str = "",
) -> Value:
    """Return what an operation on tensors results in: a row of the model."""
    if function in _QUESTIONS and args and isinstance(args[0], Tensor | Array):
        return answer(function, args[0].shape)
    name, names = _TENSORFLOW.get(function, ("", ()))
    spelling = find_path(path) if path else None
    if not name and spelling is not None:
        return _spelled(ctx, spelling, args, kwargs, node)
    name = name or function
    arguments = {
        (named := _RENAMED.get(key, key)): _argument(ctx, named, value)
        for key, value in kwargs.items()
    }
    first = next(
        (arguments.pop(key) for key in ("x", "input", "values", "tensors", "tensor", "xs",
                                        "input_tensor") if key in arguments),
        None,
    )  # fmt: skip
    tensors = [structure(ctx, value) for value in args] if args else [first]
    if names:
        for key, value in zip(names, args[1:], strict=False):
            arguments[key] = _argument(ctx, key, value)
        tensors = tensors[:1]
    if name == "concat":
        arguments.setdefault("axis", -1 if function == "concatenate" and ".ops" not in path else 0)
    if name == "expand_dims":
        arguments.setdefault("axis", -1)
    if name in ("softmax", "relu", "cast", "sigmoid", "tanh"):
        tensors, arguments = tensors[:1], {}
    layer_name = auto_name(ctx, name)
    layer: LayerRef = ctx.create(
        lambda: LayerRef(
            TensorFlowOp(name=layer_name, written_class=name, function=name), ctx.place(node), node
        )
    )
    return as_value(ctx, apply(ctx, layer, tuple(tensors), arguments, node, None, ctx.place(node)))


def _spelled(
    ctx: Context,
    spelling: Spelling,
    args: Sequence[Value],
    kwargs: Mapping[str, Value],
    node: ast.AST,
) -> Value:
    name = auto_name(ctx, spelling.name)
    layer: LayerRef = ctx.create(
        lambda: LayerRef(
            Spelled(name=name, written_class=spelling.name, spelling=spelling),
            ctx.place(node),
            node,
        )
    )
    tensors = tuple(plain_or_tensor(ctx, value) for value in args)
    more = {key: plain_or_tensor(ctx, value) for key, value in kwargs.items()}
    return as_value(ctx, apply(ctx, layer, tensors, more, node, None, ctx.place(node)))


_NUMBERS = frozenset("shape axis perm multiples num_or_size_splits num".split())
"""Arguments of operations that are numbers: data given for them are these numbers."""


def _argument(ctx: Context, name: str, value: Value) -> Any:
    """Return a further argument of an operation."""
    if name not in _NUMBERS:
        return plain_or_tensor(ctx, value)
    if isinstance(value, Array):
        numbers = numbers_of(ctx, value)
        return Unknown("its numbers are not known") if numbers is None else tuple(numbers)
    if isinstance(value, Tensor):
        return Unknown("its numbers are computed by the model")
    return plain(ctx, value)


def plain_or_tensor(ctx: Context, value: Value) -> Any:
    """Return an argument: tensors in their nesting, else plain data."""
    tensors = structure(ctx, value)
    if isinstance(tensors, Tensor | Array) and not isinstance(value, Unresolved):
        return tensors
    if isinstance(tensors, list | dict) and _has_tensor(tensors):
        return tensors
    return plain(ctx, value)


def _has_tensor(value: Any) -> bool:
    if isinstance(value, list):
        return any(map(_has_tensor, value))
    if isinstance(value, dict):
        return any(map(_has_tensor, value.values()))
    return isinstance(value, Tensor)
