"""The lines of a text while they are rewritten, and the way back to the places of the text."""

from __future__ import annotations

from typing import NamedTuple

from rnninspect.reader.text.parsing import Position


class Command(NamedTuple):
    """A call in place of special syntax."""

    column: int
    """Where the call starts in its line, in bytes."""
    end: Position
    """Where that which it replaced ended in the original text."""


class Rewriting:
    """A text whose lines are rewritten one by one: what is kept stays in its line."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.real_lines = len(self.lines) - text.endswith("\n")
        """How many lines there are but for the empty one behind a line break at the end."""
        self.cut = [0] * len(self.lines)
        """How many bytes were taken from the start of each line."""
        self.commands: dict[int, Command] = {}
        """The calls that were put in place of special syntax, by their lines from 0."""
        self.loops: list[tuple[int, int]] = []
        """The first and last lines of what ``timeit`` runs many times, from 1."""

    @property
    def text(self) -> str:
        """The text as it is now."""
        return "\n".join(self.lines)

    def keep(self, number: int, line: str) -> None:
        """Keep the end of a line only."""
        self.splice(number, 0, len(self.lines[number]) - len(line))

    def splice(self, number: int, start: int, end: int) -> None:
        """Take the characters between two columns out of the start of a line."""
        line = self.lines[number]
        self.lines[number] = line[:start] + line[end:]
        if self.lines[number]:
            self.cut[number] += len(line[start:end].encode("utf-8", "surrogatepass"))

    def put(self, number: int, column: int, call: str, last: int) -> None:
        """Put a call in place of what stands from a column to the end of this or another line."""
        end = Position(last + 1, _bytes(self.lines[last]) + self.cut[last])
        self.commands[number] = Command(_bytes(self.lines[number][:column]), end)
        self.lines[number] = self.lines[number][:column] + call
        for following in range(number + 1, last + 1):
            self.lines[following] = ""

    def start_of(self, position: Position) -> Position:
        """Return where in the original text that stood which starts here now."""
        line, column = position
        command = self.commands.get(line - 1)
        if command is not None:
            column = min(column, command.column)
        return Position(line, max(0, column + self.cut[line - 1]))

    def end_of(self, position: Position) -> Position:
        """Return where in the original text that stood which ends here now."""
        line, column = position
        command = self.commands.get(line - 1)
        if command is not None and column > command.column:
            return command.end
        return Position(line, max(0, column + self.cut[line - 1]))


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
