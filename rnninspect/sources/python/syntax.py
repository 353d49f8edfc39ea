"""Questions about statements that their text alone answers."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


def parts_of(node: ast.AST) -> list[ast.AST]:
    """What stands directly in a part of a program (as ``ast.iter_child_nodes``, but faster)."""
    found: list[ast.AST] = []
    for name in node._fields:
        value = getattr(node, name, None)
        if value.__class__ is list:
            found += [one for one in value if isinstance(one, ast.AST)]
        elif isinstance(value, ast.AST):
            found.append(value)
    return found


def every_part(node: ast.AST) -> Iterator[ast.AST]:
    """A part of a program and all that stands in it, in no order."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += parts_of(one)


def yields(function: ast.AST) -> bool:
    """Whether a function is a generator."""
    waiting = parts_of(function)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Yield | ast.YieldFrom):
            return True
        if not isinstance(node, _FUNCTIONS):
            waiting += parts_of(node)
    return False


def leaves(body: Sequence[ast.stmt]) -> bool:
    """Whether a block ends by leaving what is round it."""
    last = body[-1] if body else None
    if isinstance(last, ast.Expr) and isinstance(last.value, ast.Call):
        return ast.unparse(last.value.func).rpartition(".")[2] in ("exit", "quit", "_exit")
    return isinstance(last, ast.Raise | ast.Return | ast.Continue | ast.Break)


def expects_errors(context: ast.expr) -> bool:
    """Whether a ``with`` takes up what is raised in it (``assertRaises``, ``suppress``)."""
    if not isinstance(context, ast.Call):
        return False
    name = ast.unparse(context.func).rpartition(".")[2]
    return name == "suppress" or "raises" in name.lower()
