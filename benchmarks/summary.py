"""`rnninspect summary` beside Keras doing the same job: whole processes, as ratios of one run.

    python benchmarks/summary.py [MODEL ...] [--runs N]

The peer is ``python -c "import keras; keras.models.load_model(F).summary()"`` with the same Python.
The processes take turns, so that whatever else the machine does weighs on all of them alike; the
medians are compared. The exit status is 1 if a target is missed.

`--compare none` is also compared with a process that only imports the libraries that it cannot do
without: CPU time, the minimum of many runs. Both find bytecode, as they do once installed.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import sysconfig
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
DEFAULT_MODELS = ("simple_rnn_stack", "bidirectional_tagger", "encoder_decoder")
PROGRAM = str(Path(sysconfig.get_path("scripts")) / "rnninspect")
LAST_LINE_OF_TABLE = b"Non-trainable params"
LIBRARIES = "import click, rich.table, zipfile, json"
START_UP_LIMIT = 1.5
START_UP_RUNS = 30


class Run(NamedTuple):
    """One process: seconds in all, until the table was out, and of CPU; peak memory in KiB."""

    seconds: float
    table_seconds: float
    cpu_seconds: float
    peak_kib: int


class Target(NamedTuple):
    """What is measured: ``value / peer`` must not be over ``limit``."""

    name: str
    way: str
    field: str
    limit: float


TARGETS = (
    Target("--compare none, time", "none", "seconds", 1 / 25),
    Target("--compare none, peak memory", "none", "peak_kib", 1 / 15),
    Target("--compare stored, time", "stored", "seconds", 1 / 10),
    Target("--compare all, time", "all", "seconds", 1.15),
    Target("--compare all, time until the table", "all", "table_seconds", 1 / 15),
)


def command(way: str, model: Path) -> list[str]:
    """How a way of doing the job is started."""
    if way == "libraries":
        return [sys.executable, "-c", LIBRARIES]
    if way == "keras":
        code = f"import keras; keras.models.load_model({str(model)!r}).summary()"
        return [sys.executable, "-c", code]
    return [PROGRAM, "summary", str(model), "--compare", way]


def run(way: str, model: Path) -> Run:
    """Start one process and watch it to its end."""
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installation has bytecode
    start = time.perf_counter()
    process = subprocess.Popen(
        command(way, model), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    )
    assert process.stdout is not None
    table_seconds = 0.0
    for line in process.stdout:
        if LAST_LINE_OF_TABLE in line and not table_seconds:
            table_seconds = time.perf_counter() - start
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command(way, model))} ended with status {process.returncode}")
    return Run(seconds, table_seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)


def measure(model: Path, runs: int, *ways: str) -> dict[str, list[Run]]:
    """All ways in turn, ``runs`` times; the first round fills caches and is not counted."""
    results: dict[str, list[Run]] = {way: [] for way in ways}
    for number in range(runs + 1):
        for way in ways:
            result = run(way, model)
            if number:
                results[way].append(result)
    return results


def report(model: Path, results: dict[str, list[Run]]) -> bool:
    """Print one line for each target; whether all are met."""
    peer_seconds = statistics.median(one.seconds for one in results["keras"])
    peer_kib = statistics.median(one.peak_kib for one in results["keras"])
    print(f"{model.name}: Keras takes {peer_seconds:.2f} s and {peer_kib / 1024:.0f} MiB")
    met = True
    for target in TARGETS:
        value = statistics.median(getattr(one, target.field) for one in results[target.way])
        ratio = value / (peer_kib if target.field == "peak_kib" else peer_seconds)
        shown = (
            f"{value / 1024:.1f} MiB" if target.field == "peak_kib" else f"{value * 1000:.0f} ms"
        )
        is_met = ratio <= target.limit
        met = met and is_met
        print(
            f"  {target.name:37} {shown:>9}   {_ratio(ratio):>7} of Keras"
            f"   target {_ratio(target.limit):>6}   {'met' if is_met else 'MISSED'}"
        )
    return met


def report_start_up(model: Path, results: dict[str, list[Run]]) -> bool:
    """Print what `--compare none` takes beside the import of its libraries; whether it is met."""
    ours, libraries = (
        min(one.cpu_seconds for one in results[way]) for way in ("none", "libraries")
    )
    is_met = ours / libraries <= START_UP_LIMIT
    print(
        f"  {'--compare none, CPU time':37} {ours * 1000:>6.0f} ms   "
        f"{ours / libraries:>7.2f} of its libraries ({libraries * 1000:.0f} ms)"
        f"   target {START_UP_LIMIT:>6.2f}   {'met' if is_met else 'MISSED'}"
    )
    return is_met


def _ratio(ratio: float) -> str:
    return f"1/{1 / ratio:.1f}" if ratio < 0.5 else f"{ratio:.2f}"


def main() -> None:
    """Measure the models named on the command line, or three samples."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    samples = [ROOT / "sample_models" / f"{name}.keras" for name in DEFAULT_MODELS]
    parser.add_argument("models", nargs="*", type=Path, default=samples)
    parser.add_argument("--runs", type=int, default=7)
    arguments = parser.parse_args()
    results = []
    for model in arguments.models:
        whole = measure(model, arguments.runs, "keras", "none", "stored", "all")
        results.append(report(model, whole))
        start_up = measure(model, START_UP_RUNS, "libraries", "none")
        results.append(report_start_up(model, start_up))
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
