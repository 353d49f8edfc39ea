"""What check-stack prints, in the requested format."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import click

from rnninspect.cli.check_options import CheckOptions
from rnninspect.cli.terminal import UNBOUNDED_COLUMNS, Settings, console
from rnninspect.render.formats import FORMATS, Format
from rnninspect.render.letters import encodable

if TYPE_CHECKING:
    from rnninspect.linting.result import CheckResult


def report(
    result: CheckResult, options: CheckOptions, using: Settings, *, err: bool = False
) -> None:
    """Print the result, or write it into the requested file. Raises CannotWrite."""
    output_format = FORMATS[options.output_format]
    if output_format.is_for_people:
        _print_for_people(result, output_format, options, using, err=err)
        return
    text = output_format.render(result)
    if options.output_file is not None:
        _write(options.output_file, f"{text}\n" if text else "")
    elif text:
        stream = sys.stderr if err else sys.stdout
        click.echo(encodable(text, stream.encoding or "utf-8"), err=err)


def _print_for_people(
    result: CheckResult,
    output_format: Format,
    options: CheckOptions,
    using: Settings,
    *,
    err: bool,
) -> None:
    # JSON does not pay for the imports.
    from rich.console import Console

    from rnninspect.render.findings import (
        closing_line,
        show_statistics,
        show_unknown,
        verified_line,
    )
    from rnninspect.render.printer import Printer

    kept = io.StringIO()
    where = console(using, stderr=err)
    if options.output_file is not None:
        where = Console(file=kept, width=UNBOUNDED_COLUMNS, color_system=None, markup=False)
    show = Printer(where, using.language)
    output_format.render(show, result)
    if options.show_unknown:
        show_unknown(show, result)
    if options.statistics:
        show_statistics(show, result)
    if not using.quiet:
        show.line(closing_line(result))
        if result.verification is not None:
            show.line(verified_line(result.verification))
    show.flush()
    if options.output_file is not None:
        _write(options.output_file, kept.getvalue())


def _write(path: str, text: str) -> None:
    # Only this pays for the import.
    from rnninspect.fixing.text import write

    write(path, text.encode("utf-8", "surrogateescape"))
