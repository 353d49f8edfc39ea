from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.reader.soundness.claims import Claim, Claims, Entries, Items, Known, World
from tests.reader.soundness.judge import find_violations, judge_text
from tests.reader.soundness.toys import StraightReader, claim_nothing, describe_all
from tests.reader.soundness.traps import (
    containers,
    control,
    decorators,
    exceptions,
    followed,
    functions,
    objects,
    unseen,
)
from tests.reader.soundness.worker import Request, Worker, worker

EXECUTIONS = 40
NAIVE = re.compile(r"probe\((\d+)\)  # naive: (.*)")


class Trap(NamedTuple):
    """A small program, and for its points what is not always so: (point, variable, value)."""

    name: str
    text: str

    def naive(self) -> Iterator[tuple[int, str, str]]:
        for point, claims in NAIVE.findall(self.text):
            for claim in claims.split("; "):
                name, _, value = claim.partition(" = ")
                yield int(point), name, value


TRAPS = [
    Trap(name.strip(), text)
    for module in (
        containers,
        control,
        decorators,
        exceptions,
        followed,
        functions,
        objects,
        unseen,
    )
    for name, _, text in (part.partition("\n") for part in module.TRAPS.split("### ")[1:])
]


@pytest.fixture(scope="module")
def executing() -> Iterator[Worker]:
    with worker() as started:
        yield started


def claim_value(value: object) -> Claim:
    """Return the claim of a value that can be written as a literal."""
    if isinstance(value, dict):
        return Entries(tuple((claim_value(k), claim_value(v)) for k, v in value.items()))
    if isinstance(value, list | tuple | set):
        return Items(type(value).__name__, tuple(map(claim_value, value)))
    return Known(value)


def naive_claims(point: int, name: str, value: str) -> Claims:
    if name == "unreachable":
        return {}
    claim = claim_value(ast.literal_eval(value))
    return {point: [World({name: claim})]}


def test_there_are_traps_of_every_sort() -> None:
    assert len(TRAPS) >= 150
    assert len({trap.name for trap in TRAPS}) == len(TRAPS)
    assert all(list(trap.naive()) for trap in TRAPS)


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_every_naive_claim_is_caught(trap: Trap, executing: Worker) -> None:
    """Each point is reached, and some execution shows that the hasty claim is wrong."""
    seen = executing.execute(Request(1, trap.text, EXECUTIONS)).seen
    assert seen is not None
    assert set(seen.reached) == {point for point, _, _ in trap.naive()}
    for point, name, value in trap.naive():
        found = find_violations(trap.text, 1, naive_claims(point, name, value), seen, most=99)
        assert point in {violation.point for violation in found}, (point, name, value)


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_what_is_so_passes(trap: Trap, executing: Worker) -> None:
    seen = executing.execute(Request(1, trap.text, EXECUTIONS)).seen
    assert seen is not None
    assert find_violations(trap.text, 1, describe_all(seen), seen) == []
    for reader in (claim_nothing, StraightReader()):
        assert judge_text(trap.text, reader, executing).violations == []
