"""``rnninspect check-stack``: what Keras would refuse, before anything runs."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from rnninspect.cli.options import HELP, everywhere, settings
from rnninspect.cli.program import BUG, complain
from rnninspect.cli.terminal import console, waiting
from rnninspect.errors import BadRequest
from rnninspect.render.text import encodable

if TYPE_CHECKING:
    from rnninspect.comparison.builder import Builder
    from rnninspect.diagnostics import Diagnostic
    from rnninspect.linting import CheckResult, Mended

EPILOG = """
\b
Examples:
  rnninspect check-stack train.py
  rnninspect check-stack src notebooks
  rnninspect check-stack --format concise --select RNN101,RNN103 src
  rnninspect check-stack -e 'Sequential([Input((20, 6)), SimpleRNN(16), LSTM(32)])'

\b
Exit status: 0 nothing was found, 1 something was found, 2 a file cannot be read.
"""


@click.command("check-stack", context_settings=HELP, epilog=EPILOG)
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("-e", "expression", metavar="EXPR", help="Check this expression, which is not run.")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["full", "concise", "json"]),
    default="full",
    show_default=True,
    help="How findings are written.",
)
@click.option("--select", metavar="CODE,...", help="Only these rules; RNN1 stands for RNN1xx.")
@click.option("--ignore", metavar="CODE,...", help="Not these rules.")
@click.option("--fix", "fixes", is_flag=True, help="Mend what can be mended safely, in place.")
@click.option("--unsafe-fixes", is_flag=True, help="Mend also where it might not be what is meant.")
@click.option(
    "--diff", "as_diff", is_flag=True, help="Print what --fix would change; write nothing."
)
@click.option(
    "--verify", is_flag=True, help="Let real Keras build what was understood, and confirm errors."
)
@click.option("--markdown", is_flag=True, help="Check the fenced Python of Markdown files too.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "hint"]),
    default="error",
    show_default=True,
    help="The least severe finding that makes the exit status 1.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")
@everywhere
@click.pass_context
def check_stack(
    context: click.Context,
    paths: tuple[str, ...],
    expression: str | None,
    output_format: str,
    select: str | None,
    ignore: str | None,
    fixes: bool,
    unsafe_fixes: bool,
    as_diff: bool,
    verify: bool,
    markdown: bool,
    fail_on: str,
    exit_zero: bool,
    color: str | None,
    quiet: bool | None,
) -> int:
    """Find the layers in PATHS that Keras would refuse, and the layer that caused it.

    PATHS are programs, notebooks, saved models and directories of them; the default is the
    current directory. Programs are read and never run. An error is reported only where Keras
    would certainly raise; what is not known is counted in the last line.
    """
    # The other commands do not pay for the import.
    from rnninspect.linting import REPORT, check, check_expression

    gc.enable()  # values refer to each other in circles: many files would fill the memory
    using = settings(context, color, quiet)
    if expression is not None and paths:
        raise BadRequest("PATHS and -e cannot be given together", "Check one, then the other.")
    wanted, unwanted = _codes(select), _codes(ignore)

    def wants(one: Diagnostic) -> bool:
        return (not wanted or one.code.startswith(wanted)) and not one.code.startswith(unwanted)

    with waiting(using, "Checking", after_seconds=0.7):
        mended: tuple[Mended, ...] = ()
        if fixes or unsafe_fixes or as_diff:
            mended = _mended(paths, expression, unsafe=unsafe_fixes, markdown=markdown, wants=wants)
        if as_diff:
            _show_patch(mended)
            return 1 if mended and not exit_zero else 0
        for one in mended:
            _write(one)
        with _builder(wanted=verify) as builder:
            if expression is not None:
                text = mended[0].after.decode() if mended else expression
                found = check_expression(text, builder=builder)
            else:
                found = check(paths or (".",), markdown=markdown, builder=builder)
    found = found._replace(
        diagnostics=tuple(one for one in found.diagnostics if wants(one)),
        fixed=sum(one.fixes for one in mended),
    )
    if output_format == "json":
        text = json.dumps(found.to_dict(), indent=2, ensure_ascii=False)
        click.echo(encodable(text, sys.stdout.encoding or "utf-8"))
    else:
        _show(found, console(using), output_format, quiet=using.quiet)
    status = 1 if found.count_from(fail_on) else 0
    for file in found.files:
        if file.status == "unreadable":
            own = file.hint == REPORT
            status = max(status, complain(file.reason or file.path, file.hint, BUG if own else 2))
    if found.verification is not None and found.verification.contradictions:
        for line in found.verification.contradictions:
            complain(line, "rnninspect is wrong here: please report it.", BUG)
        return BUG
    return 0 if exit_zero else status


@contextmanager
def _builder(*, wanted: bool) -> Iterator[Builder | None]:
    """Keras in a child process, if it is wanted."""
    if not wanted:
        yield None
        return
    # As above.
    from rnninspect.comparison.builder import Builder
    from rnninspect.comparison.witness import NOT_INSTALLED, KerasUnavailable, keras_is_installed

    if not keras_is_installed():
        raise BadRequest(NOT_INSTALLED)
    try:
        with Builder() as builder:
            yield builder
    except KerasUnavailable as unavailable:
        raise BadRequest(unavailable.reason, "Check without --verify.") from None


def _mended(
    paths: tuple[str, ...],
    expression: str | None,
    *,
    unsafe: bool,
    markdown: bool,
    wants: Callable[[Diagnostic], bool],
) -> tuple[Mended, ...]:
    # As above.
    from rnninspect.linting import mend, mend_text
    from rnninspect.sources.python.names import EXPRESSION

    if expression is None:
        return mend(paths or (".",), unsafe=unsafe, markdown=markdown, wants=wants)
    one = mend_text(expression.encode(), EXPRESSION, unsafe=unsafe, wants=wants)
    return () if one is None else (one,)


def _write(one: Mended) -> None:
    """Put a mended program in the place of the file; an expression is printed."""
    # As above.
    from rnninspect.fixing.text import write
    from rnninspect.sources.python.names import EXPRESSION

    if one.path == EXPRESSION:
        click.echo(one.after.decode())
    else:
        write(one.path, one.after)


def _show_patch(mended: tuple[Mended, ...]) -> None:
    # As above.
    from rnninspect.fixing.text import difference

    for one in mended:
        text = difference(one.before, one.after, one.path)
        click.echo(encodable(text, sys.stdout.encoding or "utf-8"), nl=False)


def _show(found: CheckResult, to: object, output_format: str, *, quiet: bool) -> None:
    # JSON does not pay for the import.
    from rich.console import Console

    from rnninspect.render.findings import closing_line, show_concise, show_full, verified_line
    from rnninspect.render.printer import Printer

    assert isinstance(to, Console)
    show = Printer(to)
    if output_format == "concise":
        show_concise(show, found)
    else:
        show_full(show, found)
    if not quiet:
        show.line(closing_line(found))
        if found.verification is not None:
            show.line(verified_line(found.verification))
    show.flush()


def _codes(text: str | None) -> tuple[str, ...]:
    # As above.
    from rnninspect.rules.shapes import RULES

    codes = tuple(one.strip() for one in (text or "").split(",") if one.strip())
    for code in codes:
        if not any(known.startswith(code) for known in RULES):
            raise BadRequest(f"there is no rule {code!r}", f"The rules are {', '.join(RULES)}.")
    return codes
