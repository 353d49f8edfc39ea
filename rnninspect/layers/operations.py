"""Operations that Keras records as rows of a model: ``x + y``, ``x[:, -1]``, computed masks.

They hold no weights. Source: ``keras/src/ops/numpy.py``. An operation that is not here gives the
shape that the file records for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rnninspect.ir.dims import Dim, UnknownValue
from rnninspect.ir.operation import Application, Call, Operation, Rejected, declare
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure
from rnninspect.layers.base import STRICT, UNFORESEEN
from rnninspect.layers.merging import Concatenate
from rnninspect.layers.shapes import (
    elementwise,
    expanded,
    multiplied,
    padded,
    parted,
    reduced,
    reshaped,
    resized,
    sliced,
    squeezed,
    stacked,
    taken,
    tiled,
    transposed,
    unstacked,
)

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
OPERATIONS = (
    ELEMENTWISE
    | REDUCTIONS
    | {"Concatenate", "ExpandDims", "GetItem", "Matmul", "Reshape", "Squeeze", "Stack", "Transpose"}
)
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
        except Rejected as rejected:
            return Application(self, call, Shape.unknown("Keras rejects"), rejected=rejected)
        except UNFORESEEN:
            if STRICT:
                raise
            return Application(self, call, Shape.unknown("its arguments are not understood"))

    def _output(self, call: Call) -> Structure:
        if self.operation in ELEMENTWISE:
            tensors = (*call.args, *call.kwargs.values())
            return elementwise([x for x in tensors if isinstance(x, Shape)])
        x, axis = call.first, self.config.get("axis")
        if self.operation == "Concatenate":
            return Concatenate(axis=0 if axis is None else axis).output(x)
        if self.operation == "Stack" and isinstance(x, list | tuple):
            return stacked([one for one in x if isinstance(one, Shape)], axis)
        if not isinstance(x, Shape):
            raise UnknownValue(f"the shape that {self.operation} gives is not known")
        if self.operation in REDUCTIONS:
            return reduced(x, axis, self.config.get("keepdims"))
        if self.operation == "GetItem" and len(call.args) > 1:
            return sliced(x, call.args[1])
        if self.operation == "ExpandDims":
            return expanded(x, axis)
        if self.operation == "Squeeze":
            return squeezed(x, axis)
        if self.operation == "Transpose":
            return transposed(x, self.config.get("axes"))
        if self.operation == "Reshape":
            return reshaped(x, self.config.get("newshape"))
        if self.operation == "Matmul" and len(call.args) > 1 and isinstance(call.args[1], Shape):
            return multiplied(x, call.args[1], False, False)
        raise UnknownValue(f"the shape that {self.operation} gives is not known")


_ELEMENTWISE_TF = frozenset(
    """
    abs add add_v2 bias_add bitwise_and bitwise_or cast ceil clip_by_value cos cumsum divide
    divide_no_nan dropout elu equal erf exp floor floordiv floormod gelu greater greater_equal
    identity is_finite is_nan l2_normalize leaky_relu less less_equal log log1p log_softmax
    logical_and logical_not logical_or maximum minimum mod mul multiply neg negative not_equal
    ones_like pow real_div realdiv reciprocal relu relu6 reverse round rsqrt selu sigmoid sign silu
    sin softmax softplus softsign sqrt square squared_difference stop_gradient sub subtract swish
    tanh truediv where zeros_like
    """.split()
)
_REDUCTIONS_TF = frozenset(
    """
    norm reduce_all reduce_any reduce_logsumexp reduce_max reduce_mean reduce_min reduce_prod
    reduce_std reduce_sum reduce_variance
    """.split()
)


@declare
class TensorFlowOp(Operation):
    """A function of TensorFlow as a layer of Keras 2: ``TFOpLambda``, ``SlicingOpLambda``."""

    written_class: str
    function: str

    @property
    def class_name(self) -> str:
        return self.written_class

    def apply(self, call: Call) -> Application:
        try:
            return Application(self, call, self._output(call))
        except UnknownValue as unknown:
            return Application(self, call, Shape.unknown(unknown.reason))
        except Rejected as rejected:
            return Application(self, call, Shape.unknown("TensorFlow rejects"), rejected=rejected)
        except UNFORESEEN:
            if STRICT:
                raise
            return Application(self, call, Shape.unknown("its arguments are not understood"))

    def _output(self, call: Call) -> Structure:
        name = self.function.rpartition(".")[2]
        given, x = call.kwargs, call.first
        axis = given.get("axis")
        if name in _ELEMENTWISE_TF:
            tensors = [one for one in (*call.args, *given.values()) if isinstance(one, Shape)]
            return elementwise(tensors)
        if name == "concat":
            return Concatenate(axis=axis if isinstance(axis, int) else 0).output(x)
        if name == "stack" and isinstance(x, list | tuple):
            return stacked([one for one in x if isinstance(one, Shape)], axis or 0)
        if not isinstance(x, Shape):
            raise UnknownValue(f"the shape that {self.function} gives is not known")
        if name in _REDUCTIONS_TF:
            return reduced(x, axis, given.get("keepdims"))
        if name in ("argmax", "argmin"):
            return reduced(x, axis or 0, False)
        if name == "matmul" and isinstance(given.get("b"), Shape):
            flips = given.get("transpose_a"), given.get("transpose_b")
            return multiplied(x, given["b"], *flips)
        if name == "shape":
            return Shape((Dim.of(len(x.require())),))
        if name == "one_hot":
            return x + (Dim.named("depth", given.get("depth")),)
        forms: dict[str, Callable[[], Structure]] = {
            "getitem": lambda: sliced(x, given.get("slice_spec")),
            "expand_dims": lambda: expanded(x, axis),
            "squeeze": lambda: squeezed(x, axis),
            "reshape": lambda: reshaped(x, given.get("shape")),
            "transpose": lambda: transposed(x, given.get("perm")),
            "unstack": lambda: unstacked(x, axis or 0),
            "split": lambda: parted(x, given.get("num_or_size_splits"), axis or 0),
            "tile": lambda: tiled(x, given.get("multiples")),
            "pad": lambda: padded(x, given.get("paddings")),
            "gather": lambda: taken(x, given.get("indices"), axis or 0),
            "resize": lambda: resized(x, given.get("size")),
        }
        if name not in forms:
            raise UnknownValue(f"the shape that {self.function} gives is not known")
        return forms[name]()
