"""Questions about a program that its text alone answers; answers are kept on the syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_INNER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef, ast.GeneratorExp)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_BRANCHING = (
    ast.Call, ast.IfExp, ast.BoolOp, ast.Await, ast.Attribute, ast.Subscript, ast.Compare,
    ast.BinOp, ast.AugAssign, ast.UnaryOp, ast.JoinedStr, *_COMPREHENSIONS,
)  # fmt: skip
"""Expressions that can lead to several outcomes."""


class UsedNames(NamedTuple):
    """The names that a function uses, itself or in functions inside it."""

    local: frozenset[str]
    """Bound by the function, its parameters among them."""
    free: frozenset[str]
    """Read, and bound outside of it."""
    rebound: frozenset[str]
    """Bound outside of it and assigned here (``global``, ``nonlocal``)."""
    of_module: frozenset[str]
    """Those of ``rebound`` that are declared ``global``."""
    is_generator: bool
    declared: frozenset[str] = frozenset()
    """Those that the function itself, not one inside it, declares ``global``."""


def parts_of(node: ast.AST) -> list[ast.AST]:
    """Return what is directly below a node (as ``ast.iter_child_nodes``, but faster)."""
    parts: list[ast.AST] = []
    for name in node._fields:
        value = getattr(node, name, None)
        if value.__class__ is list:
            parts += [item for item in value if isinstance(item, ast.AST)]
        elif isinstance(value, ast.AST):
            parts.append(value)
    return parts


def every_part(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and all below it, in no order."""
    waiting = [node]
    while waiting:
        part = waiting.pop()
        yield part
        waiting += parts_of(part)


def names_used(function: ast.AST) -> UsedNames:
    """Return the names that a function, a lambda or a comprehension uses."""
    used: UsedNames | None = getattr(function, "used_names", None)
    if used is None:
        used = _Collector(function).used()
        function.used_names = used  # type: ignore[attr-defined]
    return used


class _Collector:
    """Walks one function; what is defined inside it is collected by itself."""

    def __init__(self, function: ast.AST) -> None:
        self.bound: set[str] = set()
        self.read: set[str] = set()
        self.of_module: set[str] = set()
        self.nonlocals: set[str] = set()
        self.inner: list[UsedNames] = []
        self.is_generator = False
        waiting: list[ast.AST] = []
        if isinstance(function, _FUNCTIONS):
            arguments = function.args
            self.bound |= {argument.arg for argument in all_arguments(arguments)}
            body: Any = function.body
            waiting += body if isinstance(body, list) else [body]
        elif isinstance(function, ast.ClassDef):
            waiting += function.body
        else:
            waiting += parts_of(function)
        while waiting:
            self._visit(waiting.pop(), waiting)

    def _visit(self, node: ast.AST, waiting: list[ast.AST]) -> None:
        kind = node.__class__
        if kind is ast.Name:
            name: str = node.id  # type: ignore[attr-defined]
            is_read = isinstance(node.ctx, ast.Load)  # type: ignore[attr-defined]
            (self.read if is_read else self.bound).add(name)
            return
        if isinstance(node, _FUNCTIONS):
            if not isinstance(node, ast.Lambda):
                self.bound.add(node.name)
                waiting += node.decorator_list
            waiting += [d for d in (*node.args.defaults, *node.args.kw_defaults) if d is not None]
            self.inner.append(names_used(node))
            return
        if isinstance(node, _COMPREHENSIONS):
            # Its own scope, but for what it goes over first and what a walrus binds.
            waiting.append(node.generators[0].iter)
            self.bound |= {
                part.target.id for part in every_part(node) if isinstance(part, ast.NamedExpr)
            }
            self.inner.append(names_used(node))
            return
        if isinstance(node, ast.ClassDef):
            self.bound.add(node.name)
            waiting += [*node.bases, *node.decorator_list, *(k.value for k in node.keywords)]
            used = names_used(node)
            # Methods do not see the names of the class body, the body itself does.
            self.inner.append(used._replace(free=used.free | used.local))
            return
        if kind is ast.Global:
            self.of_module.update(node.names)  # type: ignore[attr-defined]
            return
        if kind is ast.Nonlocal:
            self.nonlocals.update(node.names)  # type: ignore[attr-defined]
            return
        if isinstance(node, ast.Yield | ast.YieldFrom):
            self.is_generator = True
        elif isinstance(node, ast.Import | ast.ImportFrom):
            self.bound |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar):
            if node.name:
                self.bound.add(node.name)
        elif isinstance(node, ast.MatchMapping) and node.rest:
            self.bound.add(node.rest)
        waiting += parts_of(node)

    def used(self) -> UsedNames:
        declared = self.of_module | self.nonlocals
        rebound = (self.bound & declared) | {
            name for inner in self.inner for name in inner.rebound if name not in self.bound
        }
        of_module = {name for inner in self.inner for name in inner.of_module} | self.of_module
        rebound |= {name for inner in self.inner for name in inner.rebound & inner.of_module}
        local = self.bound - declared
        read = self.read | declared | {name for inner in self.inner for name in inner.free}
        return UsedNames(
            frozenset(local),
            frozenset(read - local),
            frozenset(rebound),
            frozenset(rebound & of_module),
            self.is_generator,
            frozenset(self.of_module),
        )


def all_arguments(arguments: ast.arguments) -> list[ast.arg]:
    """Return all parameters of a function, ``*args`` and ``**kwargs`` among them."""
    extra = [arg for arg in (arguments.vararg, arguments.kwarg) if arg is not None]
    return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *extra]


def can_call(statement: ast.AST) -> bool:
    """Whether evaluating a simple statement can call anything or decide anything."""
    answer: bool | None = getattr(statement, "can_call", None)
    if answer is None:
        answer = any(isinstance(part, _BRANCHING) for part in every_part(statement))
        statement.can_call = answer  # type: ignore[attr-defined]
    return answer


def leaves(body: Sequence[ast.stmt]) -> bool:
    """Whether a block ends by leaving what is around it."""
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


def keeps_scope(body: Any) -> bool:
    """Whether what is defined in a function or comprehension can outlive it with its names."""
    keeps: bool | None = getattr(body, "keeps_scope", None)
    if keeps is None:
        waiting = parts_of(body)
        keeps = False
        while waiting and not keeps:
            part = waiting.pop()
            keeps = isinstance(part, _INNER)
            waiting += parts_of(part)
        body.keeps_scope = keeps
    return keeps
