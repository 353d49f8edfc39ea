"""Operations that a file records as rows of a model: ``x + y``, ``x[:, -1]``, computed masks.

They hold no weights; their shapes are those of the table in ``ir/operations``. An operation that
is not there has the shape that the file records for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rnninspect.ir.dims import UnknownValue
from rnninspect.ir.operation import Application, Call, Operation, Rejected, declare
from rnninspect.ir.operations import find_class, find_spelling
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure
from rnninspect.layers.base import UNFORESEEN
from rnninspect.strictness import is_strict


@declare
class TensorOperation(Operation):
    """An operation on tensors as a row of a model: 0 parameters, a shape where known."""

    def apply(self, call: Call) -> Application:
        try:
            return Application(self, call, self._output(call))
        except UnknownValue as unknown:
            return Application(self, call, Shape.unknown(unknown.reason))
        except Rejected as rejected:
            reason = "Keras rejects this input"
            return Application(self, call, Shape.unknown(reason), rejected=rejected)
        except UNFORESEEN:
            if is_strict():
                raise
            return Application(self, call, Shape.unknown("its arguments are not understood"))

    def _output(self, call: Call) -> Structure:
        """Return the output of one use. Raises UnknownValue, Rejected."""
        raise NotImplementedError


@declare
class Recorded(TensorOperation):
    """An operation of ``keras.ops``, recorded under its class; its config holds the arguments."""

    operation: str
    config: Mapping[str, Any]

    is_listed = False

    @property
    def class_name(self) -> str:
        return self.operation

    def _output(self, call: Call) -> Structure:
        spelling = find_class(self.operation)
        if spelling is None:
            raise UnknownValue(f"the shape that {self.operation} results in is not known")
        names = {name for parameter in spelling.parameters for name in parameter.names}
        config = {name: value for name, value in self.config.items() if name in names}
        return spelling.output(call.args, {**config, **call.kwargs})


@declare
class TensorFlowOp(TensorOperation):
    """A function of TensorFlow as a layer of Keras 2: ``TFOpLambda``, ``SlicingOpLambda``."""

    written_class: str
    function: str

    @property
    def class_name(self) -> str:
        return self.written_class

    def _output(self, call: Call) -> Structure:
        spelling = find_spelling("tf", self.function)
        if spelling is None:
            raise UnknownValue(f"the shape that {self.function} results in is not known")
        return spelling.output(call.args, call.kwargs)
