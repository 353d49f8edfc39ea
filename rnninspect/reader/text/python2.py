"""Programs for Python 2 become syntax trees of Python 3, with the places of their own text.

The conversion is that of 2to3, by fissix, which keeps lib2to3 alive; it is the extra ``python2``.
Tokens that it keeps know where they stood. What it puts in has the place of what it took out.
"""

from __future__ import annotations

import ast
import bisect
import importlib.util
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from rnninspect.reader.text.parsing import Position, move, parse
from rnninspect.reader.text.rewriting import Rewriting
from rnninspect.reader.text.statements import free_lines

if TYPE_CHECKING:
    from fissix.pytree import Leaf
    from fissix.refactor import RefactoringTool

MAX_CHARACTERS = 150_000
"""Above this, the conversion takes seconds."""

HINT = "Programs for Python 2 are read with the extra python2: pip install 'rnninspect[python2]'."

_FIXERS = (
    "apply basestring dict except exec execfile filter funcattrs getcwdu has_key input intern"
    " itertools long map metaclass methodattrs ne next nonzero numliterals paren print raise"
    " raw_input reduce repr standarderror sys_exc throw tuple_params types unicode xrange zip"
).split()
"""The fixers of 2to3 that change what a program means, except those for renamed modules: one of
them looks for files, and the reader knows the names of both."""

_SIGNS = re.compile(
    r"(?:^|[:;])[ \t]*(?:print[ \t]*(?:$|[^\s(=.,:\[)\]]|>>|\[)|print[ \t]+[-(]"
    r"|exec[ \t]+[^\s(=.,:]|raise[ \t]+[\w.]+[ \t]*,"
    r"|except[ \t]+[\w.(), \t]+,[ \t]*\w+[ \t]*:|def[ \t]+\w+[ \t]*\([^)]*\()"
    r"|\blambda\b[^:\n]*\("
    r"|<>|`|(?<![\w.])0\d+\b|\b\d+[lL]\b|(?<!\w)[uU][rR]['\"]",
    re.M,
)
_PRINT_FUNCTION = re.compile(r"^\s*from\s+__future__\s+import\s[^\n]*\bprint_function\b", re.M)
_DIVISION = re.compile(r"^\s*from\s+__future__\s+import\s[^\n]*\bdivision\b", re.M)


class ClassicDiv(ast.Div):
    """The ``/`` of Python 2: of two integers it is ``//``."""


ClassicDiv.__name__ = "Div"  # `ast.unparse` looks operators up by the names of their classes


def is_installed() -> bool:
    """Whether programs for Python 2 can be converted here."""
    return importlib.util.find_spec("fissix") is not None


def looks_like_python2(text: str, error: SyntaxError) -> bool:
    """Whether a text that Python 3 refuses has something that only Python 2 accepts."""
    return isinstance(error, TabError) or bool(_SIGNS.search(text))


def has_true_division(text: str) -> bool:
    """Whether a program asks for the ``/`` of Python 3."""
    return bool(_DIVISION.search(text))


def parse_python2(text: str) -> ast.Module:
    """Return the tree of a program for Python 2, places as in the text.

    Raises SyntaxError where it is not one, or where the extra is not installed.
    """
    if not is_installed():
        raise SyntaxError("programs for Python 2 need the extra python2")
    if len(text) > MAX_CHARACTERS:
        raise SyntaxError(f"a program for Python 2 of more than {MAX_CHARACTERS:,} characters")
    spaced = _without_tabs(text)
    converted = _converted(spaced.text)
    tree = parse(converted.text)
    move(tree, converted.start_of, converted.end_of)
    move(tree, spaced.start_of, spaced.end_of)
    return tree


