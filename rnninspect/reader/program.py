"""read_program: a program becomes the models that it makes and what Keras rejects in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from rnninspect.diagnostics import Place
from rnninspect.ir.model import Model
from rnninspect.ir.operation import Operation
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import flatten
from rnninspect.reader.alone import follow_alone
from rnninspect.reader.context import Ended, Frame, OutOfSteps
from rnninspect.reader.eras import eras_of
from rnninspect.reader.interpreter import MAX_STEPS, Interpreter
from rnninspect.reader.join import join_states, state_after_any_write
from rnninspect.reader.keras.graphs import fragment_of, rejected_model
from rnninspect.reader.models import Collected, collect
from rnninspect.reader.record import NotFollowed, Position, Record
from rnninspect.reader.relevance import Relevance
from rnninspect.reader.store import State, WriteLog
from rnninspect.reader.text.code import Piece
from rnninspect.reader.tree import FollowedModule, Tree
from rnninspect.reader.values import ScopeRef

MAX_MODULE_STEPS = 60_000
"""Expressions and statements looked at in one imported file."""


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
    accepted: frozenset[Position] = frozenset()
    """Where uses are that Keras accepts."""
    fed: frozenset[Position] = frozenset()
    """Where calls are that feed a model data of just its input shape."""
    fragments: tuple[Model, ...] = ()
    """What functions that nothing calls make of tensors: parts of models."""
    written: Mapping[Operation, Mapping[str, Any]] = MappingProxyType({})
    """The arguments of each layer as the program writes them."""
    steps: int = 0
    """How many expressions and statements were looked at."""
    not_followed: tuple[NotFollowed, ...] = ()
    constructed: frozenset[Position] = frozenset()
    """Where constructor calls are that Keras accepts."""
    printed_at: Mapping[Model, Place] = MappingProxyType({})
    """Where the program prints the summary of a model that is as it is there."""


def read_program(
    pieces: tuple[Piece, ...],
    path: str,
    *,
    steps: int = MAX_STEPS,
    at_hand: tuple[str, ...] = (),
    tree: Tree | None = None,
    keras_major: int | None = None,
    is_keras_stated: bool = False,
) -> Program:
    """Follow a program on every path that its unknown conditions leave open.

    Never runs or imports anything; ends after ``steps`` expressions and statements. ``at_hand``
    are modules of Keras whose names it can use without importing them; ``tree`` has the other
    files that it can import. ``keras_major`` is the version that the user states, or else the
    installed one.
    """
    relevance = Relevance(pieces, path, tree)
    if not relevance.is_any:
        return Program(path, (), (), ())
    record = Record()
    record.is_keras_2 = relevance.is_keras_2
    record.eras = eras_of(
        relevance.found, relevance.modules, keras_major, is_stated=is_keras_stated
    )
    interpreter = Interpreter(record, tree, follow_module, steps)
    scope = ScopeRef(path=path)
    incomplete = ""
    states: list[State] = []
    try:
        states = follow_pieces(interpreter, pieces, path, scope, "__main__", at_hand)
        states = interpreter.settled(states)
        follow_alone(interpreter, states, scope, path, relevance)
    except OutOfSteps:
        incomplete = "it is too long to be followed to its end"
    except RecursionError:
        incomplete = "it is nested too deeply"
    interpreter.steps_left = max(interpreter.steps_left, 20_000)
    models = collect(interpreter, [*states, interpreter.state])
    for piece in pieces:
        for dropped in piece.dropped:
            place = Place(path, dropped.line, cell=piece.cell)
            record.note_not_followed(place, f"it does not parse: {dropped.reason}")
    return _program(path, record, models, incomplete, steps - interpreter.steps_left)


def follow_pieces(
    interpreter: Interpreter,
    pieces: tuple[Piece, ...],
    path: str,
    scope: ScopeRef,
    name: str,
    at_hand: tuple[str, ...] = (),
) -> list[State]:
    """Follow a file, or the cells of a notebook one after the other; the states in which it ends.

    What a cell raises does not end a notebook: the next cell is run all the same.
    """
    start = interpreter.state
    start.new_names(scope, {"__name__": name})
    start.own(scope).stars = at_hand
    states = [start]
    for piece in pieces:
        interpreter.record.lines[path, piece.cell] = piece.text.split("\n")
        interpreter.frame = Frame(scope, path, piece.cell)
        if piece.cell is None:
            states = interpreter.block(piece.tree.body, states).next
            continue
        base, log = join_all([state.forked() for state in states]), WriteLog()
        interpreter.logs.append(log)
        try:
            states = interpreter.block(piece.tree.body, states).next
        finally:
            interpreter.logs.remove(log)
        if not states:
            states = [state_after_any_write(base, log, "a cell may have raised")]
    return states


def join_all(states: list[State]) -> State:
    """Return what all states have in common."""
    joined = states[0]
    for state in states[1:]:
        joined = join_states(joined, state)
    return joined


def follow_module(
    tree: Tree, path: str, pieces: tuple[Piece, ...], name: str, scope: ScopeRef
) -> FollowedModule:
    """Follow an imported file by itself."""
    record = Record()
    interpreter = Interpreter(record, tree, follow_module, MAX_MODULE_STEPS)
    states: list[State] = []
    try:
        states = follow_pieces(interpreter, pieces, path, scope, name)
    except (OutOfSteps, RecursionError, Ended):
        states = []
    tree.lines.update(record.lines)
    end = join_all(states) if states else interpreter.state
    if not states:
        end.own(scope).has_more = "the module was not followed to its end"
    return FollowedModule(scope, end.cells, record.written)


def doubts_of(program: Program) -> Iterator[str]:
    """Yield why models of a program are not known completely, each with its name."""
    for model in program.models:
        binding = model.binding
        name = model.name if binding is None else binding.name
        hidden = [model.input_shapes[key] for key in sorted(model.hidden_inputs)]
        uses = model.reference.values()
        reasons = [inner.unknown for use in uses for inner in use.unknowns()]
        shapes = [*hidden, *(leaf for use in uses for leaf in flatten(use.output))]
        reasons += [
            shape.reason for shape in shapes if isinstance(shape, Shape) and shape.rank is None
        ]
        for reason in dict.fromkeys(reasons):
            yield f"{name}: {reason or 'a shape is not known'}"
    yield from (f"a model: {reason}" for reason in program.unknown)
    if program.incomplete:
        yield f"{program.path}: {program.incomplete}"


def _program(path: str, record: Record, models: Collected, incomplete: str, steps: int) -> Program:
    rejected = {
        key: rejected_model(*found)
        for key, found in sorted(
            record.rejections.items(),
            key=lambda item: (
                item[0][0].path or "",
                item[0][0].cell or 0,
                item[0][0].line or 0,
                item[0][0].column or 0,
            ),
        )
    }
    return Program(
        path,
        models.models,
        models.unknown,
        tuple(rejected.values()),
        incomplete,
        frozenset(record.accepted),
        frozenset(record.fed),
        tuple(fragment_of(fragment) for fragment in record.fragments),
        record.written,
        steps,
        tuple(record.not_followed.values()),
        frozenset(record.constructed),
        models.printed_at,
    )
