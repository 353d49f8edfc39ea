"""Interpreter: follows a program statement by statement, in every state it can be in."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rnninspect.diagnostics import Place
from rnninspect.ir.model import Binding
from rnninspect.reader import (
    attributes,
    calls,
    conditions,
    objects,
    operators,
    places,
    subscripts,
)
from rnninspect.reader.assignment import assign
from rnninspect.reader.cells import DictCell, ListCell, Names, ObjectCell, SetCell
from rnninspect.reader.context import Attempt, Ended, Frame, OutOfSteps
from rnninspect.reader.control import Flow
from rnninspect.reader.data import frames
from rnninspect.reader.expressions import EVALUATE
from rnninspect.reader.join import Joiner, same
from rnninspect.reader.keras import dispatch, functional, sequential
from rnninspect.reader.library import objects as library_objects
from rnninspect.reader.loops import repeated
from rnninspect.reader.naming import canonical, is_keras
from rnninspect.reader.record import Record
from rnninspect.reader.several import standing_for_several
from rnninspect.reader.statements import EXECUTE
from rnninspect.reader.store import ARRAYS, State, WriteLog
from rnninspect.reader.tree import FollowModule, Tree
from rnninspect.reader.values import (
    Array,
    BoundMethod,
    ClassRef,
    DictRef,
    Function,
    GraphRef,
    InstanceRef,
    ListRef,
    ModuleValue,
    Partial,
    Ref,
    ScopeRef,
    SequentialRef,
    SetRef,
    Unresolved,
    Value,
)
from rnninspect.reader.worlds import limited, limited_outcomes
from rnninspect.strictness import reject_unforeseen

MAX_STEPS = 100_000
"""Expressions and statements looked at in one file."""
MAX_ROUNDS = 1000
"""Iterations of loops that are followed one by one in one file."""
MAX_MODULES = 60
"""How many files of the checked tree one program is followed into."""
MAX_WORLDS = 8
MAX_BRANCHES = 3
"""How many unknown conditions inside one statement are followed both ways."""
MAX_RETURNS = 4
"""How many states a call is left in at most."""


class Interpreter:
    """One reading of a program. Its parts see it as a ``Context``."""

    # What Keras's objects and data do is in the folders of these names.
    use_layer = dispatch.use_layer
    call_keras = dispatch.call_keras
    call_method_of_layer = dispatch.call_method_of_layer
    call_on_tensors = dispatch.call_on_tensors
    call_with_repeated = dispatch.call_with_repeated
    check_unpacking = dispatch.check_unpacking
    initialize = dispatch.initialize
    is_layer_of = dispatch.is_layer_of
    is_model_class = dispatch.is_model_class
    part_of_tensor = staticmethod(dispatch.part_of_tensor)
    attribute_of_layer = functional.attribute_of_layer
    set_attribute_of_layer = functional.set_attribute_of_layer
    attribute_of_data = objects.attribute_of_data
    binary_operation = objects.binary_operation
    call_method_of_data = objects.call_method_of_data
    call_method_of_object = library_objects.call_method_of_object
    call_method_of_library = library_objects.call_method_of_library
    item_of_data = objects.item_of_data
    attribute_of_object = library_objects.attribute_of_object
    set_column = frames.set_column

    def __init__(
        self,
        record: Record,
        tree: Tree | None = None,
        follow_module: FollowModule | None = None,
        steps: int = MAX_STEPS,
    ) -> None:
        self.record = record
        self.tree = tree if follow_module is not None else None
        self.follow_module: Any = follow_module
        self.logs: list[WriteLog] = []
        self.state = State(self.logs, self.keep_model)
        self.state.new_names(attributes.LIBRARY)
        self.state.put(ARRAYS, ObjectCell({}))
        self.frame = Frame(ScopeRef(), "", None)
        self.attempt = Attempt()
        self.statement: ast.AST | None = None
        self.active: list[object] = []
        self.entered: set[int] = set()
        self.caught = 0
        self.steps_left = steps
        self.rounds_left = MAX_ROUNDS
        self.loops_unknown = 0
        """How many loops of unknown length are being followed."""
        self.defined: dict[object, Any] = {}
        self.objects_deep = 0
        """How many layers and models of the program's own classes are being called."""
        self.modules: dict[str, ModuleValue] = {}

    # Statements.

    def spend(self) -> None:
        self.steps_left -= 1
        if self.steps_left < 0:
            raise OutOfSteps

    def block(self, statements: Sequence[ast.stmt], states: list[State]) -> Flow:
        """Follow statements in order, from each of several states."""
        flow = Flow()
        for statement in statements:
            following: list[State] = []
            for state in states:
                end = self.execute(statement, state)
                following += end.next
                flow.take_exits(end)
            states = self.limit(following)
            if not states:
                return flow
        flow.next = states
        return flow

    def execute(self, statement: ast.stmt, state: State) -> Flow:
        """Follow one statement from one state."""
        self.spend()
        follow = EXECUTE.get(type(statement))
        if follow is None:
            reject_unforeseen(f"no statement {type(statement).__name__}")
            self.not_followed(statement, f"{type(statement).__name__} is not followed")
            return Flow([state])
        outer, self.statement = self.statement, statement
        self.state = state
        try:
            return follow(self, statement, state)
        finally:
            self.statement = outer

    def limit(self, states: list[State], most: int | None = None) -> list[State]:
        """Return at most so many states that stand for all of them."""
        if len(states) < 2:
            return states
        return limited(states, most or self.max_worlds)

    def limit_outcomes(self, outcomes: list[tuple[State, Value]]) -> list[tuple[State, Value]]:
        """Return a few states with their values that stand for all outcomes of a call."""
        if len(outcomes) < 2:
            return outcomes
        return limited_outcomes(outcomes, min(MAX_RETURNS, self.max_worlds))

    @property
    def max_worlds(self) -> int:
        """How many states are followed side by side: fewer as the budget is spent."""
        if self.loops_unknown:  # where the states meet after each iteration anyway
            return 3 if self.loops_unknown == 1 else 1
        if self.steps_left > MAX_STEPS // 2:
            return MAX_WORLDS
        return 2 if self.steps_left > MAX_STEPS // 6 else 1

    # Expressions.

    def evaluate(self, node: ast.AST) -> Value:
        self.steps_left -= 1
        if self.steps_left < 0:
            raise OutOfSteps
        function = EVALUATE.get(type(node))
        if function is None:
            reject_unforeseen(f"no expression {type(node).__name__}")
            self.not_followed(node, f"{type(node).__name__} is not followed")
            return Unresolved(f"{type(node).__name__} is not followed")
        return function(self, node)

    def outcomes(self, state: State, work: Callable[[], Value]) -> list[tuple[State, Value]]:
        outer_state, outer_attempt, outer_frame = self.state, self.attempt, self.frame
        results: list[tuple[State, Value]] = []
        state.journal = []
        self.state, self.attempt = state, Attempt()
        waiting: list[Attempt] = []
        try:
            while True:
                try:
                    value = work()
                except Ended:
                    self.record.keep_all(self.state)
                else:
                    results.append((self.state, value))
                waiting += reversed(self.attempt.alternatives)
                if not waiting:
                    break
                self.attempt = waiting.pop()
                assert self.attempt.base is not None
                self.state = self.attempt.base.forked()
                self.frame = outer_frame
        finally:
            self.state, self.attempt, self.frame = outer_state, outer_attempt, outer_frame
        return results

    def once(self, work: Callable[[], list[tuple[State, Value]]]) -> Value:
        attempt = self.attempt
        if attempt.next_choice < len(attempt.script):
            state, value = attempt.script[attempt.next_choice]
            attempt.next_choice += 1
            self.state = state.forked()  # further attempts may begin with the same choices
            self.state.journal = []
            return value
        self.keep_base()
        self.attempt = Attempt()
        try:
            options = work()
        finally:
            self.attempt = attempt
        if not options:
            raise Ended
        if len(options) > 1 and len(attempt.alternatives) + len(attempt.script) > 6:
            options = limited_outcomes(options, 1)
        (first, value), *others = options
        kept = first.forked()
        for other in others:
            attempt.alternatives.append(
                Attempt(
                    attempt.base,
                    [*attempt.script, other],
                    attempt.created[: attempt.next_created],
                )
            )
        attempt.script.append((kept, value))
        attempt.next_choice += 1
        self.state = first
        self.state.journal = []
        return value

    def keep_base(self) -> None:
        """Keep the state in which the present statement began."""
        if self.attempt.base is None:
            self.attempt.base = self.state.rewound()

    def create(self, factory: Callable[[], Any]) -> Any:
        attempt = self.attempt
        if attempt.next_created < len(attempt.created):
            made = attempt.created[attempt.next_created]
        else:
            made = factory()
            attempt.created.append(made)
        attempt.next_created += 1
        return made

    def define_once(self, node: ast.AST, made: Any, parts: Any) -> Any:
        """Return a function or class of the module: the same one in states side by side.

        ``parts`` are what it is made of. What a function or a loop of unknown length defines is
        another one each time.
        """
        if self.frame.calls or self.loops_unknown:
            return made
        key = (node, self.frame.scope.module, self.frame.iterations)
        known, with_parts = self.defined.setdefault(key, (made, parts))
        return known if same(with_parts, parts) else made

    def repeat(self, work: Callable[[], Value], reason: str) -> Value:
        def join(values: Sequence[Value]) -> Value:
            joiner = Joiner(reason)
            joined = joiner.all(values) if values else Unresolved(reason)
            if joiner.lost:
                self.state.escape(tuple(joiner.lost), reason)
            return standing_for_several(begun, self.state, joined, reason)

        begun = self.state.forked()
        return repeated(self, work, join)

    # Conditions.

    def truth(self, value: Value, node: Any = None) -> bool | None:
        return conditions.truth_of(self, value, node)

    def decide(self, condition: Value) -> bool | None:
        return conditions.decided(self.state, condition)

    def branch(self, condition: Value) -> bool | None:
        truth = self.truth(condition)
        if truth is None:
            truth = self.decide(condition)
        if truth is not None:
            return truth
        # Only what is the same when the statement is evaluated again may decide this.
        self.attempt.branches += 1
        if self.attempt.branches > MAX_BRANCHES:
            return None

        def forked() -> list[tuple[State, Value]]:
            holds, fails = self.state, self.state.forked()
            conditions.assume(holds, condition, True)
            conditions.assume(fails, condition, False)
            return [(holds, True), (fails, False)]

        outcome: bool = self.once(forked)
        return outcome

    def compare(self, operator: ast.cmpop, left: Value, right: Value, node: Any) -> Value:
        return conditions.compared(self, operator, left, right, node)

    def binary(self, operator: ast.operator, left: Value, right: Value, node: Any) -> Value:
        return operators.binary(self, operator, left, right, node)

    # Objects.

    def call(
        self, function: Value, args: Sequence[Value], kwargs: Mapping[str, Value], node: Any
    ) -> Value:
        return calls.call(self, function, args, kwargs, node)

    def call_unseen(self, values: Sequence[Value], reason: str) -> Value:
        for value in values:
            self.state.escape(value, reason)
        self.state.epoch += 1
        return Unresolved(reason)

    def call_back(self, values: Sequence[Value], reason: str) -> None:
        """Open what a library may call back of what it is given: functions and objects."""
        waiting = list(values)
        seen: dict[int, Value] = {}
        while waiting:
            value = waiting.pop()
            if id(value) in seen:
                continue
            seen[id(value)] = value
            if isinstance(value, Array | Function | BoundMethod | Partial | InstanceRef | ClassRef):
                self.state.escape(value, reason)
            elif isinstance(value, tuple):
                waiting += value
            elif isinstance(value, ListRef):
                cell: ListCell = self.state.get(value)
                waiting += cell.items if cell.exact else (cell.element,)
            elif isinstance(value, DictRef):
                waiting += self.state.get(value).items.values()

    def attribute(self, value: Value, name: str, node: Any) -> Value:
        return attributes.attribute_of(self, value, attributes.mangled(self, name), node)

    def set_attribute(self, value: Value, name: str, item: Value) -> None:
        attributes.set_attribute_of(self, value, name, item)

    def item(self, value: Value, key: Value, node: Any) -> Value:
        return subscripts.item_of(self, value, key, node)

    def set_item(self, value: Value, key: Value, item: Value, node: Any) -> None:
        subscripts.set_item(self, value, key, item, node)

    def assign(self, target: ast.AST, value: Value) -> None:
        assign(self, target, value)

    def binding_scope(self, name: str) -> ScopeRef:
        """Return the scope in which an assignment binds a name."""
        return self._binding_scope(self.frame.scope, name)

    def _binding_scope(self, scope: ScopeRef, name: str) -> ScopeRef:
        used = scope.used
        if used is None or scope.is_class or scope.is_comprehension:
            return scope
        if name in used.declared:
            return scope.module
        if name in used.rebound and name not in used.local:
            outer = scope.outer
            while outer is not None:
                names = outer.used
                if names is not None and not outer.is_class and name in names.local:
                    return outer
                outer = outer.outer
        return scope

    def bind_outside(self, name: str, value: Value) -> None:
        """Bind the name of a walrus: in a comprehension, that of the function around it."""
        scope = self.frame.scope
        while scope.is_comprehension and scope.outer is not None:
            scope = scope.outer
        self.state.set_name(self._binding_scope(scope, name), name, value)

    def new_list(self, items: Sequence[Value]) -> ListRef:
        return self.new_list_of(ListCell(tuple(items)))

    def new_list_of(self, cell: ListCell) -> ListRef:
        """Return a new list with these contents."""
        ref: ListRef = self.create(ListRef)
        self.state.put(ref, cell)
        return ref

    def new_dict(self, items: Mapping[Any, Value]) -> DictRef:
        ref: DictRef = self.create(DictRef)
        self.state.put(ref, DictCell(dict(items)))
        return ref

    def new_set(self, items: Sequence[Value]) -> SetRef:
        if all(map(conditions.is_key, items)) and not conditions.holds_objects(items):
            return self.new_set_of(SetCell(frozenset(items)))
        for item in items:
            self.state.escape(item, "it is in a set")
        return self.new_set_of(SetCell(frozenset(), Unresolved("an element"), exact=False))

    def new_set_of(self, cell: SetCell) -> SetRef:
        """Return a new set with these contents."""
        ref: SetRef = self.create(SetRef)
        self.state.put(ref, cell)
        return ref

    # Places and modules.

    def place(self, node: Any) -> Place:
        return places.place_of(self.record.lines, self.frame, node)

    def not_followed(self, node: Any, reason: str) -> None:
        self.record.note_not_followed(self.place(node or self.statement), reason)

    def module(self, name: str, level: int) -> ModuleValue | None:
        """Return a file of the checked tree that the program imports; None for any other."""
        if self.tree is None or is_keras(canonical(name)) or len(self.modules) > MAX_MODULES:
            return None
        path = self.tree.find(name, level, self.frame.path)
        if path is None or path == self.frame.path:
            return None
        if path not in self.modules:
            followed = self.tree.module(path, name or "package", self.follow_module)
            if followed is None:
                return None
            self.modules[path] = ModuleValue(followed.scope, path)
            self.record.written.update(followed.written)
            self.record.lines.update(self.tree.lines)
        value = self.modules[path]
        if value.scope not in self.state.cells:
            followed = self.tree.modules.get(path)
            if followed is not None:
                self.state.cells.adopt(followed.cells)
            if value.scope not in self.state.cells:
                self.state.cells[value.scope] = Names(
                    {}, object(), has_more="modules import each other"
                )
        return value

    def keep_model(self, state: State, ref: Ref | Function, reason: str) -> None:
        """Keep a model as it is before code that is not followed can change it."""
        if isinstance(ref, SequentialRef):
            self.record.keep(state.forked(), ref)

    def settled(self, states: list[State]) -> list[State]:
        """Look at the models that nothing built on an input that is not known."""
        ends: list[State] = []
        for state in states:
            outcomes = self.outcomes(state, self._settle)
            ends += [end for end, _ in outcomes] or [state]
        return ends

    def _settle(self) -> None:
        for model in list(self.record.models):
            if isinstance(model, SequentialRef):
                sequential.settle(self, model)

    def was_bound(self, target: Any, value: Value) -> None:
        """Remember the variable that holds a model."""
        if isinstance(value, SequentialRef | GraphRef | InstanceRef):
            statement = self.statement if self.statement is not None else target
            place = self.place(statement)
            lines = self.record.lines.get((place.path or "", place.cell), [])
            line = place.line or 0
            text = lines[line - 1].strip() if 0 < line <= len(lines) else ast.unparse(target)
            identity = getattr(value, "identity", value)
            binding = Binding(ast.unparse(target), text, place.in_any_round)
            self.record.bind(identity, binding, self.frame.depth)

    def attribute_was_set(self, owner: InstanceRef, name: str, item: Value) -> None:
        """Note an attribute of an object: nothing follows from it by itself."""

    def submodule(self, package: ModuleValue, name: str) -> ModuleValue | None:
        """Return a module inside a package of the tree."""
        outer = self.frame
        self.frame = outer._replace(path=package.path)
        try:
            return self.module(name, 1)
        finally:
            self.frame = outer
