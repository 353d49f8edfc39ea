"""The ``rnninspect`` program: its commands and their common options."""

from __future__ import annotations

import click

from rnninspect.cli.options import HELP, everywhere, settings
from rnninspect.cli.program import Program
from rnninspect.version import __version__

EPILOG = """
\b
Examples:
  rnninspect summary model.keras
  rnninspect summary model.keras --compare none --format json
  rnninspect summary mypackage.models:build_model
  rnninspect check-stack train.py
  rnninspect explain RNN101
  rnninspect build -e 'Sequential([Input((20, 6)), SimpleRNN(16)])' -o model.keras

\b
Exit status: 0 nothing wrong, 1 something was found, 2 the request could not be carried out.
Completion: eval "$(_RNNINSPECT_COMPLETE=bash_source rnninspect)"   (or zsh_source, fish_source)
"""


@click.group(
    "rnninspect", cls=Program, context_settings=HELP, epilog=EPILOG, invoke_without_command=True
)
@everywhere
@click.version_option(__version__, message="rnninspect %(version)s")
@click.pass_context
def main(context: click.Context, color: str | None, quiet: bool | None) -> None:
    """Know your Keras recurrent model before you run it.

    Computes every shape and every parameter count, shows the arithmetic, and compares it with
    Keras. Reading a file never runs code in it.
    """
    context.obj = settings(context, color, quiet)
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


main.modules = {
    "summary": "rnninspect.cli.summary:summary",
    "check-stack": "rnninspect.cli.check_stack:check_stack",
    "explain": "rnninspect.cli.explain:explain",
    "build": "rnninspect.cli.build:build",
    "rules": "rnninspect.cli.rules:rules",
}
