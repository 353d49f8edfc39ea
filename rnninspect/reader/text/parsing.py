"""Text becomes a syntax tree, as CPython parses it and without a look at any file."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable
from typing import Any, NamedTuple

_NO_FILE = ""
"""The filename for the parser. CPython opens the file of this name to quote the line of a syntax
error, so it must be a name that no file has."""


class NestedTooDeeply(SyntaxError):
    """The text may be Python, but the parser's stack does not hold it."""


class Position(NamedTuple):
    """A place in a text: the line counts from 1, the column from 0 and in bytes, as in ``ast``."""

    line: int
    column: int


def parse(text: str) -> ast.Module:
    """Return the syntax tree of a text.

    Raises SyntaxError for whatever is not a program of the running Python's version, be it null
    bytes, lone surrogates or too many brackets.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # invalid escapes and the like are not what is asked
            return ast.parse(text, filename=_NO_FILE)
    except (RecursionError, MemoryError):
        raise NestedTooDeeply("the program is nested too deeply") from None
    except UnicodeEncodeError:
        raise SyntaxError("the text has half a surrogate pair") from None
    except ValueError as error:  # null bytes, until Python 3.11.3
        raise SyntaxError(str(error)) from None


def move(
    tree: ast.AST, start: Callable[[Position], Position], end: Callable[[Position], Position]
) -> None:
    """Give every node of a tree the places that its two ends have in another text."""
    for node in ast.walk(tree):
        if "lineno" in node._attributes:
            first, last = place_of(node)
            place(node, start(first), end(last))


def place_of(node: Any) -> tuple[Position, Position]:
    """Return where a node starts and where it ends."""
    return (
        Position(node.lineno, node.col_offset),
        Position(node.end_lineno, node.end_col_offset),
    )


def place(node: Any, start: Position, end: Position) -> None:
    """Put a node at a place; one that would end before it starts is put at its start."""
    node.lineno, node.col_offset = start
    node.end_lineno, node.end_col_offset = max(start, end)
