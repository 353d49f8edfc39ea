"""Questions about statements that their text alone answers."""

from __future__ import annotations

import ast
from collections.abc import Sequence


def yields(function: ast.AST) -> bool:
    """Whether a function is a generator."""
    waiting = list(ast.iter_child_nodes(function))
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Yield | ast.YieldFrom):
            return True
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            waiting += ast.iter_child_nodes(node)
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
