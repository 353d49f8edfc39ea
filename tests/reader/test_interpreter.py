"""The interpreter as a whole: its budget, its strictness, its worlds."""

from __future__ import annotations

import ast

import pytest

from rnninspect.reader.context import Frame, OutOfSteps
from rnninspect.reader.interpreter import MAX_WORLDS, Interpreter
from rnninspect.reader.record import Record
from rnninspect.reader.values import ScopeRef
from tests.reader.follow import UNKNOWN, claims, known
from tests.reader.following import UNKNOWN_INPUT, misses, program_of


def reader(steps: int) -> Interpreter:
    made = Interpreter(Record(), steps=steps)
    scope = ScopeRef(path="p.py")
    made.state.new_names(scope, {})
    made.frame = Frame(scope, "p.py", None)
    return made


def test_a_budget_ends_the_reading() -> None:
    made = reader(1000)
    with pytest.raises(OutOfSteps):
        made.block(ast.parse("x = [i for i in range(200)]\n" * 50).body, [made.state])


def test_a_program_beyond_the_budget_is_incomplete_but_read_so_far() -> None:
    text = "m = Sequential([Input((3, 2)), LSTM(4)])\n" + "x = [i * i for i in range(200)]\n" * 200
    program = program_of(text, steps=5000)
    assert program.incomplete
    assert [model.reference["lstm", 0].rejected for model in program.models] == [None]
    assert program_of(text.splitlines()[0], steps=5000).incomplete == ""


def test_what_the_interpreter_does_not_implement_raises_in_tests() -> None:
    made = reader(1000)
    with pytest.raises(AssertionError, match="no expression FunctionType"):
        made.evaluate(ast.FunctionType([], ast.Constant(1)))


def test_what_the_interpreter_does_not_implement_is_unknown_for_users(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("RNNINSPECT_STRICT")
    made = reader(1000)
    made.evaluate(ast.FunctionType([], ast.Constant(1)))
    assert len(made.record.not_followed) == 1


def test_there_are_never_more_worlds_than_the_limit() -> None:
    tests = "".join(f"if len(sys.argv[{n}]) == {n}:\n    x.append({n})\n" for n in range(12))
    found = claims(UNKNOWN_INPUT + "x = []\ny = 1\n" + tests)
    assert 1 < len(found) <= MAX_WORLDS
    assert all(way["y"] == 1 for way in found)


@pytest.mark.parametrize(
    "text",
    [
        "a = [1]\nb = a\nb.append(2)\nc = a[:]\nc.append(3)",
        "a = [[]] * 3\na[0].append(1)",
        "d = {'k': [1]}\ne = dict(d)\ne['k'].append(2)\ne['m'] = 3",
        "class A: pass\na = A()\na.items = []\nb = a\nb.items.append(1)\nx = a.items\na = b = None",
        "def f(x=[]):\n    x.append(len(x))\n    return x\ny = f()\nz = f()",
        "import copy\na = [[1]]\nb, c = copy.copy(a), copy.deepcopy(a)\na[0].append(2)",
    ],
)
def test_aliases_are_aliases(text: str) -> None:
    assert misses(text) == []


def test_what_escapes_can_be_changed_later() -> None:
    text = """
        from elsewhere import keep, later
        a = [1]
        keep(a)
        b = [2]
        a.append(b)
        later()
    """
    found = known(text)
    assert (found["a"], found["b"]) == (UNKNOWN, UNKNOWN)
