"""`rnninspect check-stack` beside pyflakes on the same files: whole processes, as ratios.

    python benchmarks/lint.py [--files N] [--runs N]

Two trees are made in a temporary directory: Python files of every kind, from the packages that
are installed, and programs that all build Keras models, from the generator of the tests. They take
turns; medians are compared. The exit status is 1 if a target is missed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PROGRAM = str(Path(sysconfig.get_path("scripts")) / "rnninspect")
LARGEST_BYTES = 200_000


class Run(NamedTuple):
    """One process: seconds, and its peak memory in KiB (that of its children is not in it)."""

    seconds: float
    peak_kib: int


def every_kind(folder: Path, count: int) -> None:
    """Copy files of the installed packages, spread over all of them."""
    site = Path(sysconfig.get_path("purelib"))
    found = sorted(one for one in site.rglob("*.py") if 0 < one.stat().st_size < LARGEST_BYTES)
    step = max(1, len(found) // count)
    for number, file in enumerate(found[::step][:count]):
        _put(folder, number, file.read_bytes())


def keras_programs(folder: Path, count: int) -> None:
    """Write programs that build models, right and wrong ones."""
    sys.path.insert(0, str(ROOT))
    from tests.programs import program

    for number in range(count):
        _put(folder, number, program(number).encode())


def _put(folder: Path, number: int, data: bytes) -> None:
    inside = folder / f"d{number // 50:03}"
    inside.mkdir(parents=True, exist_ok=True)
    (inside / f"f{number:05}.py").write_bytes(data)


def run(command: Sequence[str], where: Path) -> Run:
    """Run a process to its end, whatever it says."""
    import time

    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=where, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, _, usage = os.wait4(process.pid, 0)
    return Run(time.perf_counter() - start, usage.ru_maxrss)


def compare(folder: Path, ways: dict[str, list[str]], runs: int) -> dict[str, Run]:
    """The medians of each way of checking a folder, which take turns."""
    found: dict[str, list[Run]] = {name: [] for name in ways}
    for _ in range(runs):
        for name, command in ways.items():
            found[name].append(run(command, folder))
    return {
        name: Run(
            statistics.median(one.seconds for one in of_way),
            int(statistics.median(one.peak_kib for one in of_way)),
        )
        for name, of_way in found.items()
    }


def say(what: str, ratio: float, limit: float) -> bool:
    """Print a ratio beside its target; whether it is met."""
    met = ratio <= limit
    print(f"{what:<58} {ratio:6.2f}   target {limit:4.2f}   {'ok' if met else 'MISSED'}")
    return met


def main() -> int:
    """Measure, print, and say whether every target is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=3000)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    check = [PROGRAM, "check-stack", "--isolated", "--format", "concise", "--exit-zero"]
    flakes = [sys.executable, "-m", "pyflakes"]
    with tempfile.TemporaryDirectory() as folder:
        anything, half, models = (Path(folder, name) for name in ("any", "half", "keras"))
        every_kind(anything, given.files)
        keras_programs(models, given.files)
        shutil.copytree(models, half)
        for one in sorted(half.iterdir())[1::2]:
            shutil.rmtree(one)
        cache = str(Path(folder, "cache"))
        ways = {
            "pyflakes": [*flakes, "."],
            "cold": [*check, "--no-cache", "."],
        }
        warm = [*check, "--cache-dir", cache, "."]
        run(warm, anything)
        any_found = compare(anything, {**ways, "warm": warm}, given.runs)
        keras_found = compare(models, ways, given.runs)
        # Peak memory is that of one process, so one process does all of it.
        alone = {"alone": [*check, "--no-cache", "--jobs", "1", "."]}
        all_found = compare(models, alone, given.runs)
        half_found = compare(half, alone, given.runs)
    peer = any_found["pyflakes"].seconds
    met = [
        say("files of any kind, cold, time", any_found["cold"].seconds / peer, 1 / 2),
        say("files of any kind, warm, time", any_found["warm"].seconds / peer, 1 / 5),
        say(
            "files that build Keras models, cold, time",
            keras_found["cold"].seconds / keras_found["pyflakes"].seconds,
            2,
        ),
        say(
            "all of the programs beside half of them, peak memory",
            all_found["alone"].peak_kib / half_found["alone"].peak_kib,
            1.15,
        ),
    ]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
