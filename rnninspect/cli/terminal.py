"""The two streams as consoles: results on standard output, notes and progress on standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import click

from rnninspect.language import ENGLISH
from rnninspect.render.letters import encodable, printable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.status import Status

UNBOUNDED_COLUMNS = 100_000
"""The width in a pipe or a file: each row is one line."""

Color = Literal["auto", "always", "never"]


class Settings(NamedTuple):
    """The settings that every command has."""

    color: Color = "auto"
    quiet: bool = False
    language: str = ENGLISH


def console(settings: Settings, *, stderr: bool = False) -> Console:
    """Return a console that follows ``--color``, NO_COLOR and pipes."""
    # Imported only when something is shown.
    from rich.console import Console

    looks: dict[str, Any] = {}
    if settings.color == "always":
        system = "truecolor" if os.environ.get("COLORTERM") in ("truecolor", "24bit") else "256"
        looks = {"color_system": system, "no_color": False}
    elif settings.color == "never":
        looks = {"color_system": None}
    output = Console(stderr=stderr, markup=False, highlight=False, emoji=False, **looks)
    if not output.is_terminal and "COLUMNS" not in os.environ:
        output.width = UNBOUNDED_COLUMNS
    return output


def note(settings: Settings, text: str) -> None:
    """Print a line on standard error that is neither a result nor an error."""
    if not settings.quiet:
        encoding = sys.stderr.encoding or "utf-8"
        click.echo(encodable(printable(f"note: {text}"), encoding), err=True)


@contextmanager
def waiting(
    settings: Settings, what: str, *, after_seconds: float = 0.0
) -> Iterator[Callable[[str], None]]:
    """Show a spinner on a terminal's standard error during something that takes time.

    Yields a function that changes the text beside it.
    """
    if settings.quiet or not sys.stderr.isatty():
        yield lambda text: None
        return
    started: list[Status] = []
    words = [what]

    def say(text: str) -> None:
        words[0] = text
        for status in started:
            status.update(encodable(printable(text), sys.stderr.encoding or "utf-8"))

    def start() -> None:
        err = console(settings, stderr=True)
        started.append(err.status(encodable(printable(words[0]), err.encoding)))
        started[0].start()

    timer = Timer(after_seconds, start)
    timer.start()
    try:
        yield say
    finally:
        timer.cancel()
        timer.join()
        for status in started:
            status.stop()
