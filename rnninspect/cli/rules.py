"""``rnninspect rules``: what the rules are, and which of their findings can be mended."""

from __future__ import annotations

import json

import click

from rnninspect.cli.options import HELP, everywhere, settings
from rnninspect.cli.terminal import console

EPILOG = """
\b
Examples:
  rnninspect rules
  rnninspect rules --format json
"""


@click.command(context_settings=HELP, epilog=EPILOG)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How the rules are written.",
)
@everywhere
@click.pass_context
def rules(context: click.Context, output_format: str, color: str | None, quiet: bool | None) -> int:
    """List the rules of check-stack: code, name, severity, what can be mended, what it means."""
    # The other commands do not pay for the import.
    from rnninspect.render.printer import Printer
    from rnninspect.rules.described import described

    using = settings(context, color, quiet)
    found = described()
    if output_format == "json":
        click.echo(json.dumps([one.to_dict() for one in found], indent=2))
        return 0
    show = Printer(console(using), using.language)
    width = max(len(one.name) for one in found)
    for one in found:
        head = f"{one.code}  {one.name:<{width}}  {one.severity:<7}  {one.fix:<6}"
        show.line(f"{head}  {show.said(one.summary)}")
    show.flush()
    return 0