def mark_classic_division(tree: ast.Module) -> None:
    """Mark every ``/`` of a tree as that of Python 2."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) is ast.Div:
            node.op = ClassicDiv()


def _without_tabs(text: str) -> Rewriting:
    """Indent by blanks, a tab being worth as many as lead to the next multiple of eight."""
    spaced = Rewriting(text)
    if "\t" in text:
        for number in free_lines(text):
            line = spaced.lines[number - 1]
            body = line.lstrip(" \t\f")
            lead = line[: len(line) - len(body)].rpartition("\f")[2].expandtabs(8)
            if body and "\t" in line[: len(line) - len(body)]:
                spaced.lines[number - 1] = lead + body
                spaced.cut[number - 1] = len(line) - len(body) - len(lead)
    return spaced


class _Token(NamedTuple):
    """A token of the text before the conversion, by its ends."""

    value: str
    start: Position
    end: Position


class _Converted:
    """A converted program, and where its tokens were before."""

    def __init__(
        self, leaves: Sequence[Leaf], before: Sequence[_Token], lines: Sequence[str]
    ) -> None:
        parts: list[str] = []
        self.starts: list[tuple[Position, Position]] = []
        self.ends: list[tuple[Position, Position]] = []
        here = Position(1, 0)
        for leaf, old in zip(leaves, _aligned(leaves, before, lines), strict=True):
            first = _after(here, leaf.prefix)
            here = _after(first, leaf.value)
            parts += [leaf.prefix, leaf.value]
            if leaf.value.strip():
                self.starts.append((first, old.start))
                self.ends.append((here, old.end))
        self.text = "".join(parts)

    def start_of(self, position: Position) -> Position:
        """Return where in the program that stood which starts here."""
        index = bisect.bisect_right(self.starts, position, key=lambda one: one[0]) - 1
        return self.starts[max(index, 0)][1] if self.starts else position

    def end_of(self, position: Position) -> Position:
        """Return where in the program that stood which ends here."""
        index = bisect.bisect_left(self.ends, position, key=lambda one: one[0])
        return self.ends[min(index, len(self.ends) - 1)][1] if self.ends else position


def _converted(text: str) -> _Converted:
    """Convert a text. Raises SyntaxError where it is not a program for Python 2 either."""
    problem = "invalid syntax"
    for has_print_statement in (False,) if _PRINT_FUNCTION.search(text) else (True, False):
        # Whatever goes wrong in the converter, the text was not converted.
        try:
            tree = _tool(has_print_statement).driver.parse_string(f"{text}\n")
        except Exception as error:  # noqa: BLE001
            problem = str(error)
            continue
        lines = text.split("\n")
        before = [_token(leaf, lines) for leaf in tree.leaves() if leaf.value.strip()]
        tree.future_features = frozenset()
        try:
            _tool(has_print_statement).refactor_tree(tree, "")
        except Exception as error:  # noqa: BLE001
            problem = str(error)
            continue
        return _Converted(list(tree.leaves()), before, lines)
    raise SyntaxError(f"it is neither Python 3 nor Python 2: {problem}")


@cache
def _tool(has_print_statement: bool) -> RefactoringTool:
    """Return the converter for programs in which ``print`` is a statement or a function."""
    from fissix.refactor import RefactoringTool  # a fifth of a second, for few programs

    options = {"print_function": not has_print_statement}
    return RefactoringTool([f"fissix.fixes.fix_{name}" for name in _FIXERS], options)


def _token(leaf: Leaf, lines: Sequence[str]) -> _Token:
    line = lines[leaf.lineno - 1] if leaf.lineno <= len(lines) else ""
    start = Position(leaf.lineno, len(line[: leaf.column].encode("utf-8", "surrogatepass")))
    return _Token(leaf.value, start, _after(start, leaf.value))


def _after(start: Position, text: str) -> Position:
    """Return where a text ends that starts at a place."""
    line, newline, last = start.line + text.count("\n"), "\n" in text, text.rpartition("\n")[2]
    column = len(last.encode("utf-8", "surrogatepass"))
    return Position(line, column if newline else start.column + column)


def _aligned(
    leaves: Sequence[Leaf], before: Sequence[_Token], lines: Sequence[str]
) -> Iterator[_Token]:
    """Yield for each token of a converted program the one that it was, or that it replaced."""
    by_start = {token.start: token for token in before}
    starts = [token.start for token in before]
    kept = [by_start.get(_token(leaf, lines).start) if leaf.lineno else None for leaf in leaves]
    following: list[_Token | None] = [None] * len(kept)
    after: _Token | None = None
    for index in range(len(kept) - 1, -1, -1):
        following[index] = after
        after = kept[index] or after
    last = _Token("", Position(1, 0), Position(1, 0))
    for leaf, token, after in zip(leaves, kept, following, strict=True):
        if token is not None:
            last = token
            yield token
            continue
        until = after.start if after else Position(len(lines) + 1, 0)
        gone = before[bisect.bisect_left(starts, last.end) : bisect.bisect_left(starts, until)]
        same = [one for one in gone if one.value == leaf.value]
        if same:
            yield same[0]
        elif gone:
            yield _Token(leaf.value, gone[0].start, gone[-1].end)
        else:  # put in: what starts with it starts with the next token, what ends with it …
            yield _Token(leaf.value, min(until, _far(lines)), last.end)


def _far(lines: Sequence[str]) -> Position:
    return Position(len(lines), len(lines[-1].encode("utf-8", "surrogatepass")))
