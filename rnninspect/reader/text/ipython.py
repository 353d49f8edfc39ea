"""A notebook's cell becomes a syntax tree, cut into statements as IPython does it.

What IPython puts in place of its own syntax is put here too (``!ls`` becomes
``get_ipython().system('ls')``), so that the tree is that of IPython's
``TransformerManager.transform_cell``. Two things differ. Every node has the place that it has in
the cell's own text. And a magic that runs Python in the namespace of the notebook (``%time``,
``%timeit``, ``%prun``, ``%%capture``) becomes that Python, not a call that holds it as text.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from contextlib import suppress
from textwrap import dedent

from rnninspect.reader.text.commands import RUN_THEIR_CODE, replace_commands
from rnninspect.reader.text.parsing import Position, move, parse, place
from rnninspect.reader.text.prompts import strip_doctest_prompts, strip_ipython_prompts
from rnninspect.reader.text.rewriting import Rewriting
from rnninspect.reader.text.statements import Dropped, parse_statements

Parser = Callable[[str], ast.Module]

RUN_THEIR_BODY = (*RUN_THEIR_CODE, "capture")
"""The cell magics of IPython that run the lines below them as a cell of the same notebook."""

_FOUND_WITHOUT_SIGN = frozenset(
    "alias cat cd clear conda cp dirs edit env less load load_ext ls man matplotlib mkdir more mv"
    " pdb pinfo pip popd precision prun pushd pwd pylab reload_ext rm rmdir run sx system"
    " tensorflow_version time timeit uv who who_ls whos xmode".split()
)
"""Line magics that IPython finds without their ``%`` in a cell of one line (automagic)."""

_BLANK = re.compile(r"^[ \t]+$", re.M)
_NEXT_CELL = re.compile(r"%%\w|#\s?%%|# In\s?\[|# COMMAND ---")


def parse_cell(text: str, parser: Parser = parse) -> ast.Module:
    """Return the tree of a cell's text, all places as in the text. Raises SyntaxError."""
    try:
        cell = rewritten_cell(text)
        return _with_places(parser(cell.text), cell)
    except SyntaxError:
        alone = _with_sign(text)
        if alone is None:
            raise
        return _with_places(parser(alone.text), alone)


def parse_parts_of_cell(text: str, parser: Parser) -> tuple[ast.Module, tuple[Dropped, ...]]:
    """Return the tree of those statements of a cell that parse, and what was left out."""
    cell = Rewriting(text)
    with suppress(SyntaxError):  # else some commands are still there, and are left out
        _rewrite(cell, 0)
    tree, dropped = parse_statements(cell.text, parser)
    return _with_places(tree, cell), dropped


def parse_script(text: str) -> ast.Module:
    """Return the tree of a program with commands of IPython in it. Raises SyntaxError."""
    script = rewritten_script(text)
    return _with_places(parse(script.text), script)


def _with_places(tree: ast.Module, text: Rewriting) -> ast.Module:
    """Give the tree of a rewritten text the places of the original."""
    if any(text.cut) or text.commands:
        move(tree, text.start_of, text.end_of)
    for first, last in text.loops:
        _repeat(tree, first, last)
    return tree


def without_shell(text: str) -> str:
    """Return a cell with Python in place of IPython's syntax; comments keep their places."""
    try:
        cell = rewritten_cell(text)
    except SyntaxError:
        return text
    cuts = zip(cell.lines, cell.cut, strict=True)
    return "\n".join(" " * cut + line if line else "" for line, cut in cuts)


def rewritten_cell(text: str) -> Rewriting:
    """Return a notebook's cell with plain Python in place of IPython's syntax."""
    cell = Rewriting(text)
    _rewrite(cell, 0)
    return cell


def rewritten_script(text: str) -> Rewriting:
    """Return an exported notebook with plain Python in place of IPython's syntax.

    Nothing is dedented, and a cell magic has the lines up to the mark of the next cell.
    """
    script = Rewriting(text)
    lines = script.lines
    for number, line in enumerate(lines):
        if line.startswith("%%"):
            later = range(number + 1, len(lines))
            end = next((n for n in later if _NEXT_CELL.match(lines[n])), len(lines))
            _replace_cell_magic(script, number, end - 1)
    replace_commands(script)
    return script


