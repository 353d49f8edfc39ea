"""Keeps programs alive: a statement that ends a trial run is put into `try`.

Without this most random programs end at their first wrong index, and the rest is never judged.
"""

from __future__ import annotations

import ast
from random import Random
from types import CodeType

from tests.reader.soundness.execution import Execution, Observations, compile_program
from tests.reader.soundness.generator.program import write_program

MAX_REPAIRS = 4
HANDLERS = ("Exception", "Exception", "Exception", "(LookupError, ValueError, TypeError)")


def failing_line(code: CodeType, seed: int) -> int | None:
    """Return the innermost line of the program at which a trial run ends with an exception."""
    error = Execution(seed, 0, Observations(), most=0).run(code)
    line = None
    trace = error.__traceback__ if error else None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "program.py":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def innermost(tree: ast.Module, text: str, line: int) -> ast.stmt | None:
    """Return the smallest statement on the line that can stand alone."""
    lines = text.split("\n")
    best: ast.stmt | None = None
    body = tree.body
    while body:
        found = [s for s in body if s.lineno <= line <= (s.end_lineno or 0) and not is_tick(s)]
        if not found or lines[found[-1].lineno - 1].lstrip().startswith("elif "):
            break
        best = found[-1]
        body = [s for s in ast.iter_child_nodes(best) if isinstance(s, ast.stmt)]
        for part in ast.iter_child_nodes(best):
            if isinstance(part, ast.ExceptHandler | ast.match_case):
                body += part.body
    return best


def is_tick(node: ast.stmt) -> bool:
    match node:
        case ast.Expr(ast.Call(ast.Name("__tick__"))):
            return True
    return False


def guard(text: str, best: ast.stmt | None, handler: str, body: str) -> str:
    """Put the statement into `try`, unless it is one that is wanted at its place."""
    if best is None or isinstance(best, ast.FunctionDef | ast.ClassDef | ast.Global | ast.Nonlocal):
        return text
    lines = text.split("\n")
    first, last = best.lineno - 1, best.end_lineno or best.lineno
    space = " " * best.col_offset
    inside = ["    " + line for line in lines[first:last]]
    lines[first:last] = [f"{space}try:", *inside, f"{space}except {handler}:", f"{space}    {body}"]
    return "\n".join(lines)


def write_living_program(seed: int) -> tuple[str, CodeType]:
    """Return the program of a seed, repaired so that most of it is reached, and its code."""
    for attempt in range(100):
        rng = Random(seed * 100 + attempt)
        text = write_program(rng)
        try:
            code, tree = compile_program(text)
        except SyntaxError:  # a walrus where none may be
            continue
        survived = 0
        for trial in range(MAX_REPAIRS):
            line = failing_line(code, seed + trial)
            if line is None or rng.random() < 0.08:
                survived += 1
                if survived == 2:
                    break
                continue
            body = f"probe({text.count('probe(') + 900})" if rng.random() < 0.2 else "pass"
            repaired = guard(text, innermost(tree, text, line), rng.choice(HANDLERS), body)
            if repaired != text:
                text = repaired
                code, tree = compile_program(text)
        return text, code
    raise AssertionError(f"seed {seed}: no program compiles")
