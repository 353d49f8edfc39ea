"""Judges what a reader claims of the standard library's own functions, while their tests run.

A `FunctionReader` claims the states in which a function can be just before a statement, whatever it
was called with. The module's tests (`test.test_textwrap`, …) call the functions; a trace function
takes the states at the first lines of statements and at normal returns.
"""

from __future__ import annotations

import ast
import importlib
import io
import opcode
import sys
import unittest
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import Any

from tests.reader.soundness.check import Mismatch, find_mismatches
from tests.reader.soundness.claims import FunctionReader, Worlds
from tests.reader.soundness.snapshot import Snapshot, take_snapshot

# Pure-Python modules and the tests that drive them; None: all of the test module.
MODULES: dict[str, tuple[str, tuple[str, ...] | None]] = {
    "textwrap": ("test.test_textwrap", None),
    "shlex": ("test.test_shlex", None),
    "statistics": ("test.test_statistics", ("TestMean", "TestMedian", "TestMode", "TestVariance")),
    "fractions": ("test.test_fractions", None),
    "difflib": ("test.test_difflib", None),
    "heapq": ("test.test_heapq", ("TestHeapPython",)),
    "bisect": ("test.test_bisect", ("TestBisectPython", "TestInsortPython")),
    "colorsys": ("test.test_colorsys", None),
    "calendar": (
        "test.test_calendar",
        ("CalendarTestCase", "MonthCalendarTestCase", "OutputTestCase"),
    ),
    "string": ("test.test_string", None),
    "csv": ("test.test_csv", ("TestDialectRegistry", "TestSniffer", "TestDictFields")),
    "configparser": ("test.test_configparser", ("BasicTestCase", "StrictTestCase")),
    "argparse": (
        "test.test_argparse",
        ("TestOptionalsSingleDash", "TestNargsZeroOrMore", "TestAddSubparsers"),
    ),
    "gettext": ("test.test_gettext", ("PluralFormsTestCase", "GNUTranslationParsingTest")),
    "html": ("test.test_html", None),
    "html.parser": ("test.test_htmlparser", None),
    "json.decoder": ("test.test_json.test_decode", ("TestPyDecode",)),
    "json.encoder": ("test.test_json.test_indent", ("TestPyIndent",)),
    "copy": ("test.test_copy", None),
    "graphlib": ("test.test_graphlib", None),
    "ipaddress": ("test.test_ipaddress", ("IpaddrUnitTest",)),
    "pprint": ("test.test_pprint", None),
    "reprlib": ("test.test_reprlib", ("ReprTests",)),
    "sched": ("test.test_sched", ("TestCase",)),
    "types": ("test.test_types", ("ClassCreationTests", "SimpleNamespaceTests")),
    "dataclasses": ("test.test_dataclasses", ("TestCase", "TestMakeDataclass", "TestReplace")),
    "collections": ("test.test_collections", ("TestChainMap", "TestUserObjects", "TestNamedTuple")),
    "fnmatch": ("test.test_fnmatch", None),
    "urllib.parse": ("test.test_urlparse", None),
}

FIRST_HITS = 6  # of one line; after those, powers of two
MAX_STATES = 20_000
RETURNS = frozenset(opcode.opmap[n] for n in ("RETURN_VALUE", "RETURN_CONST") if n in opcode.opmap)

Point = tuple[str, int]  # qualified name and line; line 0 is the normal return


@dataclass
class ModuleScore:
    """The result of one module."""

    name: str
    tests: int = 0
    points: int = 0  # claimed points that were reached
    states: int = 0
    unclaimed: int = 0  # reached points of functions that the reader has not followed
    mismatches: list[tuple[Point, Mismatch]] = field(default_factory=list)

    def describe(self) -> str:
        lines = [
            f"{self.name}: {self.tests} tests, {self.points} points, {self.states} states, "
            f"{self.unclaimed} points not claimed, {len(self.mismatches)} violated"
        ]
        for (function, line), mismatch in self.mismatches[:5]:
            place = f"line {line}" if line else "return"
            lines.append(
                f"  {function}, {place}: {mismatch.variable} is claimed to be {mismatch.claim}"
            )
            lines.append(f"    and is {mismatch.actual}")
        return "\n".join(lines)


def statement_lines(tree: ast.Module) -> dict[int, int]:
    """Return the first line of the statement that each line belongs to.

    Lines on which two statements begin are left out: an event on them can be of either. Of a
    compound statement only the header belongs to it.
    """
    first: dict[int, int] = {}
    shared: set[int] = set()
    starts: set[int] = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.stmt):
            continue
        if node.lineno in starts or getattr(node, "decorator_list", None):
            shared.add(node.lineno)
        starts.add(node.lineno)
        body = getattr(node, "body", None) or getattr(node, "cases", None)
        end = node.end_lineno or node.lineno
        if body:
            inner = body[0].pattern if isinstance(body[0], ast.match_case) else body[0]
            end = max(node.lineno, inner.lineno - 1)
            if inner.lineno == node.lineno:
                shared.add(node.lineno)
        for line in range(node.lineno, end + 1):
            first[line] = node.lineno
    return {line: start for line, start in first.items() if start not in shared}


