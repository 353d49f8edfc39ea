"""Session: what orders the steps of a lint run: find, fix, write, check, suppress, baseline."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rnninspect.errors import BadRequest
from rnninspect.linting.baseline import Baseline
from rnninspect.linting.combine import combine
from rnninspect.linting.discovery import PROGRAMS, SourceFile, discover, root_of
from rnninspect.linting.file import check_data, dismissed
from rnninspect.linting.result import CheckResult
from rnninspect.linting.run import AS_USUAL, Way, check_files, demands_of
from rnninspect.linting.settings import Configuration
from rnninspect.reader.naming import AT_HAND, EXPRESSION
from rnninspect.reader.tree import Tree

if TYPE_CHECKING:
    from rnninspect.keras_runtime.builder import Builder
    from rnninspect.linting.fixes import ChangedFile

Progress = Callable[[str, int, int], None]
"""Called with what is done (Fixing, Checking), with how many files, of how many."""


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
    return combine(check_files(files, configuration, builder, way), configuration, baseline)


def check_text(
    data: bytes,
    path: str,
    *,
    configuration: Configuration | None = None,
    baseline: Baseline | None = None,
    builder: Builder | None = None,
    way: Way = AS_USUAL,
) -> CheckResult:
    """Find what Keras would reject in a text that belongs to a path, or in an expression.

    A program imports what the file at that path would. In an expression, which has the path
    ``EXPRESSION``, every name of ``keras``, ``keras.models`` and ``keras.layers`` is at hand.
    Raises UnreadableSource for what is not Python.
    """
    is_expression = path == EXPRESSION
    configuration = configuration or Configuration(isolated=is_expression)
    if not is_expression and not path.endswith(PROGRAMS):
        path += ".py"
    demands = demands_of(configuration.of(path), way)
    if is_expression:
        source = SourceFile(path, os.curdir, True)
        result = check_data(data, source, None, demands, builder, AT_HAND)
    else:
        source = SourceFile(path, root_of(Path(path)), True)
        early = dismissed(source, data)
        result = early or check_data(data, source, Tree(source.root), demands, builder)
    return combine([result], configuration, baseline)


class Session(NamedTuple):
    """One lint run over paths, or over a text."""

    configuration: Configuration
    paths: tuple[str, ...] = (os.curdir,)
    markdown: bool = False
    force_exclude: bool = False
    fixes: bool = False
    """Whether errors are fixed before the check."""
    unsafe_fixes: bool = False
    baseline: str | None = None
    """The file of a baseline whose findings are left out."""
    verify: bool = False
    """Whether real Keras builds what was understood."""
    way: Way = AS_USUAL
    progress: Progress = lambda what, done, total: None

    def files(self) -> tuple[SourceFile, ...]:
        """Return the files that are checked. Raises SourceNotFound."""
        return tuple(
            discover(
                self.paths,
                self.configuration,
                markdown=self.markdown,
                force_exclude=self.force_exclude,
            )
        )

    def fixed_files(self) -> tuple[ChangedFile, ...]:
        """Return the files that fixes would change; write nothing. Raises SourceNotFound."""
        # Checks without fixes do not pay for the import.
        from rnninspect.linting.fixes import fixed_files

        return fixed_files(
            self.files(),
            self.configuration,
            unsafe=self.unsafe_fixes,
            timeout_seconds=self.way.timeout_seconds,
            progress=lambda done, total: self.progress("Fixing", done, total),
        )

    def run(self) -> CheckResult:
        """Fix and write if requested, then check the files as they are. Raises RnnInspectError."""
        changed = self.fixed_files() if self.fixes else ()
        _write(changed)
        way = self.way._replace(progress=lambda done, total: self.progress("Checking", done, total))
        baseline = None if self.baseline is None else Baseline.read(self.baseline)
        with _keras(wanted=self.verify) as builder:
            results = check_files(self.files(), self.configuration, builder, way)
        result = combine(results, self.configuration, baseline)
        return result._replace(fixed=sum(file.fixes for file in changed))

    def fixed_text(self, data: bytes, path: str) -> ChangedFile | None:
        """Return a text after its fixes; None if there are none."""
        # As above.
        from rnninspect.linting.fixes import fixed_text

        return fixed_text(data, path, self.configuration, unsafe=self.unsafe_fixes)

    def run_text(self, data: bytes, path: str) -> tuple[bytes, CheckResult]:
        """Fix a text if requested, then check it; return the text and the result.

        ``path`` is where the text belongs, or ``EXPRESSION``. Raises RnnInspectError.
        """
        changed = self.fixed_text(data, path) if self.fixes else None
        data = data if changed is None else changed.after
        baseline = None if self.baseline is None else Baseline.read(self.baseline)
        with _keras(wanted=self.verify) as builder:
            result = check_text(
                data,
                path,
                configuration=self.configuration,
                baseline=baseline,
                builder=builder,
                way=self.way,
            )
        return data, result._replace(fixed=0 if changed is None else changed.fixes)


def write_suppressions(result: CheckResult) -> tuple[int, int]:
    """Put comments into programs that turn the findings off; return how many, in how many files.

    Raises CannotWrite.
    """
    # As above.
    from rnninspect.linting.fixes import suppressed_files

    changed = suppressed_files(result.diagnostics)
    _write(changed)
    return sum(file.fixes for file in changed), len(changed)


def _write(changed: Sequence[ChangedFile]) -> None:
    if changed:
        # As above.
        from rnninspect.fixing.text import write

        for file in changed:
            write(file.path, file.after)


@contextmanager
def _keras(*, wanted: bool) -> Iterator[Builder | None]:
    """Start Keras in a child process if it is wanted. Raises BadRequest where it is missing."""
    if not wanted:
        yield None
        return
    # Only --verify pays for the imports.
    from rnninspect.keras_runtime.builder import (
        NOT_INSTALLED,
        Builder,
        KerasUnavailable,
        keras_is_installed,
    )

    if not keras_is_installed():
        raise BadRequest(NOT_INSTALLED)
    try:
        with Builder() as builder:
            yield builder
    except KerasUnavailable as unavailable:
        raise BadRequest(unavailable.reason, "Check without --verify.") from None
