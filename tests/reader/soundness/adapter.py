"""The project's reader as the judge sees it: its states become claims.

`read` follows a program; each `probe(k)` keeps the states in which it is reached. `read_functions`
follows each function of a module by itself, with arguments of which nothing is known.
"""

from __future__ import annotations

import ast
import builtins
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from rnninspect.reader.context import Ended, Frame, OutOfSteps
from rnninspect.reader.control import Flow
from rnninspect.reader.functions import follow
from rnninspect.reader.interpreter import Interpreter
from rnninspect.reader.record import Record
from rnninspect.reader.store import State
from rnninspect.reader.syntax import names_used
from rnninspect.reader.values import (
    BoundMethod,
    ClassRef,
    Descriptor,
    DictRef,
    EnumMember,
    External,
    Function,
    InstanceRef,
    ListRef,
    ScopeRef,
    SetRef,
    Unresolved,
    Value,
)
from tests.reader.soundness.claims import (
    UNKNOWN,
    Claim,
    Claims,
    Entries,
    Instance,
    Items,
    Known,
    Named,
    OfType,
    Same,
    SomeEntries,
    SomeItems,
    Symbol,
    World,
    Worlds,
)

MAX_STEPS = 60_000
MAX_STEPS_ALONE = 20_000
MAX_WORLDS = 40  # of one point; with more, nothing is claimed but that it is reached
REPEATED = (ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith)  # more than one line event
SCALARS = (int, float, str, bytes, bool, complex, type(None), type(Ellipsis))
DICTS = {"dict": None, "Counter": "Counter", "defaultdict": "defaultdict",
         "OrderedDict": "OrderedDict"}  # fmt: skip

SCOPES = {ast.ListComp: "<listcomp>", ast.SetComp: "<setcomp>", ast.DictComp: "<dictcomp>",
          ast.GeneratorExp: "<genexpr>"}  # fmt: skip
RENAMING = ("wraps", "update_wrapper", "__qualname__")


class Describer:
    """Says what one state claims."""

    def __init__(self, state: State, names: Mapping[tuple[str, int], str]) -> None:
        self.state = state
        self.qualified = names
        self.seen: dict[int, object] = {}

    def variables(self, scope: ScopeRef) -> dict[str, Claim]:
        names = self.state.names(scope)
        return {
            name: self.claim(value)
            for name, value in names.values.items()
            if name.isidentifier() and name[:2] != "__" and name not in names.doubtful
        }

    def claim(self, value: Value) -> Claim:
        if isinstance(value, SCALARS):
            return Known(value)
        if isinstance(value, Unresolved):
            if value.kind is int and not value.is_summary:
                return Symbol(id(value))
            return UNKNOWN if value.kind is None else OfType(value.kind.__name__)
        if isinstance(value, EnumMember):
            attributes = {"name": Known(value.name), "value": self.claim(value.value)}
            return Instance(value.cls.name, attributes)
        if type(value) is tuple:
            return Items("tuple", tuple(map(self.claim, value)))
        if isinstance(value, frozenset):
            return Items("frozenset", tuple(map(self.claim, value)))
        if isinstance(value, ListRef | DictRef | SetRef | InstanceRef | ClassRef):
            if getattr(value, "is_several", False):
                return self.mutable(value, None)
            if id(value) in self.seen:
                return Same(id(value))
            self.seen[id(value)] = value
            return self.mutable(value, id(value))
        if isinstance(value, Function):
            return self.function("function", value)
        if isinstance(value, BoundMethod) and isinstance(value.function, Function):
            return self.function("method", value.function)
        if isinstance(value, External) and value.path.startswith("builtins."):
            found = getattr(builtins, value.last, None)
            return Named("class", value.last) if isinstance(found, type) else UNKNOWN
        return UNKNOWN

    def function(self, kind: str, value: Function) -> Claim:
        node: Any = value.node
        if value.name != getattr(node, "name", "<lambda>"):
            return UNKNOWN
        name = self.qualified.get((value.name, node.lineno))
        return UNKNOWN if name is None else Named(kind, name)

    def mutable(self, value: Value, address: Any) -> Claim:
        if isinstance(value, ListRef):
            cell = self.state.get(value)
            if value.kind not in ("list", "deque"):
                return UNKNOWN
            if cell.exact:
                return Items(value.kind, tuple(map(self.claim, cell.items)), address=address)
            each = UNKNOWN if cell.is_open else self.claim(cell.element)
            return SomeItems(value.kind, cell.at_least, each, address=address)
        if isinstance(value, SetRef):
            cell = self.state.get(value)
            if cell.exact:
                return Items("set", tuple(map(self.claim, cell.items)), address=address)
            each = UNKNOWN if cell.is_open else self.claim(cell.element)
            return SomeItems("set", 0, each, address=address)
        if isinstance(value, DictRef):
            return self.entries(value, address)
        if isinstance(value, InstanceRef):
            return self.instance(value, address)
        return self.of_class(value, address)

    def entries(self, value: DictRef, address: Any) -> Claim:
        if value.kind not in DICTS:
            return UNKNOWN
        cell, name = self.state.get(value), DICTS[value.kind]
        if cell.exact:
            pairs = tuple((self.claim(k), self.claim(v)) for k, v in cell.items.items())
            return Entries(pairs, name, address)
        certain = tuple(
            (Known(k), self.claim(v)) for k, v in cell.items.items() if isinstance(k, str | int)
        )
        each = UNKNOWN if cell.items or cell.is_open else self.claim(cell.rest)
        return SomeEntries(len(certain), UNKNOWN, each, certain, name, address)

    def instance(self, value: InstanceRef, address: Any) -> Claim:
        names = self.state.names(value)
        if value.cls.traits & {"namedtuple", "enum", "namespace"}:
            return UNKNOWN
        if names.is_open or value.cls.library_bases or value.cls.has_unknown_base:
            return Instance(value.cls.name, {}, address=address)
        attributes = {
            name: self.claim(held)
            for name, held in names.values.items()
            if name not in names.doubtful
        }
        is_exact = not names.doubtful and not names.has_more
        return Instance(value.cls.name, attributes, is_exact, address)

    def of_class(self, value: ClassRef, address: Any) -> Claim:
        name = self.qualified.get((value.name, value.place.line or 0))
        if name is None or "enum" in value.traits:
            return UNKNOWN
        names = self.state.names(value)
        attributes = {
            name: self.claim(held)
            for name, held in names.values.items()
            if name[:2] != "__"
            and name.isidentifier()
            and name not in names.doubtful
            and not isinstance(held, Descriptor | Unresolved)
        }
        if value.traits:
            attributes = {}
        return Named("class", name, attributes, address)


