"""``rnninspect check-stack``: what Keras would reject, before anything runs."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rnninspect.cli.check_options import Wishes, check_options
from rnninspect.cli.check_report import report
from rnninspect.cli.options import HELP, everywhere, settings
from rnninspect.cli.program import BUG, complain
from rnninspect.cli.terminal import Settings, note, waiting
from rnninspect.errors import BadRequest
from rnninspect.render.letters import encodable

if TYPE_CHECKING:
    from rnninspect.keras_runtime.builder import Builder
    from rnninspect.linting.mending import Mended
    from rnninspect.linting.result import CheckResult
    from rnninspect.linting.settings import Configuration

EPILOG = """
\b
Examples:
  rnninspect check-stack train.py
  rnninspect check-stack src notebooks
  rnninspect check-stack --fix src
  rnninspect check-stack --format sarif --output-file rnninspect.sarif
  rnninspect check-stack --format concise --select RNN101,RNN103 src
  rnninspect check-stack --write-baseline known.json; rnninspect check-stack --baseline known.json
  rnninspect check-stack --stdin-filename src/train.py - < src/train.py
  rnninspect check-stack -e 'Sequential([Input((20, 6)), SimpleRNN(16), LSTM(32)])'

\b
Settings: [tool.rnninspect] in pyproject.toml, or rnninspect.toml, the nearest above each file.
Silencing: # noqa, # noqa: RNN101, # rnninspect: off ... # rnninspect: on.
Exit status: 0 nothing was found, 1 something was found, 2 a file cannot be read.
"""
STDIN = "-"


@click.command("check-stack", context_settings=HELP, epilog=EPILOG)
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True))
@check_options
@everywhere
@click.pass_context
def check_stack(
    context: click.Context,
    /,
    paths: tuple[str, ...],
    color: str | None,
    quiet: bool | None,
    **given: Any,
) -> int:
    """Find the layers in PATHS that Keras would reject, and the layer that caused it.

    PATHS are programs, notebooks, saved models and directories of them; the default is the
    current directory, and - is standard input. Programs are read and never run. An error is
    reported only where Keras would certainly raise; what is not known is counted in the last line.
    """
    # The other commands do not pay for the import.
    from rnninspect.linting.settings import Configuration

    gc.enable()  # values refer to each other in circles: many files would fill the memory
    using, wishes = settings(context, color, quiet), Wishes(**given)
    _reject_what_does_not_go_together(paths, wishes)
    configuration = Configuration(wishes.given(), file=wishes.config, isolated=wishes.isolated)
    if wishes.show_settings:
        return _show_settings(configuration, paths)
    if wishes.show_files:
        return _show_files(configuration, paths, wishes)
    if wishes.expression is not None or paths == (STDIN,):
        return _of_text(configuration, wishes, using)
    with waiting(using, "Checking", after_seconds=0.7) as say:
        mended: tuple[Mended, ...] = ()
        if wishes.fixes or wishes.unsafe_fixes or wishes.as_diff:
            # As above.
            from rnninspect.fixing.text import write
            from rnninspect.linting.mending import mend

            mended = mend(
                paths or (os.curdir,),
                configuration=configuration,
                unsafe=wishes.unsafe_fixes,
                markdown=wishes.markdown,
                force_exclude=wishes.force_exclude,
                timeout_seconds=wishes.timeout,
                progress=partial(_tell, say, "Mending"),
            )
            if wishes.as_diff:
                _show_patch(mended)
                return 1 if mended and not wishes.exit_zero else 0
            for one in mended:
                write(one.path, one.after)
        found = _checked(configuration, paths, wishes, partial(_tell, say, "Checking"))
    found = found._replace(fixed=sum(one.fixes for one in mended))
    if wishes.add_noqa:
        return _silence(found, using)
    if wishes.write_baseline is not None:
        # As above.
        from rnninspect.linting.baseline import Baseline

        Baseline(wishes.write_baseline).write(found.diagnostics)
        note(using, f"{wishes.write_baseline}: {len(found.diagnostics)} findings counted")
        return 0 if wishes.exit_zero else _status_of_files(found)
    report(found, wishes, using)
    return _status(found, wishes, using)


def _reject_what_does_not_go_together(paths: tuple[str, ...], wishes: Wishes) -> None:
    if wishes.expression is not None and paths:
        raise BadRequest("PATHS and -e cannot be given together", "Check one, then the other.")
    if STDIN in paths and len(paths) > 1:
        raise BadRequest("standard input is checked alone", "Give - without other PATHS.")
    if wishes.stdin_filename is not None and paths not in ((), (STDIN,)):
        raise BadRequest("--stdin-filename goes with - alone", "Give - instead of PATHS.")
    if wishes.baseline is not None and wishes.write_baseline is not None:
        raise BadRequest("--baseline and --write-baseline cannot be given together")
    if wishes.config is not None and wishes.isolated:
        raise BadRequest("--config and --isolated cannot be given together")


def _tell(say: Any, what: str, done: int, total: int) -> None:
    say(f"{what} {done:,} of {total:,} files")


def _checked(
    configuration: Configuration, paths: tuple[str, ...], wishes: Wishes, progress: Any
) -> CheckResult:
    # As above.
    from rnninspect.linting.baseline import Baseline
    from rnninspect.linting.run import Way, check

    known = None if wishes.baseline is None else Baseline.read(wishes.baseline)
    folder = None if wishes.no_cache else _cache_folder(configuration, wishes)
    with _builder(wanted=wishes.verify) as builder:
        return check(
            paths or (os.curdir,),
            configuration=configuration,
            markdown=wishes.markdown,
            force_exclude=wishes.force_exclude,
            builder=builder,
            baseline=known,
            way=Way(wishes.jobs, folder, wishes.timeout, progress, wishes.shows_fixes),
        )


def _cache_folder(configuration: Configuration, wishes: Wishes) -> str:
    # As above.
    from rnninspect.linting.cache import DEFAULT_FOLDER

    root = configuration.of(os.curdir).root or os.curdir
    return wishes.cache_dir or os.fspath(Path(root, DEFAULT_FOLDER))


def _status(found: CheckResult, wishes: Wishes, using: Settings) -> int:
    """The exit status; what stands in the way of an answer is said on standard error."""
    for text in found.notes:
        note(using, text)
    status = max(1 if found.failing else 0, _status_of_files(found))
    if found.verification is not None and found.verification.contradictions:
        for line in found.verification.contradictions:
            complain(line, "rnninspect is wrong here: please report it.", BUG)
        return BUG
    return 0 if wishes.exit_zero else status


def _status_of_files(found: CheckResult) -> int:
    status = 0
    for file in found.files:
        if file.status == "unreadable":
            code = BUG if file.is_our_bug else 2
            status = max(status, complain(file.reason or file.path, file.hint, code))
    return status


def _of_text(configuration: Configuration, wishes: Wishes, using: Settings) -> int:
    """Check an expression, or what is on standard input; with fixes, the text is printed."""
    # As above.
    from rnninspect.linting.baseline import Baseline
    from rnninspect.linting.mending import mend_text
    from rnninspect.linting.run import check_expression, check_text
    from rnninspect.sources.python.names import EXPRESSION

    is_expression = wishes.expression is not None
    path = EXPRESSION if is_expression else wishes.stdin_filename or "stdin.py"
    data = (wishes.expression or "").encode() if is_expression else _standard_input()
    mended = None
    mends = wishes.fixes or wishes.unsafe_fixes or wishes.as_diff
    if mends:
        mended = mend_text(data, path, configuration=configuration, unsafe=wishes.unsafe_fixes)
    if wishes.as_diff:
        _show_patch(() if mended is None else (mended,))
        return 1 if mended is not None and not wishes.exit_zero else 0
    if mended is not None:
        data = mended.after
    if mends and not is_expression:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    elif mended is not None:
        click.echo(data.decode())
    known = None if wishes.baseline is None else Baseline.read(wishes.baseline)
    with _builder(wanted=wishes.verify) as builder:
        if is_expression:
            found = check_expression(data.decode(), configuration=configuration, builder=builder)
        else:
            found = check_text(
                data, path, configuration=configuration, baseline=known, builder=builder
            )
    found = found._replace(fixed=0 if mended is None else mended.fixes)
    report(found, wishes, using, err=mends and not is_expression)
    return _status(found, wishes, using)


def _standard_input() -> bytes:
    # As above.
    from rnninspect.reader.code import MAX_PROGRAM_BYTES

    return sys.stdin.buffer.read(MAX_PROGRAM_BYTES + 1)


@contextmanager
def _builder(*, wanted: bool) -> Iterator[Builder | None]:
    """Keras in a child process, if it is wanted."""
    if not wanted:
        yield None
        return
    # As above.
    from rnninspect.keras_runtime.builder import Builder
    from rnninspect.keras_runtime.witness import NOT_INSTALLED, KerasUnavailable, keras_is_installed

    if not keras_is_installed():
        raise BadRequest(NOT_INSTALLED)
    try:
        with Builder() as builder:
            yield builder
    except KerasUnavailable as unavailable:
        raise BadRequest(unavailable.reason, "Check without --verify.") from None


def _show_patch(mended: tuple[Mended, ...]) -> None:
    # As above.
    from rnninspect.fixing.text import difference

    for one in mended:
        text = difference(one.before, one.after, one.path)
        click.echo(encodable(text, sys.stdout.encoding or "utf-8"), nl=False)


def _silence(found: CheckResult, using: Settings) -> int:
    """Put comments into the programs; exit with 0 unless something cannot be read."""
    # As above.
    from rnninspect.fixing.text import write
    from rnninspect.linting.mending import silenced

    changed = silenced(found.diagnostics)
    for one in changed:
        write(one.path, one.after)
    count = sum(one.fixes for one in changed)
    note(using, f"{count} findings silenced in {len(changed)} files")
    return _status_of_files(found)


def _show_files(configuration: Configuration, paths: tuple[str, ...], wishes: Wishes) -> int:
    # As above.
    from rnninspect.linting.discovery import discover

    for one in discover(
        paths or (os.curdir,),
        configuration,
        markdown=wishes.markdown,
        force_exclude=wishes.force_exclude,
    ):
        click.echo(encodable(one.path, sys.stdout.encoding or "utf-8"))
    return 0


def _show_settings(configuration: Configuration, paths: tuple[str, ...]) -> int:
    path = paths[0] if paths else os.curdir
    for key, value in configuration.of(path).shown().items():
        shown = ", ".join(map(str, value)) if isinstance(value, tuple) else value
        click.echo(f"{key} = {'' if shown is None else shown}".rstrip())
    return 0
