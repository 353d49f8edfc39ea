"""``rnninspect explain``: the lesson behind a number or a complaint."""

from __future__ import annotations

import sys

import click

from rnninspect.cli.options import HELP, everywhere, settings
from rnninspect.cli.terminal import console
from rnninspect.render.letters import encodable

EPILOG = """
\b
Examples:
  rnninspect explain                                  everything that can be explained
  rnninspect explain LSTM --units 64 --features 10
  rnninspect explain SimpleRNN LSTM GRU               side by side
  rnninspect explain model.keras lstm_1               a layer of your model
  rnninspect explain return-sequences
  rnninspect explain RNN101
  rnninspect explain LSTM --lang ko
  rnninspect explain gates --format html > gates.html
"""


NUMBER = click.IntRange(1, 2**31)


@click.command(context_settings=HELP, epilog=EPILOG)
@click.argument("topics", nargs=-1, metavar="[TOPIC...]")
@click.option("--units", type=NUMBER, metavar="N", help="How many units the layer has.")
@click.option("--features", type=NUMBER, metavar="N", help="How many features each timestep has.")
@click.option("--timesteps", type=NUMBER, metavar="N", help="How many timesteps there are.")
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
    units: int | None,
    features: int | None,
    timesteps: int | None,
    output_format: str,
    color: str | None,
    quiet: bool | None,
) -> int:
    """Explain a layer, an idea or a rule, with your numbers.

    TOPIC is a layer (LSTM), an idea (return-sequences) or a rule (RNN101); several layers are put
    side by side; a model and the name of one of its layers explain that layer. Without a TOPIC,
    everything is listed.
    """
    # The other commands do not pay for the imports.
    from rnninspect.lessons.topics import bound_page, page_of
    from rnninspect.render.page import html_page, show_page
    from rnninspect.render.printer import Printer

    using = settings(context, color, quiet)
    language = using.language
    if len(topics) == 2 and _is_model(topics[0]):
        text = bound_page(topics[0], topics[1], language)
    else:
        options = {"units": units, "features": features, "timesteps": timesteps}
        numbers = {name: value for name, value in options.items() if value is not None}
        text = page_of(topics, numbers, language=language)
    if output_format == "text":
        show_page(Printer(console(using)), text)
    else:
        page = html_page(text, language) if output_format == "html" else text
        click.echo(encodable(page, sys.stdout.encoding or "utf-8"), nl=False)
    return 0


def _is_model(word: str) -> bool:
    # Only two words pay for the import.
    from pathlib import Path

    return Path(word).exists() or "." in word or "/" in word or ":" in word
