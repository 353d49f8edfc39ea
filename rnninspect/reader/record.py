"""Record: what one reading of a program found, on whatever path it was found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from rnninspect.diagnostics import Place
from rnninspect.ir.model import Binding
from rnninspect.ir.operation import Operation
from rnninspect.reader.eras import Eras
from rnninspect.reader.store import State
from rnninspect.reader.values import Function, GraphRef, InstanceRef, SequentialRef, Use, Value

Position = tuple[int | None, int | None, int | None]
"""Cell, line and column."""


class NotFollowed(NamedTuple):
    """Something that was not followed, and why."""

    place: Place
    reason: str

    def __str__(self) -> str:
        cell = "" if self.place.cell is None else f"cell {self.place.cell}:"
        return f"not followed: {self.place.path}:{cell}{self.place.line}: {self.reason}"


class RejectedUse(NamedTuple):
    """A use that Keras rejects, the first use of its layer, and the model in which it stands."""

    use: Use
    first: Use | None
    name: str | None


class Kept(NamedTuple):
    """A model as it was in a state, before code elsewhere could change it."""

    model: SequentialRef
    cell: Any
    state: State


class BindingAt(NamedTuple):
    """The variable that holds a model, and how deep in calls it is bound."""

    binding: Binding
    depth: int


class Shown(NamedTuple):
    """A model as it was where the program prints its summary."""

    model: SequentialRef | GraphRef
    state: State
    place: Place


class Record:
    """What is remembered of a reading besides its states."""

    def __init__(self) -> None:
        self.lines: dict[tuple[str, int | None], list[str]] = {}
        self.not_followed: dict[tuple[Place, str], NotFollowed] = {}
        self.models: dict[SequentialRef | GraphRef, InstanceRef | None] = {}
        """The models that were made, in their order, with the object of a class they come from."""
        self.kept: list[Kept] = []
        self.rejections: dict[tuple[Place, str], RejectedUse] = {}
        self.rejected_count = 0
        self.uses = 0
        self.accepted: set[Position] = set()
        """Where uses are that Keras accepts, of which the rank is known."""
        self.fed: set[Position] = set()
        """Where calls are that feed a model data of just its input shape."""
        self.written: dict[Operation, Mapping[str, Any]] = {}
        """The arguments of each layer as the program writes them."""
        self.bindings: dict[object, BindingAt] = {}
        self.shown: list[Shown] = []
        self.decorated: list[Function] = []
        """Functions of which a decorator made something else."""
        self.fragments: list[Any] = []
        """What functions that nothing calls return: tensors that some model may use."""
        self.data_format: Value = "channels_last"
        self.is_keras_2 = False
        self.eras = Eras()
        self.constructed: set[Position] = set()
        """Where constructor calls are that Keras accepts."""

    def note_not_followed(self, place: Place, reason: str) -> None:
        """Remember a construct that was not followed."""
        if len(self.not_followed) < 1000:
            self.not_followed[place.in_any_round, reason] = NotFollowed(place, reason)

    def add_model(self, model: SequentialRef | GraphRef, owner: InstanceRef | None = None) -> None:
        """Remember a model that was made."""
        self.models.setdefault(model, owner)

    def keep(self, state: State, model: SequentialRef) -> None:
        """Keep a model as it is in a state, before code elsewhere can change it."""
        if len(self.kept) < 500:
            self.kept.append(Kept(model, state.cells[model], state))

    def keep_all(self, state: State) -> None:
        """Keep the models of a state in which the program ends."""
        for model in self.models:
            if isinstance(model, SequentialRef) and model in state.cells:
                self.keep(state, model)

    def reject(self, use: Use, first: Use | None, model: str | None) -> None:
        """Remember a use that Keras rejects."""
        self.rejected_count += 1
        key = (use.place.in_any_round, use.layer.operation.class_name)
        self.rejections.setdefault(key, RejectedUse(use, first, model))

    def note_summary(self, model: Value, state: State, place: Place) -> None:
        """Remember a model as it is where the program prints its summary."""
        if isinstance(model, SequentialRef | GraphRef) and len(self.shown) < 100:
            self.shown.append(Shown(model, state.forked(), place))

    def bind(self, identity: object, binding: Binding, depth: int) -> None:
        """Remember the variable that holds a model: one of an outer scope counts more."""
        old = self.bindings.get(identity)
        if old is None or depth < old.depth:
            self.bindings[identity] = BindingAt(binding, depth)
