"""The options that every command takes, before or after its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from rnninspect.cli.terminal import Settings

F = TypeVar("F", bound=Callable[..., Any])

HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def everywhere(command: F) -> F:
    """Add ``--color`` and ``--quiet``; `settings` tells what they come to."""
    command = click.option(
        "-q", "--quiet", is_flag=True, default=None, help="No notes and no progress."
    )(command)
    return click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default=None,
        help="Colour: for terminals only (auto, honours NO_COLOR), always, or never.",
    )(command)


def settings(context: click.Context, color: Any, quiet: bool | None) -> Settings:
    """What the command line says, the later place before the earlier."""
    before = context.find_object(Settings) or Settings()
    return Settings(
        before.color if color is None else color, before.quiet if quiet is None else quiet
    )
