from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

import pytest

from tests.reader.soundness.claims import Claims, Known, World
from tests.reader.soundness.execution import execute
from tests.reader.soundness.generator.repair import write_living_program
from tests.reader.soundness.judge import (
    find_violations,
    judge_many,
    judge_text,
    measure_precision,
)
from tests.reader.soundness.minimize import minimize
from tests.reader.soundness.toys import Bug, StraightReader, claim_nothing, describe_all
from tests.reader.soundness.worker import Request, Worker, worker

PROGRAMS = 300


@pytest.fixture(scope="module")
def executing() -> Iterator[Worker]:
    with worker() as started:
        yield started


def test_whoever_claims_nothing_passes(executing: Worker) -> None:
    score = judge_many(range(PROGRAMS), claim_nothing, executing)
    assert (score.violated, score.crashes, score.gave_up) == (0, [], 0)
    assert score.hung < PROGRAMS / 50
    assert score.points > 2 * PROGRAMS  # most programs are alive at several points
    assert score.states > 10 * PROGRAMS
    assert score.precision.known_constants == 0 < score.precision.constants


def test_a_sound_reader_that_knows_something_passes(executing: Worker) -> None:
    score = judge_many(range(PROGRAMS), StraightReader(), executing, measure_each=1)
    assert score.violations == []
    assert score.precision.known_constants > 100


@pytest.mark.parametrize("bug", [bug for bug in Bug if bug])
def test_a_planted_bug_is_caught(bug: Bug, executing: Worker) -> None:
    for first in range(0, 2_000, 50):
        score = judge_many(range(first, first + 50), StraightReader(bug), executing)
        if score.violations:
            return
    raise AssertionError(f"{bug} is not caught within 2,000 programs")


def test_complete_claims_of_the_same_executions_hold(executing: Worker) -> None:
    for seed in range(100):
        answer = executing.execute(Request(seed))
        if answer.seen is not None:
            claims = describe_all(answer.seen)
            assert find_violations(answer.text, seed, claims, answer.seen) == []


def test_claims_from_one_execution_are_caught_by_others(executing: Worker) -> None:
    """Whoever takes one execution for all is wrong wherever an input matters."""
    caught = 0
    for seed in range(30):
        one = executing.execute(Request(seed, executions=1))
        answer = executing.execute(Request(seed, one.text, executions=6))
        if one.seen and answer.seen:
            claims = describe_all(one.seen)
            caught += bool(find_violations(answer.text, seed, claims, answer.seen))
    assert caught > 15


def test_a_seed_is_always_the_same_program() -> None:
    assert write_living_program(7)[0] == write_living_program(7)[0]
    assert write_living_program(7)[0] != write_living_program(8)[0]


def test_the_programs_contain_the_whole_language() -> None:
    nodes = {type(node).__name__ for seed in range(250) for node in ast.walk(tree_of(seed))}
    wanted = {
        "Assert AnnAssign AugAssign Break Continue Delete For FunctionDef ClassDef Global Nonlocal",
        "If IfExp Lambda ListComp SetComp DictComp GeneratorExp Match NamedExpr Raise Return Slice",
        "Starred Try While With Yield JoinedStr BoolOp Compare MatchSequence MatchMapping MatchAs",
        "MatchClass MatchStar MatchOr keyword ExceptHandler Attribute Subscript Tuple Set Dict",
    }
    assert {name for line in wanted for name in line.split()} <= nodes


def tree_of(seed: int) -> ast.Module:
    return ast.parse(write_living_program(seed)[0])


def test_a_program_that_never_ends_is_given_up() -> None:
    seen = execute(
        "probe(1)\nwhile True:\n    try:\n        x = [i for i in 'ab']\n    except:\n        pass",
        1,
    )
    assert (seen.finished, seen.reached) == (0, {1: 6})


@pytest.mark.parametrize(
    "text", ["x = []\nx.extend(iter(x.copy, 0))", "x = 9\nwhile True: x = x * x", "x = ("]
)
def test_a_program_that_eats_all_hurts_nobody(text: str, executing: Worker) -> None:
    assert judge_text(text, claim_nothing, executing).programs == 1
    assert judge_text("probe(1)", claim_nothing, executing).points == 1


def test_a_dead_worker_is_replaced(executing: Worker) -> None:
    executing.start().kill()
    assert executing.execute(Request(1, "probe(1)")).seen is None
    assert executing.execute(Request(1, "probe(1)")).seen is not None


def test_the_order_of_a_set_of_texts_differs_from_the_readers(executing: Worker) -> None:
    """Two workers have different hash seeds; whoever claims the order is wrong in one of them."""
    text = "x = list(set('abcdefgh'))\nprobe(1)"
    with worker(hash_seed=2) as other:
        answers = [w.execute(Request(1, text)).seen for w in (executing, other)]
    assert answers[0] and answers[1]
    assert find_violations(text, 1, describe_all(answers[0]), answers[1])


def test_a_readers_exception_is_a_crash(executing: Worker) -> None:
    def broken(text: str) -> Claims | None:
        raise KeyError(text)

    score = judge_text("probe(1)", broken, executing, seed=5)
    assert score.crashes[0][0] == 5


def test_whoever_gives_up_is_counted(executing: Worker) -> None:
    assert judge_text("probe(1)", lambda _: None, executing).gave_up == 1


def test_a_point_said_to_be_unreachable(executing: Worker) -> None:
    score = judge_text("if len(input()) > 1:\n    probe(1)", lambda _: {}, executing)
    assert score.violations[0].mismatches[0].claim is None


def test_precision_counts_what_is_known_of_what_never_changes() -> None:
    seen = execute("a = 1\nb = [a]\nc = int(input())\nprobe(1)", 1, 12)
    precision = measure_precision({1: [World(module={"a": Known(1)})]}, seen)
    assert (precision.constants, precision.known_constants) == (1, 1)
    assert (precision.containers, precision.known_containers) == (1, 0)


def test_a_failing_program_is_made_small(executing: Worker) -> None:
    reader = StraightReader(Bug.ALIASES)
    text = (
        "import random\ndef f(x):\n    for i in range(3):\n        x.append(i)\n    return x\n"
        "a = [1]\nn = 4\nb = a\nif random.random() < 0.5:\n    n = [2, 3]\nelse:\n    b.append(5)\n"
        "c = 3\nprobe(1)\nf(b)\nprobe(2)\n"
    )
    violation = judge_text(text, reader, executing).violations[0]
    small: Any = minimize(violation, reader, executing)
    assert small.text.count("\n") < 8
    assert small.mismatches[0].variable == "global a"