class Tracer:
    """Takes the states of a module's functions at the points that are wanted."""

    def __init__(self, module: ModuleType, text: str) -> None:
        self.file = module.__file__
        self.name = module.__name__
        self.lines = statement_lines(ast.parse(text))
        self.functions: dict[CodeType, bool] = {}
        self.hits: dict[Point, int] = {}
        self.states: dict[Point, dict[Snapshot, None]] = {}
        self.recorded = 0
        self.busy = False

    def wanted(self, code: CodeType) -> bool:
        known = self.functions.get(code)
        if known is None:
            named = not code.co_name.startswith("<") and bool(code.co_flags & 1)  # has fast locals
            known = self.functions[code] = code.co_filename == self.file and named
        return known

    def global_trace(self, frame: FrameType, event: str, _: object) -> Callable[..., Any] | None:
        if self.busy or not self.wanted(frame.f_code):
            return None
        before = 0  # the statement of the last line event

        def trace(frame: FrameType, event: str, value: object) -> Callable[..., Any]:
            nonlocal before
            if event == "line":
                statement = self.lines.get(frame.f_lineno, 0)
                own = statement != frame.f_code.co_firstlineno  # not its own `def`
                if statement and own and statement != before:
                    self.record(frame, statement, None)
                before = statement
            elif event == "return" and frame.f_code.co_code[frame.f_lasti] in RETURNS:
                self.record(frame, 0, {"return": value})
            return trace

        return trace

    def record(self, frame: FrameType, line: int, more: dict[str, object] | None) -> None:
        code = frame.f_code
        point = (code.co_qualname, line)
        hits = self.hits[point] = self.hits.get(point, 0) + 1
        if (hits > FIRST_HITS and hits & (hits - 1)) or self.recorded >= MAX_STATES:
            return
        self.recorded += 1
        self.busy = True
        try:
            module = frame.f_globals
            names = {name: module[name] for name in code.co_names if name in module}
            state = take_snapshot({**frame.f_locals, **(more or {})}, names, self.name)
            self.states.setdefault(point, {})[state] = None
        finally:
            self.busy = False


@contextmanager
def tracing(tracer: Tracer) -> Iterator[None]:
    before = sys.gettrace()
    sys.settrace(tracer.global_trace)
    try:
        yield
    finally:
        sys.settrace(before)


def run_tests(name: str, classes: tuple[str, ...] | None) -> Callable[[], int]:
    """Return what runs the tests and says how many there were; 0 where Python has none."""
    try:
        module = importlib.import_module(name)
    except ImportError:
        return lambda: 0
    loader = unittest.TestLoader()
    suite = unittest.TestSuite()
    for test_class in [c for c in vars(module).values() if isinstance(c, type)]:
        chosen = classes is None or test_class.__name__ in classes
        if chosen and issubclass(test_class, unittest.TestCase):
            suite.addTests(loader.loadTestsFromTestCase(test_class))

    def run() -> int:
        result = unittest.TestResult()
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            suite.run(result)
        return result.testsRun

    return run


def observe(module: ModuleType, text: str, drive: Callable[[], int]) -> tuple[int, Tracer]:
    """Return what was seen of the module's functions while they were driven."""
    tracer = Tracer(module, text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with tracing(tracer):
            count = drive()
    return count, tracer


def compare(
    claims: Mapping[Point, Worlds],
    states: Mapping[Point, Mapping[Snapshot, None]],
    score: ModuleScore,
) -> None:
    """Check the states of claimed points; a claimed function's unclaimed line is unreachable."""
    functions = {function for function, _ in claims}
    for point, seen in states.items():
        if point[0] not in functions or (point not in claims and point[1] == 0):
            score.unclaimed += 1
            continue
        score.points += 1
        for state in seen:
            score.states += 1
            mismatches = find_mismatches(claims.get(point, ()), state)
            if mismatches:
                score.mismatches.append((point, mismatches[0]))
                break


def judge_module(name: str, reader: FunctionReader) -> ModuleScore:
    """Return the result of a module of the standard library."""
    tests, classes = MODULES[name]
    module = importlib.import_module(name)
    text = Path(str(module.__file__)).read_text(encoding="utf-8")
    score = ModuleScore(name)
    claims = reader(text)
    score.tests, tracer = observe(module, text, run_tests(tests, classes))
    compare(claims or {}, tracer.states, score)
    return score
