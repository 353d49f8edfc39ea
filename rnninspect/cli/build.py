"""``rnninspect build``: real Keras builds a model from its description and saves it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rnninspect.api import Inspection
from rnninspect.cli.options import HELP, everywhere, input_shape_option, settings, timeout_option
from rnninspect.cli.terminal import note, waiting
from rnninspect.errors import BadRequest, RnnInspectError
from rnninspect.opening import Source

if TYPE_CHECKING:
    from rnninspect.keras_runtime.protocol import BuildRecipe, Failed, LoadConfig
    from rnninspect.sources.keras_summary import KerasSummary

EPILOG = """
\b
Examples:
  rnninspect build -e 'Sequential([Input((20, 6)), SimpleRNN(16)])' -o model.keras
  rnninspect build train.py -o model.keras              a program; it is not run
  rnninspect build train.py --model decoder -o d.h5     one of several models
  rnninspect build architecture.json -o model.keras

\b
Exit status: 0 the model is saved, 1 Keras rejects it, 2 it cannot be read or written.
"""
_ENDINGS = (".keras", ".h5", ".hdf5")


@click.command(context_settings=HELP, epilog=EPILOG)
@click.argument("model", type=click.Path(allow_dash=True), required=False)
@click.option("-e", "expression", metavar="EXPR", help="Build this expression; it is not run.")
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    help="The file to save the model in: .keras or .h5.",
)
@click.option("--model", "only", metavar="NAME", help="Build this one of several models.")
@input_shape_option
@timeout_option
@everywhere
@click.pass_context
def build(
    context: click.Context,
    model: str | None,
    expression: str | None,
    output: str,
    only: str | None,
    input_shape: tuple[int | None, ...] | None,
    timeout: float,
    color: str | None,
    quiet: bool | None,
) -> int:
    """Build MODEL with real Keras from its description, with new weights, and save it.

    MODEL is a program, a notebook or a JSON config. Its code is not run: the model is built from
    what was read, in a child process, and only from built-in layers.
    """
    # The other commands do not pay for the import.
    from rnninspect.keras_runtime.protocol import Failed

    using = settings(context, color, quiet)
    if (model is None) is (expression is None):
        raise BadRequest("one of MODEL and -e EXPR is needed", "See rnninspect build --help.")
    if not output.endswith(_ENDINGS):
        raise BadRequest(f"{output}: unknown file extension", "Use .keras or .h5.")
    source: Source = model or ""
    if expression is not None:
        # Imported only for an expression.
        from rnninspect.reader.source import read_expression

        source = read_expression(expression)
    with Inspection(source, compare="none", only=only, input_shape=input_shape) as inspection:
        request, name = _request(inspection), inspection.models.models[0].name
        with waiting(using, "Building"):
            reply = _built(request, output, timeout)
    if isinstance(reply, Failed):
        click.echo(reply.message, err=True)
        return 1
    count = "unknown" if reply.params is None else f"{reply.params:,}"
    note(using, f"{output}: {name}, {count} params, {reply.engine}")
    return 0


def _request(inspection: Inspection) -> BuildRecipe | LoadConfig:
    """Return the request for Keras. Raises BadRequest for what it cannot or must not build."""
    # As above.
    from rnninspect.comparison.safety import unsafe_reasons
    from rnninspect.keras_runtime.protocol import BuildRecipe, LoadConfig
    from rnninspect.keras_runtime.rebuild import supports
    from rnninspect.sources.recipe import NotRebuildable

    models = inspection.models
    if len(models.models) > 1:
        names = ", ".join(repr(model.name) for model in models.models)
        raise BadRequest(f"{models.path} holds {len(models.models)} models", f"--model: {names}")
    if models.recipe is None:
        if not isinstance(models.for_keras, Mapping):
            raise BadRequest(
                f"{models.path}: a {models.format} file cannot be built again",
                "Give a program, a notebook, a JSON config or -e EXPR.",
            )
        if reasons := unsafe_reasons(models.config):
            raise BadRequest(f"{models.path}: {reasons[0]}", "Keras does not get such a config.")
        return LoadConfig(models.for_keras)
    try:
        recipe = models.recipe(models.models[0])
    except NotRebuildable as reason:
        raise BadRequest(
            f"{models.path}: not all of the model is known: {reason}",
            "See rnninspect summary for what is; --input-shape sets a missing input.",
        ) from None
    reasons = unsafe_reasons(recipe)
    if reasons or not supports(recipe):
        what = reasons[0] if reasons else "it has an operation that cannot be built again"
        raise BadRequest(f"{models.path}: {what}")
    return BuildRecipe(recipe)


def _built(
    request: BuildRecipe | LoadConfig, output: str, timeout_seconds: float
) -> KerasSummary | Failed:
    """Return Keras's reply; the file is written only if the model was saved completely."""
    # Imported only to build.
    import tempfile

    from rnninspect.keras_runtime.builder import (
        NOT_INSTALLED,
        Builder,
        KerasUnavailable,
        keras_is_installed,
    )
    from rnninspect.keras_runtime.protocol import Failed

    if not keras_is_installed():
        raise BadRequest(NOT_INSTALLED)
    target = Path(output)
    try:
        directory = tempfile.TemporaryDirectory(dir=target.parent, prefix=".rnninspect-")
    except OSError as error:
        reason = error.strerror or str(error)
        raise BadRequest(f"{output}: it cannot be written ({reason})") from None
    with directory, Builder(timeout_seconds) as builder:
        whole = Path(directory.name, f"model{target.suffix}")
        try:
            reply = builder.ask(request._replace(save_to=os.fspath(whole.absolute())))
        except KerasUnavailable as unavailable:
            raise RnnInspectError(unavailable.reason) from None
        if not isinstance(reply, Failed):
            try:
                whole.replace(target)
            except OSError as error:
                raise BadRequest(f"{output}: it cannot be written ({error.strerror})") from None
        return reply
