"""``rnninspect summary``: the table of a model, its totals, and the results of the witnesses."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from rnninspect.api import Compare, Inspection
from rnninspect.cli.options import HELP, everywhere, input_shape_option, settings, timeout_option
from rnninspect.cli.terminal import Settings, console, note, waiting
from rnninspect.comparison.compare import Against, Status
from rnninspect.errors import BadRequest
from rnninspect.opening import Source, is_attribute
from rnninspect.render.letters import encodable

if TYPE_CHECKING:
    from rnninspect.render.printer import Printer

EPILOG = """
\b
Examples:
  rnninspect summary model.keras
  rnninspect summary model.keras --gates               each gate's share
  rnninspect summary model.h5 --compare none           without Keras
  rnninspect summary config.json --format markdown     for a pull request
  cat config.json | rnninspect summary - --format json
  rnninspect summary train.py                          a program; it is not run
  rnninspect summary -e 'Sequential([Input((20, 6)), SimpleRNN(16)])'
  rnninspect summary mypackage.models:build_model      runs your code, in a child process

\b
Exit status: 0 all agree or nothing was compared, 1 a witness disagrees, 2 MODEL cannot be read.
"""


@click.command(context_settings=HELP, epilog=EPILOG)
@click.argument("model", type=click.Path(allow_dash=True), required=False)
@click.option("-e", "expression", metavar="EXPR", help="Show this expression; it is not run.")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "json", "markdown"]),
    default="table",
    show_default=True,
    help="The format of the result.",
)
@click.option(
    "--compare",
    type=click.Choice(["all", "stored", "keras", "none"]),
    default="all",
    show_default=True,
    help="Compare with the shapes of the stored weights, with Keras's own model.summary(), "
    "with both, or with nothing.",
)
@click.option(
    "--trust",
    is_flag=True,
    help="Let Keras load the file even if it names Lambda code or objects outside Keras.",
)
@click.option("--gates", is_flag=True, help="Split the count of recurrent layers by gate.")
@click.option(
    "--expand/--no-expand", default=True, show_default=True, help="Show the rows of nested models."
)
@click.option("--model", "only", metavar="NAME", help="Show this model only.")
@click.option("--batch", type=click.IntRange(min=1), metavar="N", help="Show shapes for N samples.")
@input_shape_option
@timeout_option
@everywhere
@click.pass_context
def summary(
    context: click.Context,
    model: str | None,
    expression: str | None,
    output_format: str,
    compare: Compare,
    trust: bool,
    gates: bool,
    expand: bool,
    only: str | None,
    batch: int | None,
    input_shape: tuple[int | None, ...] | None,
    timeout: float,
    color: str | None,
    quiet: bool | None,
) -> int:
    """Show each layer of MODEL with its output shape, its parameters and their formula.

    MODEL is a .keras, .h5, .json or .yaml file that any version of Keras wrote, a SavedModel or
    TensorFlow.js directory, a file of weights, a program (.py) or notebook (.ipynb), `-` for a JSON
    config on standard input, or `package.module:attribute`, which names a model or a function that
    returns one. Only the last form runs your code; programs are read and never run.
    """
    using = settings(context, color, quiet)
    if (model is None) is (expression is None):
        raise BadRequest("one of MODEL and -e EXPR is needed", "See rnninspect summary --help.")
    source: Source = model or ""
    if model is None:
        # Imported only for an expression.
        from rnninspect.reader.source import read_expression

        source, model = read_expression(expression or ""), "the expression"
    live = source == model and model != "-" and is_attribute(model)
    if live:
        note(using, f"{model} runs your code, in a child process")
    with Inspection(
        source,
        compare=compare,
        trust=trust,
        timeout_seconds=timeout,
        batch=batch,
        only=only,
        input_shape=input_shape,
    ) as inspection:
        what, after_seconds = (f"Running {model}", 0.0) if live else (f"Reading {model}", 0.7)
        with waiting(using, what, after_seconds=after_seconds):
            report = inspection.report
        for line in report.notes:
            note(using, line)
        if output_format == "table":
            return _show_table(inspection, using, expand=expand, gates=gates)
        with waiting(using, "Waiting for Keras"):
            report = inspection.finish()
    encoding = sys.stdout.encoding or "utf-8"
    # Each format is imported only when it is used.
    if output_format == "json":
        from rnninspect.render.json import to_json

        click.echo(to_json(report, encoding))
    else:
        from rnninspect.render.markdown import to_markdown

        click.echo(encodable(to_markdown(report, expand=expand, gates=gates), encoding))
    return 1 if report.disagrees or report.has_findings else 0


def _show_table(inspection: Inspection, using: Settings, *, expand: bool, gates: bool) -> int:
    """Print our own numbers, then the result of each witness when it is ready."""
    # As above.
    from rnninspect.render.printer import Printer
    from rnninspect.render.table import show_model

    show = Printer(console(using), using.language)
    for model in inspection.report.models:
        show_model(show, model, expand=expand, gates=gates)
        if model.diagnostics:
            # Imported only for findings.
            from rnninspect.render.findings import show_diagnostic

            show.line()
            for diagnostic in model.diagnostics:
                show_diagnostic(show, diagnostic)
        if model.comparisons:
            # Imported only for comparisons.
            from rnninspect.render.verdicts import show_comparison

            show.line()
            for comparison in model.comparisons:
                show_comparison(show, comparison)
    show.flush()
    disagrees = bool(inspection.witnesses) and _show_comparisons(inspection, using, show)
    report = inspection.report
    return 1 if disagrees or report.has_findings or report.disagrees else 0


def _show_comparisons(inspection: Inspection, using: Settings, show: Printer) -> bool:
    """Print the result of each witness when it is ready; return whether any disagrees."""
    # Imported only for comparisons.
    from rnninspect.render.verdicts import show_comparison

    disagrees = False
    show.line()
    show.flush()
    for witness in inspection.witnesses:
        with waiting(using, "Waiting for Keras") if witness is Against.KERAS else nullcontext():
            comparison = inspection.ask(witness)
        show_comparison(show, comparison)
        show.flush()
        disagrees = disagrees or comparison.status is Status.DISAGREE
    return disagrees
