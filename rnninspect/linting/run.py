"""check: files and directories become one result, with as many processes as it takes."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rnninspect.diagnostics import Diagnostic
from rnninspect.errors import RnnInspectError
from rnninspect.linting.baseline import Baseline
from rnninspect.linting.cache import Cache
from rnninspect.linting.discovery import PROGRAMS, Found, discover, root_of
from rnninspect.linting.file import (
    Demands,
    FileResult,
    bytes_of,
    check_data,
    check_file,
    dismissed,
    failed,
)
from rnninspect.linting.result import CheckResult
from rnninspect.linting.settings import Configuration, Settings
from rnninspect.linting.suppression import Suppression, suppressions_of, without_suppressed
from rnninspect.sources.limits import FILE_TIMEOUT_SECONDS
from rnninspect.sources.python.modules import Tree
from rnninspect.sources.python.names import AT_HAND, EXPRESSION

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
    """How files are checked; it does not matter for what is found."""

    jobs: int | None = None
    """How many processes; None: as many as there are processors, where there are many files."""
    cache_folder: str | None = None
    timeout_seconds: float = FILE_TIMEOUT_SECONDS
    progress: Progress = lambda done, total: None
    fixes: bool = True
    """Whether the fix of each finding is worked out, which takes longer than to find it."""


AS_USUAL = Way()


class _Task(NamedTuple):
    """Neighbouring files that are checked by one process, in their order."""

    numbers: tuple[int, ...]
    files: tuple[Found, ...]
    demands: tuple[Demands, ...]


def check(
    paths: Sequence[str | os.PathLike[str]] = (".",),
    *,
    configuration: Configuration | None = None,
    markdown: bool = False,
    force_exclude: bool = False,
    builder: Builder | None = None,
    baseline: Baseline | None = None,
    way: Way = AS_USUAL,
) -> CheckResult:
    """Find what Keras would reject in programs, notebooks and saved models.

    Directories are searched for programs and models, and with ``markdown`` for Markdown files
    with fenced Python. Nothing is run or imported. With a ``builder``, real Keras builds each
    model that was understood completely. Findings that ``baseline`` has are left out.

    Raises SourceNotFound for a path that does not exist and BadRequest for a configuration that
    does not hold what it should; a file that cannot be read is in ``files`` with its reason.
    Raises KerasUnavailable only with a builder.
    """
    configuration = configuration or Configuration()
    files = tuple(discover(paths, configuration, markdown=markdown, force_exclude=force_exclude))
    results = _checked(files, configuration, builder, way)
    return put_together(results, configuration, baseline)


def check_expression(
    text: str, *, configuration: Configuration | None = None, builder: Builder | None = None
) -> CheckResult:
    """Find what Keras would reject in one expression, which is read and never run.

    Every name of ``keras``, ``keras.models`` and ``keras.layers`` is at hand in it.

    Raises UnreadableSource for what is not Python.
    """
    found = Found(EXPRESSION, os.curdir, True)
    result = check_data(text.encode(), found, None, Demands(), builder, AT_HAND)
    return put_together([result], configuration or Configuration(isolated=True))


def check_text(
    data: bytes,
    path: str,
    *,
    configuration: Configuration | None = None,
    baseline: Baseline | None = None,
    builder: Builder | None = None,
) -> CheckResult:
    """Find what Keras would reject in the text of a program that belongs to a path.

    It imports what the file at that path would. Raises UnreadableSource.
    """
    configuration = configuration or Configuration()
    if not path.endswith(PROGRAMS):
        path += ".py"
    found = Found(path, root_of(Path(path)), True)
    demands = demands_of(configuration.of(path), AS_USUAL)
    result = dismissed(found, data)
    result = result or check_data(data, found, Tree(found.root), demands, builder)
    return put_together([result], configuration, baseline)


def demands_of(settings: Settings, way: Way) -> Demands:
    """What the settings of a file demand of its check."""
    return Demands(
        settings.max_params,
        settings.max_bytes,
        settings.major,
        way.timeout_seconds,
        way.fixes,
    )


def put_together(
    results: Sequence[FileResult], configuration: Configuration, baseline: Baseline | None = None
) -> CheckResult:
    """What all files gave, each mistake once, without what is silenced or not wanted."""
    unique: dict[object, Diagnostic] = {}
    for one in (one for result in results for one in result.found):
        # What an imported file has wrong is found from every file that imports it.
        key = one.place.in_any_round, one.code
        if key not in unique or (unique[key].fix is None and one.fix is not None):
            unique[key] = one
    by_path: dict[str, list[Diagnostic]] = {result.file.path: [] for result in results}
    for one in unique.values():
        by_path.setdefault(one.place.path or "", []).append(one)
    known = {result.file.path: result.suppressions for result in results}
    shown: list[Diagnostic] = []
    failing = 0
    for path, found in by_path.items():
        suppressions = known[path] if path in known else _suppressions_at(path)
        left, unused = without_suppressed(found, suppressions)
        settings = configuration.of(path)
        left = [one for one in (*left, *unused) if settings.wants(one.code, path)]
        if baseline is not None:
            left = baseline.without_known(left, path)
        shown += sorted(left, key=_order)
        failing += sum(settings.fails(one.severity) for one in left)
    verdict = None
    for result in results:
        if result.verification is not None:
            verdict = verdict.plus(result.verification) if verdict else result.verification
    notes = baseline.notes() if baseline is not None else ()
    files = tuple(result.file for result in results)
    return CheckResult(files, tuple(shown), 0, verdict, failing, notes)


def _order(one: Diagnostic) -> tuple[int, int, int, str]:
    return one.place.cell or 0, one.place.line or 0, one.place.column or 0, one.code


def _suppressions_at(path: str) -> tuple[Suppression, ...]:
    """The comments of a file that was not checked itself, but imported."""
    # Few runs pay for the import.
    from rnninspect.reader.code import pieces_of

    try:
        data = bytes_of(path)
        return suppressions_of(data, pieces_of(data, path), path)
    except RnnInspectError:
        return ()


def _checked(
    files: Sequence[Found], configuration: Configuration, builder: Builder | None, way: Way
) -> list[FileResult]:
    """The result of every file, in the order of the files."""
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
    found: Found, demands: Demands, cache: Cache, trees: dict[str, Tree]
) -> FileResult | None:
    """The result of a file that need not be read in full; None for the others."""
    try:
        data = bytes_of(found.path)
    except RnnInspectError:
        return None
    result = dismissed(found, data)
    return result or cache.get(found, data, demands, trees)


def _alone(
    tasks: Sequence[_Task], way: Way, builder: Builder | None
) -> Iterator[tuple[_Task, list[FileResult]]]:
    for task in tasks:
        yield task, _do(task, way.cache_folder, builder)


def _together(
    tasks: Sequence[_Task], jobs: int, way: Way
) -> Iterator[tuple[_Task, list[FileResult]]]:
    """Check with several processes; a file that kills its process is found and said."""
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
        check_file(found, trees.setdefault(found.root, Tree(found.root)), demands, builder, cache)
        for found, demands in zip(task.files, task.demands, strict=True)
    ]


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