def qualified_names(tree: ast.AST) -> dict[tuple[str, int], str]:
    """Return the qualified names of functions and classes by their name and line."""
    found: dict[tuple[str, int], str] = {}
    doubled: set[tuple[str, int]] = set()

    def walk_parts(node: ast.AST, prefix: str, inner: str, outside: set[int]) -> None:
        walk([p for p in ast.iter_child_nodes(node) if id(p) in outside], prefix)
        walk([p for p in ast.iter_child_nodes(node) if id(p) not in outside], inner)

    def walk(parts: list[ast.AST], prefix: str) -> None:
        for part in parts:
            inner = prefix
            if type(part) in SCOPES:
                inner = f"{prefix}{SCOPES[type(part)]}."
            elif isinstance(
                part, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda
            ):
                name = getattr(part, "name", "<lambda>")
                key = (name, part.lineno)
                if key in found:
                    doubled.add(key)
                found[key] = prefix + name
                is_class = isinstance(part, ast.ClassDef)
                inner = f"{prefix}{name}." if is_class else f"{prefix}{name}.<locals>."
            outside = {id(p) for p in getattr(part, "decorator_list", ())}
            if isinstance(getattr(part, "args", None), ast.arguments):
                outside.add(id(part.args))  # type: ignore[attr-defined]
            walk_parts(part, prefix, inner, outside)

    walk([tree], "")
    nodes = list(ast.walk(tree))
    renamed = any(
        (isinstance(n, ast.Attribute) and n.attr in RENAMING)
        or (isinstance(n, ast.Name) and n.id in RENAMING)
        for n in nodes
    )
    declared = {name for n in nodes if isinstance(n, ast.Global) for name in n.names}
    return {
        k: v
        for k, v in found.items()
        if k not in doubled and k[0] not in declared and not (renamed and "<locals>" in v)
    }


class ProbedInterpreter(Interpreter):
    """Keeps the states in which calls of `probe` are reached."""

    def __init__(self, tree: ast.Module) -> None:
        super().__init__(Record(), steps=MAX_STEPS)
        self.program = tree
        self.qualified = qualified_names(tree)
        self.found: dict[int, dict[str, World]] = defaultdict(dict)
        self.unclaimed: set[int] = set()
        self.kept: list[State] = []
        self.shown: frozenset[str] | None = None  # the globals that the judge looks at

    def evaluate(self, node: ast.AST) -> Value:
        if isinstance(node, ast.Call) and is_probe(node):
            self.note(node.args[0].value)  # type: ignore[attr-defined]
            return None
        return super().evaluate(node)

    def note(self, point: int) -> None:
        if point in self.unclaimed:
            return
        worlds = self.found[point]
        world = self.world()
        self.kept.append(self.state.forked())  # so that no address is used again
        worlds.setdefault(repr(world), world)  # not by equality: True is 1
        if len(worlds) > MAX_WORLDS:
            self.give_up(point)

    def world(self) -> World:
        scope = self.frame.scope
        describer = Describer(self.state, self.qualified)
        local = {} if scope.outer is None else describer.variables(scope)
        module = describer.variables(scope.module)
        if self.shown is not None:
            module = {name: claim for name, claim in module.items() if name in self.shown}
        return World(local, module, frozenset(describer.seen))

    def give_up(self, point: int) -> None:
        self.unclaimed.add(point)
        self.found[point] = {"": World()}

    def keep_model(self, state: State, ref: Any, reason: str) -> None:
        """Claim nothing inside of functions that code which is not followed can call."""
        if isinstance(ref, Function):
            for point in points_of(ref.node):
                self.give_up(point)
        else:
            super().keep_model(state, ref, reason)


