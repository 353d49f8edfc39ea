"""Operations without a formula: layers that are not modelled, and what Keras rejects anyway."""

from __future__ import annotations

from collections.abc import Mapping

from rnninspect.ir.operation import Application, Call, Operation, Rejected, declare
from rnninspect.ir.shape import Shape


@declare
class Unmodelled(Operation):
    """A layer known by its class name only; ``reason`` says why, as the end of a sentence."""

    written_class: str
    reason: str
    registered_name: str | None = None
    is_whole_model: bool = False
    """Whether it takes the place of a model of which only the class is known."""
    inner_classes: Mapping[str, str] | None = None
    """The classes of the layers that its config holds, by the argument's name."""

    @property
    def class_name(self) -> str:
        return self.written_class

    def apply(self, call: Call) -> Application:
        return Application(self, call, Shape.unknown(self.reason), unknown=self.reason)


UNPACKING, DATA, STATES = "unpacking", "data", "states"
"""What a Rejecting can be."""


@declare
class Rejecting(Operation):
    """Something other than a layer that Keras rejects, such as data that do not fit a model."""

    written_class: str
    rejection: Rejected
    feeds_sequences: bool = False
    """Whether it feeds a model that reads sequences."""

    @property
    def class_name(self) -> str:
        return self.written_class

    def apply(self, call: Call) -> Application:
        reason = "Keras rejects this input"
        return Application(
            self, call, Shape.unknown(reason), unknown=reason, rejected=self.rejection
        )
