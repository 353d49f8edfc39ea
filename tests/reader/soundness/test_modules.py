from __future__ import annotations

import ast
import importlib.util
import textwrap
from pathlib import Path

import pytest

from tests.reader.soundness.claims import (
    UNKNOWN,
    Absent,
    Bound,
    Known,
    OfType,
    OneOf,
    World,
    Worlds,
)
from tests.reader.soundness.modules import (
    MODULES,
    ModuleScore,
    Point,
    compare,
    judge_module,
    observe,
    statement_lines,
)

needs_tests = pytest.mark.skipif(
    importlib.util.find_spec("test.test_textwrap") is None, reason="Python without its own tests"
)


def every_point(text: str, world: World) -> dict[Point, Worlds]:
    """Return the same world for every statement of every function."""
    found: dict[Point, Worlds] = {}

    def visit(node: ast.AST, path: str) -> None:
        for child in ast.iter_child_nodes(node):
            match child:
                case ast.FunctionDef(name=name):
                    found[f"{path}{name}", 0] = [world]
                    visit(child, f"{path}{name}.<locals>.")
                case ast.ClassDef(name=name):
                    visit(child, f"{path}{name}.")
                case _:
                    visit(child, path)
            if isinstance(child, ast.stmt) and ".<locals>." in path:
                found[path.rpartition(".<locals>.")[0], child.lineno] = [world]

    visit(ast.parse(text), "")
    return found


@needs_tests
def test_whoever_claims_nothing_passes() -> None:
    score = judge_module("textwrap", lambda text: every_point(text, World()))
    assert score.mismatches == []
    assert score.tests > 30
    assert score.points > 60
    assert score.states > 200


@needs_tests
def test_a_claim_that_does_not_always_hold_is_found() -> None:
    """`TextWrapper._split` gets texts of many kinds; nobody can know that there is no dash."""
    wrong = OneOf((Absent(), Known([])))
    score = judge_module("textwrap", lambda text: every_point(text, World({"chunks": wrong})))
    assert {mismatch.variable for _, mismatch in score.mismatches} == {"chunks"}


@needs_tests
def test_a_line_that_is_claimed_to_be_unreachable_is_found() -> None:
    path = Path(str(textwrap.__file__))
    some = {("dedent", line): [World()] for line in range(1, 5)}
    score = judge_module("textwrap", lambda _: some)
    assert path.exists()
    assert all(mismatch.claim is None for _, mismatch in score.mismatches)
    assert {function for (function, _), _ in score.mismatches} == {"dedent"}


@needs_tests
@pytest.mark.parametrize("name", ["bisect", "html", "graphlib", "colorsys"])
def test_modules_are_driven_by_their_own_tests(name: str) -> None:
    score = judge_module(name, lambda text: every_point(text, World()))
    assert score.mismatches == []
    assert score.points > 10


@pytest.mark.parametrize("name", MODULES)
def test_every_module_has_source(name: str) -> None:
    spec = importlib.util.find_spec(name)
    assert spec is not None
    assert str(spec.origin).endswith(".py")


def load(tmp_path: Path, text: str) -> tuple[object, object]:
    path = tmp_path / "driven.py"
    path.write_text(text, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("driven", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module, path


TEXT = """\
limit = 3
def f(x, y=2):
    z = [
        x.pop(),
        y,
    ]
    for i in z:
        if i: x.append(i)
    return len(x) + limit
def g():
    yield 1
    return 2
def h():
    raise ValueError
"""


def drive(tmp_path: Path, claims: dict[Point, Worlds]) -> ModuleScore:
    module, _ = load(tmp_path, TEXT)

    def calls() -> int:
        module.f([1, 4])  # type: ignore[attr-defined]
        list(module.g())  # type: ignore[attr-defined]
        with pytest.raises(ValueError):
            module.h()  # type: ignore[attr-defined]
        return 3

    score = ModuleScore("driven")
    _, tracer = observe(module, TEXT, calls)  # type: ignore[arg-type]
    compare(claims, tracer.states, score)
    return score


def test_states_are_those_before_statements_and_at_normal_returns(tmp_path: Path) -> None:
    claims: dict[Point, Worlds] = {
        ("f", 3): [World({"x": OfType("list"), "y": Known(2), "z": Absent()})],
        ("f", 7): [World({"z": Bound(), "i": UNKNOWN})],
        ("f", 9): [World({"i": Known(2)}, {"limit": Known(3)})],
        ("f", 0): [World({"return": Known(6)})],
        ("g", 11): [World()],
        ("g", 12): [World()],
        ("g", 0): [World({"return": Known(2)})],
        ("h", 14): [World()],
        ("h", 0): [],
    }
    score = drive(tmp_path, claims)
    assert score.mismatches == []
    assert score.points == 8


def test_a_wrong_claim_before_a_statement_is_found(tmp_path: Path) -> None:
    """In the middle of the statement of line 3 `x` is shorter; that state does not count."""
    short = World({"x": OfType("list"), "y": Known(3)})
    score = drive(tmp_path, {("f", 3): [short]})
    assert ("f", 3) in [point for point, _ in score.mismatches]


def test_lines_belong_to_statements() -> None:
    lines = statement_lines(ast.parse(TEXT))
    assert [lines.get(line) for line in (3, 4, 5, 7, 8, 9)] == [3, 3, 3, 7, None, 9]
