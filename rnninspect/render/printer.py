"""Printer: texts from files on a console, letter by letter, and tables that fit its width."""

from __future__ import annotations

import sys
from collections.abc import Callable

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from rnninspect.language import ENGLISH, in_words
from rnninspect.render.letters import encodable, printable

PAGE_COLUMNS = 100
"""The maximum width of running text, also in a pipe."""


class Printer:
    """Prints without markup, and escapes what would control the terminal."""

    def __init__(self, console: Console, language: str = ENGLISH) -> None:
        self.console = console
        self.language = language
        self.encoding = getattr(console.file, "encoding", None) or "utf-8"

    def said(self, text: str) -> str:
        """Translate a sentence into the user's language."""
        return in_words(text, self.language)

    def text(self, text: str, style: str = "") -> Text:
        """Return a text that is shown letter by letter, without markup."""
        return Text(encodable(printable(text), self.encoding), style)

    def line(self, text: str = "", style: str = "", *, whole: bool = False) -> None:
        """Print one line; it is wrapped at the console's width unless it must stay ``whole``."""
        self.console.print(self.text(text, style), soft_wrap=whole)

    def flush(self) -> None:
        """Show now what has been printed."""
        self.console.file.flush()

    def table(self, *candidates: Callable[[], Table]) -> None:
        """Print the first table that fits the console's width, else the last.

        In a pipe the rows have no trailing spaces, so that they can be pasted anywhere.
        """
        for make in candidates:
            table = make()
            if self._width_of(table) <= self.console.width:
                break
        if self.console.is_terminal:
            self.console.print(table)
            return
        with self.console.capture() as capture:
            self.console.print(table)
        for line in capture.get().splitlines():
            self.console.file.write(line.rstrip() + "\n")

    def _width_of(self, table: Table) -> int:
        options = self.console.options.update_width(sys.maxsize)
        return Measurement.get(self.console, options, table).maximum


def plain_table(*columns: str, numbers: tuple[str, ...] = ()) -> Table:
    """Return an empty table in our style; the columns named in ``numbers`` are right-aligned."""
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=True)
    for column in columns:
        justify = "right" if column in numbers else "left"
        table.add_column(column, justify=justify, overflow="fold")  # type: ignore[arg-type]
    return table