def is_probe(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id == "probe"


def points_of(node: Any) -> list[int]:
    points: list[int] | None = getattr(node, "points", None)
    if points is None:
        calls = [p for p in ast.walk(node) if isinstance(p, ast.Call) and is_probe(p)]
        points = node.points = [call.args[0].value for call in calls]  # type: ignore[attr-defined]
    return points


def read(text: str) -> Claims | None:
    """Return what the project's reader claims of a program."""
    tree = ast.parse(text)
    interpreter = ProbedInterpreter(tree)
    scope = begin(interpreter, "__main__")
    try:
        interpreter.block(tree.body, [interpreter.state])
    except OutOfSteps:
        return None
    assert scope in interpreter.state.cells
    return {point: list(worlds.values()) for point, worlds in interpreter.found.items()}


def begin(interpreter: Interpreter, name: Value) -> ScopeRef:
    scope = ScopeRef(path="program.py")
    interpreter.state.new_names(scope, {"__name__": name})
    interpreter.frame = Frame(scope, "program.py", None)
    return scope


class TracedInterpreter(ProbedInterpreter):
    """Keeps the states before the statements of one function."""

    def __init__(self, tree: ast.Module) -> None:
        super().__init__(tree)
        self.followed: ast.AST | None = None
        self.depth = 0
        self.before: dict[int, dict[str, World]] = defaultdict(dict)

    def execute(self, statement: ast.stmt, state: State) -> Flow:
        function = self.frame.function
        if function is not None and function.node is self.followed and self.frame.depth == 1:
            self.state = state
            worlds = self.before[statement.lineno]
            if isinstance(statement, REPEATED) or len(worlds) >= MAX_WORLDS or "" in worlds:
                self.before[statement.lineno] = {"": World()}
                return super().execute(statement, state)
            world = self.world()
            worlds.setdefault(repr(world), world)
        return super().execute(statement, state)

    def returned(self, state: State, value: Value) -> World:
        describer = Describer(state, self.qualified)
        return World({"return": describer.claim(value)}, {}, frozenset(describer.seen))


def read_functions(text: str) -> Mapping[tuple[str, int], Worlds] | None:
    """Return what the reader claims of the functions of a module, whatever they are given."""
    tree = ast.parse(text)
    interpreter = TracedInterpreter(tree)
    scope = begin(interpreter, "module")
    interpreter.steps_left = 300_000
    try:
        states = interpreter.block(tree.body, [interpreter.state]).next
    except OutOfSteps:
        return None
    claims: dict[tuple[str, int], Worlds] = {}
    if not states:
        return claims
    for state in states:
        state.set_name(scope, "__name__", Unresolved("the name of a module", str))
        for value in list(state.names(scope).values.values()):
            state.escape(value, "any function of the module can change it")
    for name, function in functions_of(states[0], scope):
        used = names_used(function.node)
        if used.is_generator or not isinstance(function.node, ast.FunctionDef):
            continue
        interpreter.before = defaultdict(dict)
        interpreter.followed = function.node
        interpreter.shown = own_names(function.node)
        interpreter.steps_left = MAX_STEPS_ALONE
        try:
            returns = [
                interpreter.returned(end, value)
                for state in states
                for end, value in call_alone(interpreter, state.forked(), function)
            ]
        except (OutOfSteps, Ended):
            continue
        for line, worlds in interpreter.before.items():
            claims[name, line] = list(worlds.values())
        claims[name, 0] = returns
    return claims


def call_alone(
    interpreter: Interpreter, state: State, function: Function
) -> list[tuple[State, Value]]:
    """Return the ends of a call of which no argument is known, not even that it is the default."""
    arguments = function.node.args
    parameters = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    unknown = {p.arg: Unresolved("an argument is not known") for p in parameters}
    return interpreter.outcomes(
        state, lambda: follow(interpreter, function, [], unknown, None, alone=True)
    )


def own_names(function: ast.FunctionDef) -> frozenset[str]:
    """Return the names that a function's own code uses, without what is defined in it."""
    found: set[str] = set()
    waiting: list[ast.AST] = [*function.body]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Name):
            found.add(node.id)
        if not isinstance(node, (*SCOPES, ast.FunctionDef, ast.Lambda, ast.ClassDef)):
            waiting += ast.iter_child_nodes(node)
    return frozenset(found) - names_used(function).local


def functions_of(state: State, scope: ScopeRef) -> Iterator[tuple[str, Function]]:
    """Yield the functions and methods of a module with their qualified names."""
    for value in state.names(scope).values.values():
        if isinstance(value, Function) and value.scope is scope:
            yield value.name, value
        elif isinstance(value, ClassRef):
            for held in state.names(value).values.values():
                if isinstance(held, Function):
                    yield f"{value.name}.{held.name}", held
