"""``!ls``, ``%matplotlib inline``, ``x = !cmd``, ``model.fit?``: lines of a cell become calls.

As in IPython, special syntax is looked for in tokens, not in lines, so that texts, comments and
continued expressions stay what they are. What follows it need not be Python, so the cell is read
again after each replacement.
"""

from __future__ import annotations

import re
import tokenize
from collections.abc import Iterator, Sequence

from rnninspect.reader.text.rewriting import Rewriting

MAX_COMMANDS = 500

RUN_THEIR_CODE = {
    "time": re.compile(r"(?:--no-raise-error\s+)?"),
    "timeit": re.compile(r"(?:-[nrp]\s*\d+\s+|-v\s*\S+\s+|-[tcqo]+\s+)*"),
    "prun": re.compile(r"(?:-[lsTD]\s+\S+\s+|-[rq]+\s+)*"),
}
"""The magics of IPython that run what follows their options as Python, where it stands."""

Line = list[tokenize.TokenInfo]

_SPECIAL = re.compile(r"^\s*[!?%,;/]|=\s*[!%]|\?[ \t]*$", re.M)
_HELP = re.compile(r"(%{0,2}(?!\d)[\w*]+(?:\.(?!\d)[\w*]+|\[-?[0-9]+\])*)(\?\??)$")
_ESCAPES = tuple("!?%,;/")
_ENDS_QUIETLY = (
    "unterminated string literal",
    "invalid non-printable character",
    "after line continuation character",
    "invalid decimal literal",
    "invalid binary literal",
    "invalid octal literal",
    "invalid hexadecimal literal",
    "in binary literal",
    "in octal literal",
    "expected EOF",
)
"""The complaints of Python 3.12's tokenizer after which IPython looks at what it has."""


def replace_commands(text: Rewriting, first: int = 0) -> None:
    """Put calls in place of all special syntax from a line on.

    Raises SyntaxError where there is no end to it, or where indentation does not fit.
    """
    if not _SPECIAL.search("\n".join(text.lines[first:])):
        return
    for _ in range(MAX_COMMANDS):
        found = sorted(_found_in(_lines_of_tokens(text.lines[first : text.real_lines])))
        if not any(_replace(text, first + line - 1, column, kind, first + last - 1)
                   for line, column, kind, last in found):  # fmt: skip
            return
    raise SyntaxError(f"more than {MAX_COMMANDS} commands in one cell")


_HELP_ORDER, _ASSIGN_MAGIC, _ASSIGN_SHELL, _ESCAPE = range(4)
"""What can be found, in the order in which IPython tries it at the same place."""

Found = tuple[int, int, int, int]
"""Line and column, the kind of syntax, the last line of help."""


def _found_in(lines: Sequence[Line]) -> Iterator[Found]:
    """Yield the first of each kind."""
    waiting = {_HELP_ORDER, _ASSIGN_MAGIC, _ASSIGN_SHELL, _ESCAPE}
    for line in lines:
        for found in _kinds_in(line):
            if found[2] in waiting:
                waiting.remove(found[2])
                yield found


def _kinds_in(line: Line) -> Iterator[Found]:
    body = [one for one in line if one.type not in (tokenize.INDENT, tokenize.DEDENT)]
    if not body:
        return
    equals = _assignment(line)
    if equals is not None and equals + 2 < len(line):
        after, then = line[equals + 1], line[equals + 2]
        if after.string == "%" and then.type == tokenize.NAME:
            yield *after.start, _ASSIGN_MAGIC, 0
        if not line[equals].line.strip().startswith("="):
            after = next((one for one in line[equals + 1 :] if not one.string.isspace()), after)
            if after.string == "!":
                yield *after.start, _ASSIGN_SHELL, 0
    start = body[0]
    if start.string in _ESCAPES:
        yield *start.start, _ESCAPE, 0
    if len(line) > 2 and line[-2].string == "?":
        yield *start.start, _HELP_ORDER, line[-2].start[0]


def _assignment(line: Line) -> int | None:
    """Return the index of the first ``=`` outside of brackets."""
    depth = 0
    for index, token in enumerate(line):
        if token.string == "=" and depth == 0:
            return index
        if token.string in ("(", "[", "{"):
            depth += 1
        elif token.string in (")", "]", "}") and depth:
            depth -= 1
    return None


