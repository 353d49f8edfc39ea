"""``rnninspect check-stack``: what Keras would reject, before anything runs."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rnninspect.cli.check_options import CheckOptions, check_options
from rnninspect.cli.check_report import report
from rnninspect.cli.options import HELP, everywhere, settings
from rnninspect.cli.program import BUG, complain
from rnninspect.cli.terminal import Settings, note, waiting
from rnninspect.errors import BadRequest
from rnninspect.render.letters import encodable

if TYPE_CHECKING:
    from rnninspect.linting.fixes import ChangedFile
    from rnninspect.linting.result import CheckResult
    from rnninspect.linting.session import Session
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
Exit status: 0 no errors, 1 errors (or what --fail-on asks for), 2 a file cannot be read.
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
    **values: Any,
) -> int:
    """Find the layers in PATHS that Keras would reject, and the layer that caused it.

    PATHS are programs, notebooks, saved models and directories of them; the default is the
    current directory, and - is standard input. Programs are read and never run. An error is
    reported only where Keras would certainly raise; what is not known is counted in the last line.
    """
    # The other commands do not pay for the import.
    from rnninspect.linting.settings import Configuration

    gc.enable()  # values refer to each other in circles: many files would fill the memory
    using, options = settings(context, color, quiet), CheckOptions(**values)
    _reject_contradictions(paths, options)
    configuration = Configuration(
        options.stated_settings(), file=options.config, isolated=options.isolated
    )
    if options.show_settings:
        return _show_settings(configuration, paths)
    session = _session(configuration, paths, options)
    if options.show_files:
        return _show_files(session)
    if options.expression is not None or paths == (STDIN,):
        return _check_text(session, options, using)
    return _check_paths(session, options, using)


def _reject_contradictions(paths: tuple[str, ...], options: CheckOptions) -> None:
    if options.expression is not None and paths:
        raise BadRequest("PATHS and -e cannot be given together", "Check one, then the other.")
    if STDIN in paths and len(paths) > 1:
        raise BadRequest("standard input is checked alone", "Give - without other PATHS.")
    if options.stdin_filename is not None and paths not in ((), (STDIN,)):
        raise BadRequest("--stdin-filename goes with - alone", "Give - instead of PATHS.")
    if options.baseline is not None and options.write_baseline is not None:
        raise BadRequest("--baseline and --write-baseline cannot be given together")
    if options.config is not None and options.isolated:
        raise BadRequest("--config and --isolated cannot be given together")


def _session(
    configuration: Configuration, paths: tuple[str, ...], options: CheckOptions
) -> Session:
    # As above.
    from rnninspect.linting.cache import DEFAULT_FOLDER
    from rnninspect.linting.run import Way
    from rnninspect.linting.session import Session

    folder = None
    if not options.no_cache:
        root = configuration.of(os.curdir).root or os.curdir
        folder = options.cache_dir or os.fspath(Path(root, DEFAULT_FOLDER))
    return Session(
        configuration,
        paths or (os.curdir,),
        markdown=options.markdown,
        force_exclude=options.force_exclude,
        fixes=options.wants_fixes,
        unsafe_fixes=options.unsafe_fixes,
        baseline=options.baseline,
        verify=options.verify,
        way=Way(options.jobs, folder, options.timeout, fixes=options.shows_fixes),
    )


def _check_paths(session: Session, options: CheckOptions, using: Settings) -> int:
    """Check files, or write what else the options request; return the exit status."""
    with waiting(using, "Checking", after_seconds=0.7) as say:
        session = session._replace(
            progress=lambda what, done, total: say(f"{what} {done:,} of {total:,} files")
        )
        if options.as_diff:
            return _show_patch(session.fixed_files(), options)
        result = session.run()
    if options.add_noqa:
        # As above.
        from rnninspect.linting.session import write_suppressions

        count, files = write_suppressions(result)
        note(using, f"{count} findings silenced in {files} files")
        return _status_of_files(result)
    if options.write_baseline is not None:
        # As above.
        from rnninspect.linting.baseline import Baseline

        Baseline(options.write_baseline).write(result.diagnostics)
        note(using, f"{options.write_baseline}: {len(result.diagnostics)} findings counted")
        return 0 if options.exit_zero else _status_of_files(result)
    report(result, options, using)
    return _status(result, options, using)


def _check_text(session: Session, options: CheckOptions, using: Settings) -> int:
    """Check an expression, or what is on standard input; with fixes, the text is printed."""
    # As above.
    from rnninspect.reader.naming import EXPRESSION

    is_expression = options.expression is not None
    path = EXPRESSION if is_expression else options.stdin_filename or "stdin.py"
    data = (options.expression or "").encode() if is_expression else _standard_input()
    if options.as_diff:
        changed = session.fixed_text(data, path)
        return _show_patch(() if changed is None else (changed,), options)
    after, result = session.run_text(data, path)
    if options.wants_fixes and not is_expression:
        sys.stdout.buffer.write(after)
        sys.stdout.buffer.flush()
    elif after != data:
        click.echo(after.decode())
    report(result, options, using, err=options.wants_fixes and not is_expression)
    return _status(result, options, using)


def _status(result: CheckResult, options: CheckOptions, using: Settings) -> int:
    """Return the exit status; print on standard error what prevents an answer."""
    for text in result.notes:
        note(using, text)
    status = max(1 if result.failing else 0, _status_of_files(result))
    if result.verification is not None and result.verification.contradictions:
        for line in result.verification.contradictions:
            complain(line, "rnninspect is wrong here: please report it.", BUG)
        return BUG
    return 0 if options.exit_zero else status


def _status_of_files(result: CheckResult) -> int:
    status = 0
    for file in result.files:
        if file.status == "unreadable":
            code = BUG if file.is_our_bug else 2
            status = max(status, complain(file.reason or file.path, file.hint, code))
    return status


def _standard_input() -> bytes:
    # As above.
    from rnninspect.reader.text.code import MAX_PROGRAM_BYTES

    return sys.stdin.buffer.read(MAX_PROGRAM_BYTES + 1)


def _show_patch(changed: tuple[ChangedFile, ...], options: CheckOptions) -> int:
    # As above.
    from rnninspect.fixing.text import difference

    for file in changed:
        text = difference(file.before, file.after, file.path)
        click.echo(encodable(text, sys.stdout.encoding or "utf-8"), nl=False)
    return 1 if changed and not options.exit_zero else 0


def _show_files(session: Session) -> int:
    for file in session.files():
        click.echo(encodable(file.path, sys.stdout.encoding or "utf-8"))
    return 0


def _show_settings(configuration: Configuration, paths: tuple[str, ...]) -> int:
    path = paths[0] if paths else os.curdir
    for key, value in configuration.of(path).shown().items():
        shown = ", ".join(map(str, value)) if isinstance(value, tuple) else value
        click.echo(f"{key} = {'' if shown is None else shown}".rstrip())
    return 0
