"""What check-stack prints, in each of its formats."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

import click

from rnninspect.cli.check_options import Wishes
from rnninspect.cli.terminal import UNBOUNDED_COLUMNS, Settings, console
from rnninspect.render.letters import encodable

if TYPE_CHECKING:
    from rnninspect.linting.result import CheckResult


def report(result: CheckResult, wishes: Wishes, using: Settings, *, err: bool = False) -> None:
    """Print the result, or put it into the file that was asked for. Raises CannotWrite."""
    if wishes.output_format in ("full", "concise"):
        _as_text(result, wishes, using, err=err)
        return
    text = machine_text(result, wishes.output_format)
    if wishes.output_file is not None:
        _write(wishes.output_file, f"{text}\n" if text else "")
    elif text:
        stream = sys.stderr if err else sys.stdout
        click.echo(encodable(text, stream.encoding or "utf-8"), err=err)


def machine_text(result: CheckResult, output_format: str) -> str:
    """The result in a format that programs read."""
    if output_format == "json":
        return json.dumps(result.to_dict(), indent=2, ensure_ascii=False)
    # Each format is loaded only where it is asked for.
    if output_format == "sarif":
        from rnninspect.render.sarif import as_sarif

        return as_sarif(result)
    from rnninspect.render.ci import as_github, as_gitlab, as_junit

    formats = {"github": as_github, "gitlab": as_gitlab, "junit": as_junit}
    return formats[output_format](result)


def _as_text(result: CheckResult, wishes: Wishes, using: Settings, *, err: bool) -> None:
    # JSON does not pay for the imports.
    from rich.console import Console

    from rnninspect.render.findings import (
        closing_line,
        show_concise,
        show_full,
        show_statistics,
        verified_line,
    )
    from rnninspect.render.printer import Printer

    kept = io.StringIO()
    to_file = wishes.output_file is not None
    where = console(using, stderr=err)
    if to_file:
        where = Console(file=kept, width=UNBOUNDED_COLUMNS, color_system=None, markup=False)
    show = Printer(where, using.language)
    if wishes.output_format == "concise":
        show_concise(show, result)
    else:
        show_full(show, result)
    if wishes.statistics:
        show_statistics(show, result)
    if not using.quiet:
        show.line(closing_line(result))
        if result.verification is not None:
            show.line(verified_line(result.verification))
    show.flush()
    if wishes.output_file is not None:
        _write(wishes.output_file, kept.getvalue())


def _write(path: str, text: str) -> None:
    # Only this pays for the import.
    from rnninspect.fixing.text import write

    write(path, text.encode("utf-8", "surrogateescape"))
