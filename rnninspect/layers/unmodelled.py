"""Operations without a formula: layers that are not modelled, and what Keras refuses anyway."""

from __future__ import annotations

from collections.abc import Mapping

from rnninspect.dims import Shape
from rnninspect.operation import Application, Call, Operation, Refused, declare


@declare
class Unmodelled(Operation):
    """A layer known by its class name only; ``reason`` says why, as the end of a sentence."""

    written_class: str
    reason: str
    registered_name: str | None = None
    is_whole_model: bool = False
    """Whether it stands for a model of which nothing but its class is known."""
    inner_classes: Mapping[str, str] | None = None
    """The classes of the layers that its config holds, by the argument's name."""

    @property
    def class_name(self) -> str:
        return self.written_class

    def apply(self, call: Call) -> Application:
        return Application(self, call, Shape.unknown(self.reason), unknown=self.reason)


UNPACKING, DATA, STATES = "unpacking", "data", "states"
"""What a Refusing can be."""


@declare
class Refusing(Operation):
    """Something other than a layer that Keras refuses, such as data that do not fit a model."""

    written_class: str
    refusal: Refused
    feeds_sequences: bool = False
    """Whether it feeds a model that reads sequences."""

    @property
    def class_name(self) -> str:
        return self.written_class

    def apply(self, call: Call) -> Application:
        reason = "Keras refuses this input"
        return Application(self, call, Shape.unknown(reason), unknown=reason, refused=self.refusal)