def _lines_of_tokens(lines: Sequence[str]) -> list[Line]:
    """Return the tokens in logical lines, as far as Python's tokenizer gets."""
    found: list[Line] = [[]]
    depth = 0
    try:
        for token in _tokens(lines):
            found[-1].append(token)
            if token.type == tokenize.NEWLINE or (token.type == tokenize.NL and depth == 0):
                found.append([])
            elif token.type == tokenize.OP and token.string in ("(", "[", "{"):
                depth += 1
            elif token.type == tokenize.OP and token.string in (")", "]", "}"):
                depth = max(0, depth - 1)
    except tokenize.TokenError:
        pass  # the text ends inside brackets or a string
    return found


def _tokens(lines: Sequence[str]) -> Iterator[tokenize.TokenInfo]:
    last: tokenize.TokenInfo | None = None
    try:
        for last in tokenize.generate_tokens(iter([f"{line}\n" for line in lines]).__next__):
            yield last
    except tokenize.TokenError as error:
        if not any(words in error.args[0] for words in _ENDS_QUIETLY):
            raise
        at = last.start if last else (1, 0)
        yield tokenize.TokenInfo(tokenize.ERRORTOKEN, "", at, at, last.line if last else "")


def _replace(text: Rewriting, number: int, column: int, kind: int, last: int) -> bool:
    """Put a call in place of what was found; False where it is not what it looked like."""
    if kind == _HELP_ORDER:
        content = "\n".join([text.lines[number][column:], *text.lines[number + 1 : last + 1]])
        help_for = _HELP.search(content)
        if help_for is None:
            return False
        text.put(number, column, _help(help_for[1], help_for[2]), last)
        return True
    if kind == _ESCAPE and _runs_code(text, number, column, text.lines[number][column:]):
        return True
    last = number
    while last + 1 < text.real_lines and text.lines[last].endswith("\\"):
        last += 1
    content = _joined(text.lines, number, column, last)
    if kind == _ASSIGN_SHELL:
        text.put(number, column, f"get_ipython().getoutput({content[1:]!r})", last)
    elif kind == _ASSIGN_MAGIC:
        text.put(number, column, _magic(content[1:]), last)
    elif (call := _call(content)) is not None:
        text.put(number, column, call, last)
    else:
        return False
    return True


def _runs_code(text: Rewriting, number: int, column: int, line: str) -> bool:
    """Leave the code that a magic runs here in its place, and take the magic away."""
    name, _, rest = line[1:].partition(" ")
    options = RUN_THEIR_CODE.get(name) if line[0] == "%" else None
    found = options.match(rest.lstrip()) if options else None
    if found is None or not rest.lstrip()[found.end() :].strip("\\ "):
        return False
    code = rest.lstrip()[found.end() :].lstrip()
    text.splice(number, column, column + len(line) - len(code))
    if name == "timeit":
        text.loops.append((number + 1, number + 1))
    return True


def _joined(lines: Sequence[str], number: int, column: int, last: int) -> str:
    """Return the lines as one, without the backslashes."""
    parts = [lines[number][column:], *lines[number + 1 : last + 1]]
    return " ".join([*(part.rstrip()[:-1] for part in parts[:-1]), parts[-1].rstrip()])


def _call(content: str) -> str | None:
    """Return the Python for a line that starts with one of IPython's signs."""
    sign, rest = content[:1], content[1:]
    if content[:2] in ("!!", "??"):
        sign, rest = content[:2], content[2:]
    name, _, arguments = rest.partition(" ")
    words = arguments.split()
    match sign:
        case "!":
            return f"get_ipython().system({rest!r})"
        case "!!":
            return f"get_ipython().getoutput({rest!r})"
        case "?" | "??":
            return _help(rest, sign) if rest else "get_ipython().show_usage()"
        case "%":
            return _magic(rest)
        case ",":
            return '{}("{}")'.format(name, '", "'.join(words))
        case ";":
            return f'{name}("{arguments}")'
    return f"{name}({', '.join(words)})" if name else None


def _magic(content: str) -> str:
    name, _, arguments = content.partition(" ")
    return f"get_ipython().run_line_magic({name!r}, {arguments!r})"


def _help(target: str, sign: str) -> str:
    magic = "pinfo2" if sign == "??" else "psearch" if "*" in target else "pinfo"
    return f"get_ipython().run_line_magic({magic!r}, {target!r})"
