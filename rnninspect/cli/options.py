"""The options that every command takes, before or after its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from rnninspect.cli.terminal import Settings
from rnninspect.language import chosen
from rnninspect.sources.limits import DEFAULT_TIMEOUT_SECONDS

F = TypeVar("F", bound=Callable[..., Any])


def sizes(
    context: click.Context, parameter: click.Parameter, value: str | None
) -> tuple[int | None, ...] | None:
    """Parse the sizes of axes from ``20,6``; ``None`` or ``?`` is a dynamic one.

    Raises click.BadParameter.
    """
    if value is None:
        return None
    parsed: list[int | None] = []
    for word in value.strip("()[] ").rstrip(",").split(","):
        word = word.strip()
        if word in ("None", "?"):
            parsed.append(None)
        elif word.isdecimal() and 0 < int(word) < 2**31:
            parsed.append(int(word))
        else:
            raise click.BadParameter(f"{word!r} is not a valid size; an example is 20,6")
    return tuple(parsed)


HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def _remember_language(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    if value is not None:
        context.meta["rnninspect.language"] = value


def everywhere(command: F) -> F:
    """Add ``--lang``, ``--color`` and ``--quiet``; `settings` returns their values."""
    command = click.option(
        "--lang",
        metavar="LANG",
        expose_value=False,
        callback=_remember_language,
        help="The language of findings and lessons: en or ko.  [default: the locale's]",
    )(command)
    command = click.option(
        "-q", "--quiet", is_flag=True, default=None, help="Show neither notes nor progress."
    )(command)
    return click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default=None,
        help="Colour: for terminals only (auto, honours NO_COLOR), always, or never.",
    )(command)


def settings(context: click.Context, color: Any, quiet: bool | None) -> Settings:
    """Return the settings of the command line; an option after the command's name wins."""
    before = context.find_object(Settings) or Settings()
    return Settings(
        before.color if color is None else color,
        before.quiet if quiet is None else quiet,
        chosen(context.meta.get("rnninspect.language")),
    )


input_shape_option = click.option(
    "--input-shape",
    callback=sizes,
    metavar="SIZES",
    help="The input shape of a model that was never built, without the batch: 20,6 or None,6.",
)
timeout_option = click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=DEFAULT_TIMEOUT_SECONDS,
    show_default=True,
    metavar="SECONDS",
    help="The time limit for Keras, or for your own code.",
)
