"""read_program: the models that a program builds, and the uses in it that Keras rejects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from rnninspect.ir.model import Model
from rnninspect.ir.operation import Operation
from rnninspect.reader.text.code import Piece
from rnninspect.sources.python import stacks
from rnninspect.sources.python.graphs import fragment_of, operation_of, rejected_model
from rnninspect.sources.python.interpreter import Interpreter, enter_alone, follow, new_scope
from rnninspect.sources.python.modules import Tree
from rnninspect.sources.python.relevance import Relevance
from rnninspect.sources.python.run import MAX_STEPS, Budget, OutOfSteps, Run
from rnninspect.sources.python.values import (
    Function,
    Graph,
    Instance,
    Stack,
    UserClass,
)

MAX_PASSES = 40
"""How often a program is followed at most, with other outcomes of unknown conditions."""
MAX_BARREN_PASSES = 6
"""How often a function is followed that uses no layer, whatever its conditions."""


class Program(NamedTuple):
    """What was understood of a program.

    ``models`` are those it builds; ``rejected`` end in the use that Keras rejects. ``incomplete``
    says why the reading stopped early, if it did.
    """

    path: str
    models: tuple[Model, ...]
    unknown: tuple[str, ...]
    """For each model that is not known completely: why not."""
    rejected: tuple[Model, ...]
    incomplete: str = ""
    accepted: frozenset[tuple[int | None, int | None, int | None]] = frozenset()
    """Cell, line and column of the uses that Keras accepts."""
    fed: frozenset[tuple[int | None, int | None, int | None]] = frozenset()
    """Those of the calls that feed a model data of just its input shape."""
    fragments: tuple[Model, ...] = ()
    """What functions that nothing calls make of tensors: parts of models."""
    written: Mapping[Operation, Mapping[str, Any]] = MappingProxyType({})
    """The arguments of each layer as the program writes them."""
    steps: int = 0
    """How many expressions and statements were looked at."""


def read_program(
    pieces: tuple[Piece, ...],
    path: str,
    *,
    steps: int = MAX_STEPS,
    at_hand: tuple[str, ...] = (),
    tree: Tree | None = None,
) -> Program:
    """Follow a program on every branch that its unknown conditions leave open.

    Never runs or imports anything; ends after ``steps`` expressions and statements. ``at_hand``
    are modules of Keras whose names it can use without importing them; ``tree`` has the other
    files that it can import.
    """
    relevance = Relevance(pieces, path, tree)
    if not relevance.is_any:
        return _Found(path).program("")
    budget = Budget(steps)
    found = _Found(path)
    seen: set[tuple[object, bool]] = set()
    waiting: list[tuple[tuple[bool, ...], str | None]] = [((), None)]
    incomplete = ""
    passes = 0
    barren: Counter[str] = Counter()
    while waiting and passes < MAX_PASSES:
        forced, alone = waiting.pop(0)
        if alone is not None and barren[alone] >= MAX_BARREN_PASSES:
            continue
        passes += 1
        run = Run(budget, forced)
        try:
            uses = _follow_once(run, pieces, path, at_hand, tree, relevance, alone)
            if alone is not None:
                barren[alone] += 1 if uses == 0 else -MAX_PASSES
        except OutOfSteps:
            incomplete = "it is too long to be followed to its end"
        except RecursionError:
            incomplete = "it is nested too deeply"
        found.collect(run)
        if incomplete:
            break
        seen.update(run.taken)
        for number in range(len(forced), len(run.taken)):
            site, outcome = run.taken[number]
            if (site, not outcome) not in seen:
                seen.add((site, not outcome))
                before, unit = run.way_to(number)
                waiting.append(((*before, not outcome), unit))
    return found.program(incomplete)._replace(steps=steps - budget.left)


def _follow_once(
    run: Run,
    pieces: tuple[Piece, ...],
    path: str,
    at_hand: tuple[str, ...],
    tree: Tree | None,
    relevance: Relevance,
    alone: str | None,
) -> int:
    """Follow the module, then each function that nothing calls; or only the one named ``alone``.

    How many layers those functions used is what comes back.
    """
    interpreter = Interpreter(run, tree)
    scope = new_scope("__main__")
    scope.stars += at_hand
    run.path = path
    for piece in pieces:
        run.cell = piece.cell
        run.lines[path, piece.cell] = piece.text.split("\n")
        follow(interpreter, piece.tree, scope)
    stacks.end(interpreter)
    before = run.uses
    for name, value in list(scope.names.items()):
        if alone in (None, name):
            run.units.append((name, len(run.taken)))
            _follow_unit(interpreter, value, path, relevance)
    return run.uses - before


def _follow_unit(interpreter: Interpreter, value: Any, path: str, relevance: Relevance) -> None:
    run = interpreter.run
    for function, receiver in _uncalled(value):
        if id(function.node) in run.entered or function.path != path:
            continue
        if relevance.holds(function.node):
            count = len(run.stacks)
            enter_alone(interpreter, function, [] if receiver is None else [receiver])
            if len(run.stacks) > count:
                stacks.end(interpreter)


def _uncalled(value: Any) -> Iterator[tuple[Function, Instance | None]]:
    """What a function or a class of the program has that might be called from elsewhere."""
    if isinstance(value, Function):
        yield value, None
    elif isinstance(value, UserClass):
        made = Instance(value)
        start = value.find("__init__")
        if isinstance(start, Function):
            yield start, made
        for name, member in value.members.items():
            if isinstance(member, Function) and name != "__init__":
                yield member, None if member.kind == "staticmethod" else made


class _Found:
    """What all passes found, each model and each rejection once."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.models: dict[object, Model] = {}
        self.unknown: dict[object, str] = {}
        self.rejected: dict[object, Model] = {}
        self.accepted: set[tuple[int | None, int | None, int | None]] = set()
        self.fed: set[tuple[int | None, int | None, int | None]] = set()
        self.fragments: list[Model] = []
        self.written: dict[Operation, Mapping[str, Any]] = {}

    def collect(self, run: Run) -> None:
        self.accepted |= run.accepted
        self.fed |= run.fed
        self.written |= run.written
        built: list[Stack | Graph] = [*run.stacks, *run.graphs]
        for value in built:
            if isinstance(value, Stack) and not value.layers:
                continue
            key = (value.place.in_any_round, type(value))
            operation = operation_of(value)
            if isinstance(operation, Model):
                if key not in self.models or len(operation.nodes) > len(self.models[key].nodes):
                    self.models[key] = operation
                self.unknown.pop(key, None)
            elif key not in self.models and not (isinstance(value, Stack) and value.failed):
                self.unknown[key] = operation.reason
        self.fragments += [fragment_of(one) for one in run.fragments]
        for use, name in run.rejections:
            where = use.place.in_any_round
            if where not in self.rejected:
                self.rejected[where] = rejected_model(use, name)

    def program(self, incomplete: str) -> Program:
        return Program(
            self.path,
            tuple(self.models.values()),
            tuple(self.unknown.values()),
            tuple(self.rejected[key] for key in sorted(self.rejected, key=_order)),
            incomplete,
            frozenset(self.accepted),
            frozenset(self.fed),
            tuple(self.fragments),
            self.written,
        )


def _order(place: Any) -> tuple[str, int, int, int]:
    return place.path or "", place.cell or 0, place.line or 0, place.column or 0
