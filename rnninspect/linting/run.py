"""check_files: every file becomes its result, with as many processes as it takes."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rnninspect.errors import RnnInspectError
from rnninspect.linting.cache import Cache
from rnninspect.linting.discovery import SourceFile
from rnninspect.linting.file import bytes_of, check_file, dismissed, failed
from rnninspect.linting.result import Demands, FileResult
from rnninspect.linting.settings import Configuration, LintSettings
from rnninspect.reader.tree import Tree
from rnninspect.sources.limits import FILE_TIMEOUT_SECONDS

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

    from rnninspect.keras_runtime.builder import Builder

CHUNK = 16
"""How many files share what was read of the files they import; the same for any number of jobs."""
FEW = 2 * CHUNK
"""With no more files than this another process would take longer to start than to help."""

Progress = Callable[[int, int], None]
"""Told how many files are done, of how many."""


class Way(NamedTuple):
    """How files are checked; the findings do not depend on it."""

    jobs: int | None = None
    """How many processes; None: as many as there are processors, where there are many files."""
    cache_folder: str | None = None
    timeout_seconds: float = FILE_TIMEOUT_SECONDS
    progress: Progress = lambda done, total: None
    fixes: bool = True
    """Whether the fix of each error is worked out, which takes longer than to find it."""


AS_USUAL = Way()


class _Task(NamedTuple):
    """Neighbouring files that are checked by one process, in their order."""

    numbers: tuple[int, ...]
    files: tuple[SourceFile, ...]
    demands: tuple[Demands, ...]


def demands_of(settings: LintSettings, way: Way) -> Demands:
    """Return what the settings of a file demand of its check."""
    return Demands(settings.for_rules, way.timeout_seconds, way.fixes)


def check_files(
    files: Sequence[SourceFile], configuration: Configuration, builder: Builder | None, way: Way
) -> list[FileResult]:
    """Return the result of every file, in the order of the files."""
    done: dict[int, FileResult] = {}
    cache = Cache(way.cache_folder if builder is None else None)
    tasks = []
    trees: dict[str, Tree] = {}
    for start in range(0, len(files), CHUNK):
        waiting = []
        for number in range(start, min(start + CHUNK, len(files))):
            demands = demands_of(configuration.of(files[number].path), way)
            early = _early(files[number], demands, cache, trees)
            if early is not None:
                done[number] = early
            else:
                waiting.append((number, demands))
        if waiting:
            numbers, wanted = zip(*waiting, strict=True)
            tasks.append(_Task(numbers, tuple(files[number] for number in numbers), wanted))
        way.progress(len(done), len(files))
    to_do = sum(len(task.files) for task in tasks)
    jobs = way.jobs or (_processors() if to_do > FEW else 1)
    if jobs == 1 or len(tasks) < 2 or builder is not None:
        each = _alone(tasks, way, builder)
    else:
        each = _together(tasks, min(jobs, len(tasks)), way)
    for task, results in each:
        done.update(zip(task.numbers, results, strict=True))
        way.progress(len(done), len(files))
    return [done[number] for number in range(len(files))]


def _early(
    source: SourceFile, demands: Demands, cache: Cache, trees: dict[str, Tree]
) -> FileResult | None:
    """Return the result of a file that need not be read in full; None for the others."""
    try:
        data = bytes_of(source.path)
    except RnnInspectError:
        return None
    result = dismissed(source, data)
    return result or cache.get(source, data, demands, trees)


def _alone(
    tasks: Sequence[_Task], way: Way, builder: Builder | None
) -> Iterator[tuple[_Task, list[FileResult]]]:
    for task in tasks:
        yield task, _do(task, way.cache_folder, builder)


def _together(
    tasks: Sequence[_Task], jobs: int, way: Way
) -> Iterator[tuple[_Task, list[FileResult]]]:
    """Check with several processes; a file that kills its process is reported, and no other."""
    # Few files do not pay for the imports.
    from concurrent.futures import FIRST_COMPLETED, Future, wait
    from concurrent.futures.process import BrokenProcessPool

    left = {task.numbers: task for task in tasks}
    try:
        with _pool(jobs) as pool:
            futures: dict[Future[list[FileResult]], _Task] = {
                pool.submit(_do, task, way.cache_folder): task for task in tasks
            }
            waiting = set(futures)
            while waiting:
                ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in ready:
                    results = future.result()
                    task = left.pop(futures[future].numbers)
                    yield task, results
    except BrokenProcessPool:
        for task in list(left.values()):
            yield (
                task,
                [
                    _in_its_own_process(_Task((), (file,), (demands,)), way)
                    for file, demands in zip(task.files, task.demands, strict=True)
                ],
            )


def _in_its_own_process(task: _Task, way: Way) -> FileResult:
    # As above.
    from concurrent.futures.process import BrokenProcessPool

    try:
        with _pool(1) as pool:
            return pool.submit(_do, task, way.cache_folder).result()[0]
    except BrokenProcessPool:
        return failed(task.files[0].path, "the process that read it was ended")


def _pool(jobs: int) -> ProcessPoolExecutor:
    # As above.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # Imported once, before the processes part.
    import rnninspect.fixing.fix  # noqa: F401

    kind = "fork" if sys.platform == "linux" else "spawn"
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context(kind))


def _do(task: _Task, cache_folder: str | None, builder: Builder | None = None) -> list[FileResult]:
    """Check the files of a task, here or in another process."""
    gc.enable()  # values refer to each other in circles: many files would fill the memory
    cache = Cache(None if builder is not None else cache_folder)
    trees: dict[str, Tree] = {}
    return [
        check_file(
            source, trees.setdefault(source.root, Tree(source.root)), demands, builder, cache
        )
        for source, demands in zip(task.files, task.demands, strict=True)
    ]


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
