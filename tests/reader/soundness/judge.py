"""Compares what a reader claims with what executions have shown, over many programs."""

from __future__ import annotations

import traceback
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.reader.soundness.check import Mismatch, find_mismatches
from tests.reader.soundness.claims import (
    Claim,
    Claims,
    Entries,
    Instance,
    Items,
    Known,
    Named,
    Reader,
)
from tests.reader.soundness.execution import Observations
from tests.reader.soundness.snapshot import Snapshot, Value
from tests.reader.soundness.worker import Answer, Request, Worker

MAX_KEPT = 50  # violations kept with their programs


@dataclass(frozen=True)
class Violation:
    """A state that an execution was in and that the reader excludes."""

    seed: int
    point: int
    execution: int
    mismatches: tuple[Mismatch, ...]
    text: str

    def describe(self) -> str:
        lines = [f"seed {self.seed}, probe({self.point}), execution {self.execution}:"]
        for mismatch in self.mismatches[:4]:
            if mismatch.claim is None:
                lines.append("  the reader says that no execution gets there")
            else:
                lines.append(f"  {mismatch.variable} is claimed to be {mismatch.claim}")
                lines.append(f"  {mismatch.variable} is {mismatch.actual}")
        return "\n".join(lines)


@dataclass
class Precision:
    """How much of what is the same in all executions the reader claims to know."""

    constants: int = 0
    known_constants: int = 0
    containers: int = 0
    known_containers: int = 0

    def add(self, other: Precision) -> None:
        self.constants += other.constants
        self.known_constants += other.known_constants
        self.containers += other.containers
        self.known_containers += other.known_containers


@dataclass
class Score:
    """The result of many programs."""

    programs: int = 0
    gave_up: int = 0
    hung: int = 0
    points: int = 0  # reached
    states: int = 0
    violated: int = 0  # programs
    violations: list[Violation] = field(default_factory=list)
    crashes: list[tuple[int, str]] = field(default_factory=list)  # of the reader: seed, error
    precision: Precision = field(default_factory=Precision)

    def add(self, other: Score) -> None:
        self.programs += other.programs
        self.gave_up += other.gave_up
        self.hung += other.hung
        self.points += other.points
        self.states += other.states
        self.violated += other.violated
        self.violations = (self.violations + other.violations)[:MAX_KEPT]
        self.crashes = (self.crashes + other.crashes)[:MAX_KEPT]
        self.precision.add(other.precision)


def find_violations(
    text: str, seed: int, claims: Claims, seen: Observations, most: int = 1
) -> list[Violation]:
    """Return the points at which a state fits none of the worlds, at most one violation a point."""
    found: dict[int, Violation] = {}
    for point, state, execution in seen.by_point():
        if point in found:
            continue
        mismatches = find_mismatches(claims.get(point, ()), state)
        if mismatches:
            found[point] = Violation(seed, point, execution, tuple(mismatches), text)
            if len(found) == most:
                break
    return list(found.values())


def is_known(claim: Claim | None) -> bool:
    """Whether the claim says the whole value."""
    match claim:
        case Known() | Named():
            return True
        case Items(items=items):
            return all(map(is_known, items))
        case Entries(entries=entries):
            return all(is_known(k) and is_known(v) for k, v in entries)
        case Instance(attributes=attributes, exact=True):
            return all(map(is_known, attributes.values()))
    return False


def _whole(value: Value, state: Snapshot, depth: int = 5) -> Any:
    """Return a value with its objects written out, to compare it between states."""
    if depth == 0:
        return "…"
    if isinstance(value, int):
        node = state.objects[value]
        parts = tuple(
            (_whole(i[0], state, depth - 1), _whole(i[1], state, depth - 1))
            if node.kind == "dict"
            else _whole(i, state, depth - 1)
            for i in node.items
        )
        return (
            *node[:2],
            parts,
            tuple((n, _whole(v, state, depth - 1)) for n, v in node.attributes),
        )
    if value[0] == "tuple":
        return (*value[:2], tuple(_whole(i, state, depth - 1) for i in value[2]))
    return value


def measure_precision(claims: Claims | None, seen: Observations) -> Precision:
    """Count variables that were the same in all states of a point, and those claimed known."""
    precision = Precision()
    states: dict[int, list[Snapshot]] = defaultdict(list)
    for point, state, _ in seen.by_point():
        states[point].append(state)
    for point, found in states.items():
        if seen.reached[point] < 3:
            continue
        values: dict[str, set[Any]] = defaultdict(set)
        for state in found:
            for name, value in state.module if state.local is None else state.local:
                values[name].add(_whole(value, state))
        worlds = claims.get(point, ()) if claims else ()
        for name, different in values.items():
            value = next(iter(different))
            if len(different) > 1 or value[0] in (
                "function",
                "class",
                "module",
                "method",
                "object",
            ):
                continue
            known = bool(worlds) and all(
                is_known(
                    w.local.get(name) or (w.module.get(name) if found[0].local is None else None)
                )
                for w in worlds
            )
            if value[0] in ("list", "dict", "set", "tuple", "deque", "frozenset"):
                precision.containers += 1
                precision.known_containers += known
            else:
                precision.constants += 1
                precision.known_constants += known
    return precision


def judge(answer: Answer, seed: int, reader: Reader, measure: bool = True) -> Score:
    """Return the result of one program."""
    score = Score(programs=1)
    if answer.seen is None:
        score.hung = 1
        return score
    try:
        claims = reader(answer.text)
    except Exception:  # noqa: BLE001 (the reader's own bug, which is what is looked for)
        score.crashes.append((seed, traceback.format_exc(limit=-4)))
        return score
    score.points = len(answer.seen.reached)
    score.states = len(answer.seen.states)
    if measure:
        score.precision = measure_precision(claims, answer.seen)
    if claims is None:
        score.gave_up = 1
        return score
    score.violations = find_violations(answer.text, seed, claims, answer.seen)
    score.violated = bool(score.violations)
    return score


def judge_many(
    seeds: Iterable[int], reader: Reader, worker: Worker, measure_each: int = 8
) -> Score:
    """Return the result of the seeds' programs; the next is executed while one is read."""
    total = Score()
    requests = [Request(seed) for seed in seeds]
    if requests:
        worker.send(requests[0])
    for number, request in enumerate(requests):
        answer = worker.receive(request)
        if number + 1 < len(requests):
            worker.send(requests[number + 1])
        total.add(judge(answer, request.seed, reader, number % measure_each == 0))
    return total


def judge_text(
    text: str, reader: Reader, worker: Worker, seed: int = 0, executions: int = 12
) -> Score:
    """Return the result of one given program."""
    request = Request(seed, text, executions)
    return judge(worker.execute(request), seed, reader)
