"""Large models: how time grows with layers, and the largest of ``keras.applications`` beside Keras.

    python benchmarks/large.py [--runs N]

Whole processes of one run, compared as ratios. The exit status is 1 if a target is missed.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from summary import command, run

MAX_GROWTH = 12.0
"""The time of 10,000 layers, in times of 1,000."""
MAX_SHARE = 1 / 10
"""The time of the largest application, in times of Keras's own load and summary."""


def stack(layers: int) -> dict[str, Any]:
    """The config of a stack of LSTM layers."""
    entries: list[dict[str, Any]] = [
        {"class_name": "InputLayer", "config": {"name": "x", "batch_shape": [None, 5, 6]}}
    ]
    for number in range(layers):
        config = {"name": f"lstm_{number}", "units": 8, "return_sequences": True}
        entries.append({"class_name": "LSTM", "config": config})
    return {"class_name": "Sequential", "config": {"name": "stack", "layers": entries}}


def seconds(path: Path) -> float:
    """The time of one ``summary --compare none``."""
    start = time.perf_counter()
    subprocess.run(command("none", path), stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def growth(folder: Path, runs: int) -> bool:
    """Print how the time grows from 1,000 to 10,000 layers; whether the target is met."""
    paths = {}
    for layers in (1_000, 10_000):
        paths[layers] = folder / f"{layers}.json"
        paths[layers].write_text(json.dumps(stack(layers)))
    taken: dict[int, list[float]] = {layers: [] for layers in paths}
    for _ in range(runs):
        for layers, path in paths.items():
            taken[layers].append(seconds(path))
    small, large = (statistics.median(taken[layers]) for layers in (1_000, 10_000))
    print(f"1,000 layers {small:.2f} s, 10,000 layers {large:.2f} s: {large / small:.1f} times")
    return large / small <= MAX_GROWTH


def largest(folder: Path, runs: int) -> bool:
    """Print the time of EfficientNetV2L beside Keras; whether the target is met."""
    path = folder / "largest.keras"
    code = f"import keras; keras.applications.EfficientNetV2L(weights=None).save({str(path)!r})"
    subprocess.run([sys.executable, "-c", code], stderr=subprocess.DEVNULL, check=True)
    results = [(run("keras", path).seconds, run("none", path).seconds) for _ in range(runs)]
    keras = statistics.median(one for one, _ in results)
    ours = statistics.median(one for _, one in results)
    print(f"EfficientNetV2L: Keras {keras:.2f} s, summary {ours:.2f} s: 1/{keras / ours:.1f}")
    return ours / keras <= MAX_SHARE


def main() -> None:
    """Measure both."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as name:
        met = [growth(Path(name), runs), largest(Path(name), runs)]
    sys.exit(0 if all(met) else 1)


if __name__ == "__main__":
    main()
