"""Judge a reader on generated programs, or on the standard library's own modules.

    python -m tests.reader.soundness --programs 100000 --seed 1 --jobs 2
    python -m tests.reader.soundness --show 17          the program of one seed
    python -m tests.reader.soundness --file trap.py     a program of your own, with probe(k)
    python -m tests.reader.soundness --modules textwrap heapq

`--reader module:name` names the reader (claims.py says what one is); the default is
`tests.reader.soundness.adapter:read`, for modules `…adapter:read_functions`. The status is 1 if
there is a violation or the reader crashed.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from tests.reader.soundness.generator.repair import write_living_program
from tests.reader.soundness.judge import Score, judge_many, judge_text
from tests.reader.soundness.minimize import minimize
from tests.reader.soundness.modules import MODULES, judge_module
from tests.reader.soundness.worker import worker

CHUNK = 100
FIRST_SEED = 1_000_000  # the seeds of a campaign do not overlap with those of the next
MAX_MINIMIZED = 5


def load(name: str) -> Any:
    """Return what `module:attribute` names."""
    module, _, attribute = name.partition(":")
    return getattr(importlib.import_module(module), attribute)


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def judge_chunk(first: int, count: int, reader: str) -> Score:
    with worker(hash_seed=first % 1_000) as started:
        return judge_many(range(first, first + count), load(reader), started)


def run(programs: int, seed: int, jobs: int, reader: str) -> Score:
    """Judge the programs in several processes, and say how far it is."""
    first = seed * FIRST_SEED
    chunks = [(first + n, min(CHUNK, programs - n)) for n in range(0, programs, CHUNK)]
    total = Score()
    started = shown = time.monotonic()
    with ProcessPoolExecutor(jobs) as pool:
        for score in pool.map(judge_chunk, *zip(*chunks, strict=True), [reader] * len(chunks)):
            total.add(score)
            if time.monotonic() - shown > 10:
                shown = time.monotonic()
                speed = total.programs / (shown - started)
                say(f"{total.programs} programs, {total.violated} violated, {speed:.0f} a second")
    return total


def report(score: Score, seconds: float) -> None:
    precision = score.precision
    say(
        f"{score.programs} programs in {seconds:.0f} s, {score.points} points reached, "
        f"{score.states} states: {score.violated} programs violated, {len(score.crashes)} crashes, "
        f"{score.gave_up} given up, {score.hung} not executed"
    )
    say(
        f"of what was always the same, known: {precision.known_constants} of "
        f"{precision.constants} constants, {precision.known_containers} of "
        f"{precision.containers} containers (every 8th program)"
    )
    for seed, error in score.crashes[:3]:
        say(f"\nseed {seed}: the reader crashed\n{error}")


def show_violations(score: Score, reader: str) -> None:
    with worker() as started:
        for violation in score.violations[:MAX_MINIMIZED]:
            small = minimize(violation, load(reader), started)
            say(f"\n{small.describe()}\n{small.text}")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.reader.soundness", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--programs", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--reader")
    parser.add_argument("--show", type=int, metavar="SEED", help="write the program of a seed")
    parser.add_argument("--file", type=Path, help="judge one program")
    parser.add_argument("--modules", nargs="*", metavar="NAME", help="of the standard library")
    options = parser.parse_args(arguments)
    if options.show is not None:
        say(write_living_program(options.show)[0])
        return 0
    if options.modules is not None:
        reader = load(options.reader or "tests.reader.soundness.adapter:read_functions")
        failed = 0
        for name in options.modules or MODULES:
            result = judge_module(name, reader)
            say(result.describe())
            failed += len(result.mismatches)
        return int(failed > 0)
    reader = options.reader or "tests.reader.soundness.adapter:read"
    started = time.monotonic()
    if options.file:
        with worker() as executing:
            score = judge_text(options.file.read_text(encoding="utf-8"), load(reader), executing)
    else:
        score = run(options.programs, options.seed, options.jobs, reader)
    report(score, time.monotonic() - started)
    show_violations(score, reader)
    return int(bool(score.violations or score.crashes))


if __name__ == "__main__":
    sys.exit(main())
