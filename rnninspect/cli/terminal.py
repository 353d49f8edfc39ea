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
"""The width of what goes into a pipe or a file: each row stays on one line."""

Color = Literal["auto", "always", "never"]


class Settings(NamedTuple):
    """What holds for every command."""

    color: Color = "auto"
    quiet: bool = False
    language: str = ENGLISH


def console(settings: Settings, *, stderr: bool = False) -> Console:
    """A console that honours ``--color``, NO_COLOR and pipes."""
    # What ends before anything is shown does not pay for the import.
    from rich.console import Console

    looks: dict[str, Any] = {}
    if settings.color == "always":
        system = "truecolor" if os.environ.get("COLORTERM") in ("truecolor", "24bit") else "256"
        looks = {"color_system": system, "no_color": False}
    elif settings.color == "never":
        looks = {"color_system": None}
    made = Console(stderr=stderr, markup=False, highlight=False, emoji=False, **looks)
    if not made.is_terminal and "COLUMNS" not in os.environ:
        made.width = UNBOUNDED_COLUMNS
    return made


def note(settings: Settings, text: str) -> None:
    """A line on standard error that is neither a result nor an error."""
    if not settings.quiet:
        encoding = sys.stderr.encoding or "utf-8"
        click.echo(encodable(printable(f"note: {text}"), encoding), err=True)


@contextmanager
def waiting(
    settings: Settings, what: str, *, after_seconds: float = 0.0
) -> Iterator[Callable[[str], None]]:
    """A spinner on standard error while something takes its time; only for people.

    What is yielded changes the words beside it.
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
