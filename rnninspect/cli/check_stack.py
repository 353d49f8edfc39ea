"""``rnninspect check-stack``: what Keras would refuse, before anything runs."""

from __future__ import annotations

import gc
import json
import sys
from typing import TYPE_CHECKING

import click

from rnninspect.cli.options import HELP, everywhere, settings
from rnninspect.cli.program import complain
from rnninspect.cli.terminal import console, waiting
from rnninspect.errors import BadRequest
from rnninspect.render.text import encodable

if TYPE_CHECKING:
    from rnninspect.linting import CheckResult

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
    from rnninspect.linting import check, check_expression

    gc.enable()  # values refer to each other in circles: many files would fill the memory
    using = settings(context, color, quiet)
    if expression is not None and paths:
        raise BadRequest("PATHS and -e cannot be given together", "Check one, then the other.")
    wanted, unwanted = _codes(select), _codes(ignore)
    with waiting(using, "Checking", after_seconds=0.7):
        found = check(paths or (".",)) if expression is None else check_expression(expression)
    found = found._replace(
        diagnostics=tuple(
            one
            for one in found.diagnostics
            if (not wanted or one.code.startswith(wanted)) and not one.code.startswith(unwanted)
        )
    )
    if output_format == "json":
        text = json.dumps(found.to_dict(), indent=2, ensure_ascii=False)
        click.echo(encodable(text, sys.stdout.encoding or "utf-8"))
    else:
        _show(found, console(using), output_format, quiet=using.quiet)
    status = 1 if found.diagnostics else 0
    for file in found.files:
        if file.status == "unreadable":
            status = complain(file.reason or file.path, file.hint, 2)
    return 0 if exit_zero else status


def _show(found: CheckResult, to: object, output_format: str, *, quiet: bool) -> None:
    # JSON does not pay for the import.
    from rich.console import Console

    from rnninspect.render.findings import closing_line, show_concise, show_full
    from rnninspect.render.printer import Printer

    assert isinstance(to, Console)
    show = Printer(to)
    if output_format == "concise":
        show_concise(show, found)
    else:
        show_full(show, found)
    if not quiet:
        show.line(closing_line(found))
    show.flush()


def _codes(text: str | None) -> tuple[str, ...]:
    # As above.
    from rnninspect.rules.shapes import RULES

    codes = tuple(one.strip() for one in (text or "").split(",") if one.strip())
    for code in codes:
        if not any(known.startswith(code) for known in RULES):
            raise BadRequest(f"there is no rule {code!r}", f"The rules are {', '.join(RULES)}.")
    return codes
