"""``rnninspect rules``: the rules, their severities, and which of their findings can be fixed."""

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


@click.command("rules", context_settings=HELP, epilog=EPILOG)
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
    """List the rules of check-stack: code, name, severity, kind of fix, meaning."""
    # The other commands do not pay for the import.
    from rnninspect.render.printer import Printer
    from rnninspect.rules.registry import rules as all_rules

    using = settings(context, color, quiet)
    if output_format == "json":
        click.echo(json.dumps([rule.to_dict() for rule in all_rules()], indent=2))
        return 0
    show = Printer(console(using), using.language)
    width = max(len(rule.name) for rule in all_rules())
    for rule in all_rules():
        head = f"{rule.code}  {rule.name:<{width}}  {rule.severity:<7}  {rule.fix:<6}"
        show.line(f"{head}  {show.said(rule.summary)}")
    show.flush()
    return 0
