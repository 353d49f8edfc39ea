"""A text of which not all parses: the statements that do, and what was left out."""

from __future__ import annotations

import ast
import builtins
import keyword
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from rnninspect.reader.text.parsing import Position, place

NOT_READ = "__not_read__"
"""The function that stands for a statement which could not be read. It is called with all that the
statement names, be it defined or not, and what the statement binds is bound to its result; a reader
has to take both for unknown."""

_PARTS = re.compile(
    r"(?P<text>(?:\"\"\".*?(?:\"\"\"|\Z)|'''.*?(?:'''|\Z)|\"(?:\\.|[^\"\\\n])*\"?|'(?:\\.|[^'\\\n])*'?))"
    r"|(?P<comment>#[^\n]*)|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<joined>\\\n)|(?P<end>\n)",
    re.S,
)
_CONTINUES = re.compile(r"(?:else|elif|except|finally)\b|#|\s*$")
_NAME = re.compile(r"(?<![\w.])[^\W\d]\w*")
_TARGETS = re.compile(
    r"^(?P<targets>[^\W\d][\w, ()\[\]*.]*?)\s*(?:[-+*/%&|^@]|//|\*\*|<<|>>)?=(?!=)"
)
_BINDERS = re.compile(
    r"\b(?:for|as|def|class|import|global|except[^\n:,]*,)\s+(?P<names>[^\W\d]\w*(?:\s*,\s*[^\W\d]\w*)*)"
)
_NO_OBJECTS = frozenset((*keyword.kwlist, *dir(builtins), "print", "exec", "xrange", "unicode"))


class Dropped(NamedTuple):
    """A statement that could not be read."""

    line: int
    """Where the parser stopped."""
    first: int
    last: int
    reason: str
    """What the parser says."""


def parse_statements(
    text: str, parse_one: Callable[[str], ast.Module]
) -> tuple[ast.Module, tuple[Dropped, ...]]:
    """Return the tree of all statements of a text that parse, and what was left out of it."""
    lines = text.split("\n")
    body: list[ast.stmt] = []
    dropped = []
    for first, last in top_level_statements(text):
        statement = "\n".join(lines[first - 1 : last])
        try:
            tree = parse_one(statement)
        except SyntaxError as error:
            line = min(first - 1 + max(error.lineno or 1, 1), last)
            dropped.append(Dropped(line, first, last, error.msg))
            body.append(not_read(statement, first, last))
        else:
            body += ast.increment_lineno(tree, first - 1).body
    return ast.Module(body, []), tuple(dropped)


def top_level_statements(text: str) -> Iterator[tuple[int, int]]:
    """Yield the first and last line of each statement that starts a line, counted from 1.

    A bracket or text that is never closed has all that follows.
    """
    lines = text.split("\n")
    starts = []
    is_decorated = False
    for number in free_lines(text):
        line = lines[number - 1]
        if line[:1] in (" ", "\t") or _CONTINUES.match(line):
            continue
        if not is_decorated:
            starts.append(number)
        is_decorated = line.startswith("@")
    for number, start in enumerate(starts):
        yield start, starts[number + 1] - 1 if number + 1 < len(starts) else len(lines)


def free_lines(text: str) -> Iterator[int]:
    """Yield the lines that start neither inside brackets nor in a text, nor after a backslash."""
    line, depth = 1, 0
    yield 1
    for part in _PARTS.finditer(text):
        if part["open"]:
            depth += 1
        elif part["close"]:
            depth = max(0, depth - 1)
        elif part["end"]:
            line += 1
            if depth == 0:
                yield line
        else:
            line += part[0].count("\n")


def not_read(statement: str, first: int, last: int) -> ast.stmt:
    """Return the statement that stands for one between two lines that could not be read."""
    plain = _PARTS.sub(lambda part: " " if part["text"] or part["comment"] else part[0], statement)
    bound = sorted(_bound_in(plain))
    named = sorted({name for name in _NAME.findall(plain) if name not in _NO_OBJECTS})
    call = ast.Call(
        ast.Name(NOT_READ, ast.Load()), [ast.Name(name, ast.Load()) for name in named], []
    )
    found: ast.stmt = ast.Expr(call)
    if bound:
        targets: list[ast.expr] = [ast.Name(name, ast.Store()) for name in bound]
        found = ast.Assign([ast.Tuple(targets, ast.Store())], call)
    start, end = Position(first, 0), Position(last, len(statement.split("\n")[-1].encode()))
    for node in ast.walk(found):
        if "lineno" in node._attributes:
            place(node, start, end)
    return found


def _bound_in(plain: str) -> set[str]:
    """Return the names that a text binds, as far as its words say."""
    found = {name for part in _BINDERS.finditer(plain) for name in _NAME.findall(part["names"])}
    for line in re.split(r"[\n;]", plain):
        if targets := _TARGETS.match(line.strip()):
            # Of `a.b, c[i] = …` only names that nothing follows are bound.
            plainly = re.sub(r"(?<=[\w\])])\[[^\[\]]*\]", ".", targets["targets"])
            words = re.finditer(r"(?<![\w.])([^\W\d]\w*)(?![\w.\[(])", plainly)
            found |= {word[1] for word in words}
    return found - set(keyword.kwlist)
