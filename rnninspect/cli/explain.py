"""``rnninspect explain``: the lesson behind a number or a complaint."""

from __future__ import annotations

import click

from rnninspect.cli.options import HELP, everywhere, settings
from rnninspect.cli.terminal import console

EPILOG = """
\b
Examples:
  rnninspect explain RNN101
  rnninspect explain RNN101 --format html > rnn101.html
"""


@click.command(context_settings=HELP, epilog=EPILOG)
@click.argument("topics", nargs=-1, metavar="TOPIC...")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "markdown", "html"]),
    default="text",
    show_default=True,
    help="How the page is written.",
)
@everywhere
@click.pass_context
def explain(
    context: click.Context,
    topics: tuple[str, ...],
    output_format: str,
    color: str | None,
    quiet: bool | None,
) -> int:
    """Explain a rule: why it is bad, an example, what to write instead."""
    # The other commands do not pay for the imports.
    from rnninspect.lessons.topics import page_of
    from rnninspect.render.page import html_page, show_page
    from rnninspect.render.printer import Printer

    text = page_of(topics)
    if output_format == "text":
        show_page(Printer(console(settings(context, color, quiet))), text)
    else:
        click.echo(html_page(text) if output_format == "html" else text, nl=False)
    return 0
