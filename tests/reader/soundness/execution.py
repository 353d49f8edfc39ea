"""Really executes a program, with a limit of steps, and records its state at the marked points."""

from __future__ import annotations

import ast
import random
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import CodeType
from typing import Any, NamedTuple

from tests.reader.soundness.snapshot import Snapshot, take_snapshot
from tests.reader.soundness.sources import Inputs

MAX_STEPS = 900  # calls and rounds; under the recursion limit, so that no program meets that one
MAX_HITS = 32  # states recorded in one execution
FIRST_HITS = 3  # of one point; after those, powers of two


class OutOfSteps(BaseException):
    """Ends an execution; handlers of the program that catch it get it again."""


BODIES = (ast.For, ast.While, ast.FunctionDef, ast.AsyncFunctionDef, ast.AsyncFor)
ELEMENTS = (ast.ListComp, ast.SetComp, ast.GeneratorExp)
SIMPLE = frozenset({ast.Name, ast.Constant, ast.Load, ast.Store, ast.Del, ast.alias, ast.Pass})


def count_steps(tree: ast.AST) -> None:
    """Put a call of `__tick__` into every function and every round of a loop or comprehension."""
    left = [tree]
    while left:
        node: Any = left.pop()
        for name in node._fields:
            part = getattr(node, name, None)
            children = part if type(part) is list else (part,)
            left += [c for c in children if isinstance(c, ast.AST) and type(c) not in SIMPLE]
        if isinstance(node, BODIES):
            call = ast.Expr(_tick_call(node), lineno=node.lineno, col_offset=node.col_offset)
            node.body.insert(0, call)
        elif isinstance(node, ELEMENTS):
            node.elt = _ticking(node.elt)
        elif isinstance(node, ast.DictComp):
            node.value = _ticking(node.value)
        elif isinstance(node, ast.Lambda):
            node.body = _ticking(node.body)


def _tick_call(node: ast.AST) -> ast.Call:
    place = {"lineno": node.lineno, "col_offset": node.col_offset}  # type: ignore[attr-defined]
    return ast.Call(ast.Name("__tick__", ast.Load(), **place), [], [], **place)


def _ticking(value: ast.expr) -> ast.expr:
    """Return `(__tick__(), value)[1]`."""
    place = {"lineno": value.lineno, "col_offset": value.col_offset}
    pair = ast.Tuple([_tick_call(value), value], ast.Load(), **place)
    return ast.Subscript(pair, ast.Constant(1, None, **place), ast.Load(), **place)


class Compiled(NamedTuple):
    """A program whose steps are counted, and its tree."""

    code: CodeType
    tree: ast.Module


def compile_program(text: str) -> Compiled:
    """Compile a program so that its steps are counted; raise SyntaxError as Python does."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "is" with a literal and the like: the program's own
        tree = ast.parse(text)
        count_steps(tree)
        return Compiled(compile(tree, "program.py", "exec", dont_inherit=True), tree)


@dataclass
class Observations:
    """What several executions of one program have shown."""

    executions: int = 0
    finished: int = 0  # ended by itself, with or without an exception
    reached: dict[int, int] = field(default_factory=dict)  # point → executions that got there
    # (point, state) → the first execution that was in it
    states: dict[tuple[int, Snapshot], int] = field(default_factory=dict)

    def by_point(self) -> Iterator[tuple[int, Snapshot, int]]:
        for (point, state), execution in self.states.items():
            yield point, state, execution


class Execution:
    """One run of a program: the builtins that count steps and record states."""

    def __init__(self, seed: int, number: int, seen: Observations, most: int = MAX_HITS) -> None:
        self.inputs = Inputs(random.Random(seed * 1_000 + number), OutOfSteps)
        self.inputs.adversary.count_step = self.count_unseen
        self.number = number
        self.seen = seen
        self.steps = 0
        self.most = most  # states recorded
        self.hits: dict[int, int] = {}
        self.recorded = 0

    def tick(self) -> None:
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise OutOfSteps

    def count_unseen(self) -> None:
        """Count a call of unseen code as several steps: it can call back, and is slow."""
        self.steps += 9
        self.tick()

    def probe(self, point: int) -> None:
        hits = self.hits[point] = self.hits.get(point, 0) + 1
        if self.steps > MAX_STEPS or self.recorded >= self.most:
            return
        if hits > FIRST_HITS and hits & (hits - 1):
            return
        self.recorded += 1
        frame = sys._getframe(1)
        module = frame.f_globals
        local = None if frame.f_locals is module else frame.f_locals
        state = (point, take_snapshot(local, module))
        if state not in self.seen.states:
            self.seen.states[state] = self.number

    def run(self, code: CodeType) -> Exception | None:
        """Run the program; return the exception that ends it, unless it ended for its size."""
        failure: Exception | None = None
        names = self.inputs.builtins()
        names.update(probe=self.probe, __tick__=self.tick)
        module = {"__name__": "__main__", "__builtins__": names}
        try:
            exec(code, module)
        except (OutOfSteps, MemoryError, RecursionError):
            pass
        except SystemExit:
            self.seen.finished += 1
        except Exception as error:  # noqa: BLE001 (the program's own end)
            failure = error
            self.seen.finished += 1
        else:
            self.seen.finished += 1
        for point in self.hits:
            self.seen.reached[point] = self.seen.reached.get(point, 0) + 1
        return failure


def execute(text: str, seed: int, executions: int = 6) -> Observations:
    """Return the states of a program at its marked points in executions with random inputs."""
    return execute_code(compile_program(text).code, seed, executions)


def execute_code(code: CodeType, seed: int, executions: int = 6) -> Observations:
    """Return the states at the marked points of a compiled program."""
    seen = Observations(executions)
    hook = sys.unraisablehook
    sys.unraisablehook = lambda _: None  # generators of the program that are closed at its end
    try:
        for number in range(executions):
            Execution(seed, number, seen).run(code)
    finally:
        sys.unraisablehook = hook
    return seen
