"""The models that a program makes: each once, by how it came to be made."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from rnninspect.diagnostics import Place
from rnninspect.ir.model import Model
from rnninspect.reader.cells import SequentialCell
from rnninspect.reader.context import OutOfSteps
from rnninspect.reader.interpreter import Interpreter
from rnninspect.reader.keras.graphs import operation_of
from rnninspect.reader.keras.sequential import settle
from rnninspect.reader.store import State
from rnninspect.reader.values import GraphRef, SequentialRef


class Collected(NamedTuple):
    """Models, and for each that is not known why not."""

    models: tuple[Model, ...]
    unknown: tuple[str, ...]
    printed_at: Mapping[Model, Place] = MappingProxyType({})
    """Where the program prints the summary of a model that is as it is there."""


class _Collector:
    """Takes the best form of each model: the most complete one, then the largest."""

    def __init__(self, interpreter: Interpreter) -> None:
        self.interpreter = interpreter
        self.models: dict[object, Model] = {}
        self.unknown: dict[object, str] = {}
        self.failed: set[object] = set()
        self.shown: dict[object, tuple[Place, Model]] = {}

    def add(self, ref: SequentialRef | GraphRef, state: State) -> None:
        """Add a model as it is in a state."""
        key = (ref.identity, type(ref))
        if isinstance(ref, SequentialRef):
            cell: SequentialCell = state.get(ref)
            if not cell.layers and not cell.doubts:
                return
            if cell.failed:
                self.failed.add(key)
                return
        operation = operation_of(ref, state)
        if not isinstance(operation, Model):
            if key not in self.models:
                self.unknown.setdefault(key, operation.reason)
            return
        self.unknown.pop(key, None)
        old = self.models.get(key)
        if old is None or _worth(operation) > _worth(old):
            self.models[key] = self._named(operation, ref)

    def add_shown(self, ref: SequentialRef | GraphRef, state: State, place: Place) -> None:
        """Add a model as it is where its summary is printed: that is what is shown of it.

        The last place counts, and of several paths to it the one on which most is known.
        """
        key = (ref.identity, type(ref))
        operation = operation_of(ref, state)
        if not isinstance(operation, Model) or not operation.nodes:
            return
        before, old = self.shown.get(key, (place, None))
        if old is None or before != place or _worth(operation) > _worth(old):
            self.shown[key] = place, self._named(operation, ref)

    def _named(self, model: Model, ref: SequentialRef | GraphRef) -> Model:
        owner = self.interpreter.record.models.get(ref)
        found = self.interpreter.record.bindings.get(owner or ref.identity)
        return model if found is None else model.but(binding=found.binding)

    def all(self) -> tuple[dict[object, Model], dict[Model, Place]]:
        """Return each model once, and of those that are as their summary was printed, where."""
        models, printed_at = dict(self.models), {}
        for key, (place, model) in self.shown.items():
            if key in models and _worth(model)[0] >= _worth(models[key])[0]:
                models[key] = model
                printed_at[model] = place
        return models, printed_at


def _worth(model: Model) -> tuple[bool, int]:
    is_whole = not model.hidden_inputs and all(
        use.unknown == "" for use in model.reference.values()
    )
    return is_whole, len(model.nodes)


def collect(interpreter: Interpreter, states: list[State]) -> Collected:
    """Return the models of a program from the states in which it ends, and those kept before."""
    record = interpreter.record
    collector = _Collector(interpreter)
    for kept in record.kept:
        state = kept.state.forked()
        state.cells[kept.model] = kept.cell
        interpreter.state = state
        try:
            settle(interpreter, kept.model)
        except OutOfSteps:
            break
        collector.add(kept.model, interpreter.state)
    for shown in record.shown:
        interpreter.state = shown.state
        if isinstance(shown.model, SequentialRef):
            try:
                settle(interpreter, shown.model)
            except OutOfSteps:
                break
        collector.add_shown(shown.model, interpreter.state, shown.place)
    for ref in record.models:
        for state in states:
            if ref in state.cells or isinstance(ref, GraphRef):
                collector.add(ref, state)
                if isinstance(ref, GraphRef):
                    break
    for key in collector.failed:
        collector.unknown.pop(key, None)
    models, printed_at = collector.all()
    return Collected(tuple(models.values()), tuple(collector.unknown.values()), printed_at)
