"""A layer that is not modelled: still a row, its count taken from the stored weights."""

from __future__ import annotations

from rnninspect.dims import Shape
from rnninspect.graph import Application, Call, Operation, declare


@declare
class Unmodelled(Operation):
    """A layer known by its class name only; ``reason`` says why, as the end of a sentence."""

    written_class: str
    reason: str
    registered_name: str | None = None

    @property
    def class_name(self) -> str:
        return self.written_class

    def apply(self, call: Call) -> Application:
        return Application(self, call, Shape.unknown(self.reason), unknown=self.reason)
