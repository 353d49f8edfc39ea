"""Simple statements: a function for each kind; ``EXECUTE`` maps the kinds to them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any

from rnninspect.reader.assignment import assign, augment, delete
from rnninspect.reader.branches import follow_assert, follow_if, follow_match
from rnninspect.reader.classes import define_class
from rnninspect.reader.context import Context, Ended
from rnninspect.reader.control import Flow
from rnninspect.reader.exceptions import follow_try, follow_with
from rnninspect.reader.functions import decorated, define
from rnninspect.reader.imports import import_from, import_modules
from rnninspect.reader.loops import follow_for, follow_while
from rnninspect.reader.store import State

Simple = Callable[[Context, Any], None]


def _simple(work: Simple) -> Callable[[Context, Any, State], Flow]:
    """Return a function that follows a simple statement in one state."""

    def execute(ctx: Context, node: Any, state: State) -> Flow:
        return Flow([end for end, _ in ctx.outcomes(state, lambda: work(ctx, node))])

    return execute


def _expr(ctx: Context, node: ast.Expr) -> None:
    ctx.evaluate(node.value)


def _assign(ctx: Context, node: ast.Assign) -> None:
    value = ctx.evaluate(node.value)
    for target in node.targets:
        assign(ctx, target, value)


def _annassign(ctx: Context, node: ast.AnnAssign) -> None:
    if node.value is not None:
        assign(ctx, node.target, ctx.evaluate(node.value))


def _functiondef(ctx: Context, node: Any) -> None:
    function = define(ctx, node, node.name)
    value = decorated(ctx, function, node.decorator_list)
    if value is not function and node.decorator_list:
        ctx.record.decorated.append(function)
    ctx.state.set_name(ctx.binding_scope(node.name), node.name, value)


def _return(ctx: Context, node: ast.Return, state: State) -> Flow:
    flow = Flow()
    value = node.value
    flow.returns = ctx.outcomes(state, lambda: None if value is None else ctx.evaluate(value))
    return flow


def _raise(ctx: Context, node: ast.Raise) -> None:
    if node.exc is not None:
        ctx.evaluate(node.exc)
    raise Ended


def _break(ctx: Context, node: ast.Break, state: State) -> Flow:
    flow = Flow()
    flow.breaks.append(state)
    return flow


def _continue(ctx: Context, node: ast.Continue, state: State) -> Flow:
    flow = Flow()
    flow.continues.append(state)
    return flow


def _nothing(ctx: Context, node: ast.AST) -> None:
    """``pass``; ``global`` and ``nonlocal`` are known from the function's text."""


EXECUTE: Mapping[type, Callable[[Any, Any, State], Flow]] = {
    ast.Expr: _simple(_expr),
    ast.Assign: _simple(_assign),
    ast.AnnAssign: _simple(_annassign),
    ast.AugAssign: _simple(augment),
    ast.Delete: _simple(delete),
    ast.FunctionDef: _simple(_functiondef),
    ast.AsyncFunctionDef: _simple(_functiondef),
    ast.ClassDef: define_class,
    ast.Return: _return,
    ast.Raise: _simple(_raise),
    ast.Break: _break,
    ast.Continue: _continue,
    ast.Pass: _simple(_nothing),
    ast.Global: _simple(_nothing),
    ast.Nonlocal: _simple(_nothing),
    ast.Import: _simple(import_modules),
    ast.ImportFrom: _simple(import_from),
    ast.Assert: follow_assert,
    ast.If: follow_if,
    ast.Match: follow_match,
    ast.For: follow_for,
    ast.AsyncFor: follow_for,
    ast.While: follow_while,
    ast.Try: follow_try,
    ast.TryStar: follow_try,
    ast.With: follow_with,
    ast.AsyncWith: follow_with,
}
