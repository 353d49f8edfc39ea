"""Operations that Keras records as rows of a model: ``x + y``, ``x[:, -1]``, computed masks.

They hold no weights. Source: ``keras/src/ops/numpy.py``. An operation that is not here gives the
shape that the file records for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rnninspect.dims import FLEXIBLE, Dim, Shape, UnknownValue
from rnninspect.graph import Application, Call, Operation, Refused, declare
from rnninspect.layers.merging import Concatenate, broadcast
from rnninspect.structures import Structure

ELEMENTWISE = frozenset(
    """
    Add Subtract Multiply Divide TrueDivide FloorDivide Power Maximum Minimum Mod NotEqual Equal
    Greater GreaterEqual Less LessEqual LogicalAnd LogicalOr LogicalNot LogicalXor Where Negative
    Absolute Exp Log Sqrt Square Tanh Sigmoid Relu Softmax Cast Sin Cos Round Sign Clip
    ConvertToTensor Identity Gelu Silu Elu Selu Softplus Softsign Floor Ceil OnesLike ZerosLike
    Copy Reciprocal
    """.split()
)
REDUCTIONS = frozenset("Any All Sum Mean Max Min Prod Std Var Argmax Argmin".split())
OPERATIONS = ELEMENTWISE | REDUCTIONS | {"Concatenate", "ExpandDims", "GetItem"}
"""The operations whose shapes are worked out here."""


@declare
class Recorded(Operation):
    """An operation of ``keras.ops`` as a row of a model: 0 parameters, a shape where known."""

    operation: str
    config: Mapping[str, Any]

    is_listed = False

    @property
    def class_name(self) -> str:
        return self.operation

    def apply(self, call: Call) -> Application:
        try:
            return Application(self, call, self._output(call))
        except UnknownValue as unknown:
            return Application(self, call, Shape.unknown(unknown.reason))
        except Refused as refused:
            return Application(self, call, Shape.unknown("Keras refuses"), refused=refused)

    def _output(self, call: Call) -> Structure:
        if self.operation in ELEMENTWISE:
            shapes = [x for x in (*call.args, *call.kwargs.values()) if isinstance(x, Shape)]
            if not shapes:
                raise UnknownValue("the operation is not applied to a tensor")
            result = shapes[0]
            for shape in shapes[1:]:
                result = broadcast(result, shape)
            return result
        x = call.first
        if self.operation == "Concatenate":
            return Concatenate(axis=self.config.get("axis", 0)).output(x)
        if not isinstance(x, Shape):
            raise UnknownValue(f"the shape that {self.operation} gives is not known")
        if self.operation in REDUCTIONS:
            return _reduced(x, self.config.get("axis"), self.config.get("keepdims"))
        if self.operation == "GetItem" and len(call.args) > 1:
            return sliced(x, call.args[1])
        if self.operation == "ExpandDims":
            return _expanded(x, self.config.get("axis"))
        raise UnknownValue(f"the shape that {self.operation} gives is not known")


def _reduced(x: Shape, axis: object, keepdims: object) -> Shape:
    dims = list(x.require())
    axes = range(len(dims)) if axis is None else axis if isinstance(axis, list | tuple) else [axis]
    chosen = set()
    for one in axes:
        if not isinstance(one, int) or not -len(dims) <= one < len(dims):
            raise UnknownValue(f"axis is {axis!r}")
        chosen.add(one % len(dims))
    if keepdims:
        return Shape(Dim.of(1) if i in chosen else dim for i, dim in enumerate(dims))
    return Shape(dim for i, dim in enumerate(dims) if i not in chosen)


def _expanded(x: Shape, axis: object) -> Shape:
    dims = list(x.require())
    if not isinstance(axis, int) or not -len(dims) - 1 <= axis <= len(dims):
        raise UnknownValue(f"axis is {axis!r}")
    dims.insert(axis if axis >= 0 else len(dims) + 1 + axis, Dim.of(1))
    return Shape(dims)


def sliced(x: Shape, key: object) -> Shape:
    """``x[key]`` with whole numbers, slices, None and ``...`` (Keras: ``GetItem``)."""
    dims = list(x.require())
    keys = list(key) if isinstance(key, list | tuple) else [key]
    used = sum(1 for one in keys if one is not None and one is not Ellipsis)
    result: list[Dim] = []
    for one in keys:
        if one is Ellipsis:
            rest = len(dims) - used
            result += dims[:rest]
            del dims[:rest]
        elif one is None:
            result.append(Dim.of(1))
        elif not dims:
            raise Refused(f"too many indices for shape {x}")
        elif isinstance(one, bool) or not isinstance(one, int | slice):
            raise UnknownValue("an index is not known")
        elif isinstance(one, slice):
            result.append(_span(dims.pop(0), one))
            used -= 1
        else:
            dims.pop(0)
            used -= 1
    return Shape((*result, *dims))


def _span(dim: Dim, key: slice) -> Dim:
    if key == slice(None):
        return dim
    if dim.value is None:
        return FLEXIBLE if dim.flexible else dim
    bounds = (key.start, key.stop, key.step)
    if any(b is not None and not isinstance(b, int) for b in bounds) or key.step == 0:
        return Dim.unknown("the slice is not known")
    return Dim.of(len(range(*key.indices(dim.value))))
