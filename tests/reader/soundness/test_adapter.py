"""The project's reader before the judge: on generated programs, and on every trap."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rnninspect.reader.store import State
from tests.reader.soundness.adapter import read
from tests.reader.soundness.claims import Entries, Items, Known
from tests.reader.soundness.judge import judge_many, judge_text
from tests.reader.soundness.test_traps import TRAPS, Trap
from tests.reader.soundness.worker import Worker, worker

PROGRAMS = 300
MOST_UNTIL_FOUND = 600


@pytest.fixture(scope="module")
def executing() -> Iterator[Worker]:
    with worker() as started:
        yield started


def test_what_is_known_is_claimed() -> None:
    claims = read("a = [1]\nb = a\nb.append(2)\nc = {'k': a}\nprobe(1)\n")
    assert claims is not None
    [world] = claims[1]
    listed = world.module["a"]
    assert isinstance(listed, Items)
    assert listed.items == (Known(1), Known(2))
    assert isinstance(world.module["c"], Entries)


def test_a_name_that_may_be_unbound_is_not_claimed() -> None:
    claims = read("try:\n    a = len(x)\n    b = 1\nexcept ValueError:\n    pass\nprobe(1)\n")
    assert claims is not None
    assert any("b" not in world.module for world in claims[1])


def test_generated_programs(executing: Worker) -> None:
    """No claim is wrong, and a good part of what is always the same is known."""
    score = judge_many(range(PROGRAMS), read, executing)
    assert score.crashes == []
    assert [violation.describe() for violation in score.violations] == []
    assert score.gave_up < PROGRAMS / 50
    assert score.precision.known_constants > score.precision.constants / 4
    assert score.precision.known_containers > score.precision.containers / 8


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_traps(trap: Trap, executing: Worker) -> None:
    score = judge_text(trap.text, read, executing)
    assert score.crashes == []
    assert [violation.describe() for violation in score.violations] == []


def test_a_planted_unsoundness_is_found(executing: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    """Code that is not followed changes nothing, says the reader now."""
    monkeypatch.setattr(State, "escape", lambda self, value, reason: None)
    for first in range(0, MOST_UNTIL_FOUND, 50):
        if judge_many(range(first, first + 50), read, executing).violations:
            return
    pytest.fail(f"nothing is found in {MOST_UNTIL_FOUND} programs")