def _rewrite(cell: Rewriting, first: int) -> None:
    """Rewrite the lines from one on as a cell of their own."""
    while first < len(cell.lines) and not cell.lines[first].strip():
        cell.keep(first, "")
        first += 1
    if first == len(cell.lines):
        return
    if cell.lines[first][0] in " \t" or _BLANK.search("\n".join(cell.lines[first:])):
        _keep(cell, first, dedent("\n".join(cell.lines[first:])).split("\n"))
    _keep(cell, first, strip_doctest_prompts(cell.lines[first:]))
    _keep(cell, first, strip_ipython_prompts(cell.lines[first:]))
    head = cell.lines[first]
    if not head.startswith("%%") or re.match(r"%%\w+\?", head):
        replace_commands(cell, first)
    elif _replace_cell_magic(cell, first, len(cell.lines) - 1):
        _rewrite(cell, first + 1)


def _keep(cell: Rewriting, first: int, lines: list[str]) -> None:
    for number, line in enumerate(lines, first):
        cell.keep(number, line)


def _replace_cell_magic(cell: Rewriting, first: int, last: int) -> bool:
    """Take a cell magic away if it runs the lines below it here; else put one call for them all.

    Whether the lines below are still to be read.
    """
    head = cell.lines[first].rstrip()
    name, _, rest = head[2:].partition(" ")
    if name not in RUN_THEIR_BODY:
        body = "".join(
            f"{line}\n" for line in cell.lines[first + 1 : min(last + 1, cell.real_lines)]
        )
        cell.put(first, 0, f"get_ipython().run_cell_magic({name!r}, {rest!r}, {body!r})", last)
        return False
    if name == "timeit":
        cell.loops.append((first + 2, last + 1))
    code = _code_after_options(name, rest)
    if code:
        cell.lines[first] = head
        cell.keep(first, code)
    elif name == "capture" and (variable := _captured(rest)):
        call = f"{variable} = get_ipython().run_cell_magic({name!r}, {rest!r}, '')"
        cell.put(first, 0, call, first)
    else:
        cell.keep(first, "")
    return True


def _code_after_options(name: str, rest: str) -> str:
    """Return the setup of ``%%timeit`` or the first statement of ``%%prun``."""
    if name not in ("timeit", "prun"):
        return ""
    found = RUN_THEIR_CODE[name].match(f"{rest.lstrip()} ")
    return rest.lstrip()[found.end() :].strip() if found else ""


def _captured(arguments: str) -> str:
    """Return the variable that ``%%capture`` fills, if it names one."""
    names = [word for word in arguments.split() if not word.startswith("-")]
    return names[0] if names and names[0].isidentifier() else ""


def _with_sign(text: str) -> Rewriting | None:
    """Return a cell of one line in which the sign of its magic was left out."""
    filled = [line for line in text.split("\n") if line.strip()]
    if len(filled) != 1 or filled[0].split()[0] not in _FOUND_WITHOUT_SIGN:
        return None
    cell = Rewriting(text)
    number = cell.lines.index(filled[0])
    cell.keep(number, filled[0].lstrip())
    cell.lines[number] = f"%{cell.lines[number]}"
    cell.cut[number] -= 1
    replace_commands(cell, number)
    return cell


def _repeat(tree: ast.Module, first: int, last: int) -> None:
    """Put the statements that start on some lines into a loop of unknown length."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        parent = waiting.pop()
        for name in ("body", "orelse", "finalbody"):
            block = getattr(parent, name, None)
            if not isinstance(block, list) or not block:
                continue
            inside = [one for one in block if first <= one.lineno <= last]
            if inside:
                begin = block.index(inside[0])
                block[begin : begin + len(inside)] = [_loop(inside)]
            waiting += [one for one in block if one.lineno < first]
        waiting += getattr(parent, "handlers", [])


def _loop(body: list[ast.stmt]) -> ast.For:
    rounds = parse("get_ipython().run_line_magic('timeit', '')").body[0]
    assert isinstance(rounds, ast.Expr)
    loop = ast.For(ast.Name("_", ast.Store()), rounds.value, body, [])
    start = Position(body[0].lineno, body[0].col_offset)
    for header in (loop.target, loop.iter):
        for node in ast.walk(header):
            if "lineno" in node._attributes:
                place(node, start, start)
    end = body[-1]
    place(loop, start, Position(end.end_lineno or start.line, end.end_col_offset or 0))
    return loop
