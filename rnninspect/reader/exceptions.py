"""``try`` and ``with``: a handler begins with what may hold anywhere in the body."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

from rnninspect.reader.context import Context
from rnninspect.reader.control import Flow
from rnninspect.reader.join import state_after_any_write
from rnninspect.reader.libraries import is_library
from rnninspect.reader.store import State, WriteLog
from rnninspect.reader.syntax import expects_errors
from rnninspect.reader.values import (
    External,
    InstanceRef,
    LibraryObject,
    Unresolved,
    Value,
)

INTERRUPTED = "an exception may have come between"


def follow_try(ctx: Context, node: Any, state: State) -> Flow:
    """Follow the body, and each handler from any point of it."""
    imports = all(isinstance(part, ast.Import | ast.ImportFrom) for part in node.body)
    handlers: Sequence[ast.ExceptHandler] = () if imports else node.handlers
    base = state.forked()
    log = WriteLog()
    ctx.logs.append(log)
    ctx.caught += bool(handlers)
    try:
        body = ctx.block(node.body, [state])
    finally:
        ctx.caught -= bool(handlers)
        if not node.finalbody:
            ctx.logs.remove(log)
    flow = Flow()
    flow.take_exits(body)
    if body.next:
        flow.take(ctx.block(node.orelse, body.next) if node.orelse else Flow(body.next))
    for handler in handlers:
        start = state_after_any_write(base, log, INTERRUPTED)
        if handler.name:
            start.set_name(
                ctx.binding_scope(handler.name), handler.name, Unresolved("an exception")
            )
        flow.take(ctx.block(handler.body, [start]))
    if not node.finalbody:
        return flow
    ctx.logs.remove(log)
    return _finally(ctx, node, flow, state_after_any_write(base, log, INTERRUPTED))


def _finally(ctx: Context, node: Any, flow: Flow, interrupted: State) -> Flow:
    """Follow ``finally`` after every end, and after an exception that goes on."""
    result = Flow()
    if flow.next:
        result.take(ctx.block(node.finalbody, flow.next))
    for states, kept in ((flow.breaks, result.breaks), (flow.continues, result.continues)):
        if states:
            end = ctx.block(node.finalbody, states)
            kept += end.next
            result.take_exits(end)
    for state, value in flow.returns:
        end = ctx.block(node.finalbody, [state])
        result.returns += [(after, value) for after in end.next]
        result.take_exits(end)
    result.take_exits(ctx.block(node.finalbody, [interrupted]))
    return result


def follow_with(ctx: Context, node: Any, state: State) -> Flow:
    """Follow the body between what its context managers do."""
    return _entered(ctx, node, list(node.items), state)


def _entered(ctx: Context, node: Any, items: list[ast.withitem], state: State) -> Flow:
    if not items:
        return ctx.block(node.body, [state])
    item, *others = items
    flow = Flow()

    def enter() -> Value:
        manager = ctx.evaluate(item.context_expr)
        value = _enter(ctx, manager, item)
        if item.optional_vars is not None:
            ctx.assign(item.optional_vars, value)
        return manager

    expects = expects_errors(item.context_expr)
    for start, manager in ctx.outcomes(state, enter):
        suppresses = expects or _may_suppress(ctx, manager, item.context_expr, start)
        base, log = start.forked(), WriteLog()
        ctx.logs.append(log)
        ctx.caught += suppresses
        try:
            inner = _entered(ctx, node, others, start)
        finally:
            ctx.caught -= suppresses
            ctx.logs.remove(log)
        flow.take(_left(ctx, manager, inner, item))
        if suppresses:
            after = state_after_any_write(base, log, INTERRUPTED)
            flow.next += _suppressed(ctx, manager, after, item)
    return flow


def _enter(ctx: Context, manager: Value, item: ast.withitem) -> Value:
    if isinstance(manager, InstanceRef):
        enter = ctx.attribute(manager, "__enter__", item.context_expr)
        return ctx.call(enter, [], {}, item.context_expr)
    if isinstance(manager, LibraryObject):
        return manager
    ctx.call_unseen([manager], "a context manager that is not known")
    return Unresolved("what a context manager gives")


def _exit(ctx: Context, manager: Value, args: list[Value], item: ast.withitem) -> Value:
    if isinstance(manager, InstanceRef):
        leave = ctx.attribute(manager, "__exit__", item.context_expr)
        return ctx.call(leave, args, {}, item.context_expr)
    if not isinstance(manager, LibraryObject):
        ctx.call_unseen([manager], "a context manager that is not known")
    return None


def _left(ctx: Context, manager: Value, inner: Flow, item: ast.withitem) -> Flow:
    """Return the ends of the body, each after the context manager's ``__exit__``."""
    if not isinstance(manager, InstanceRef):
        return inner
    flow = Flow()
    nothing: list[Value] = [None, None, None]

    def leave() -> Value:
        return _exit(ctx, manager, nothing, item)

    for states, kept in (
        (inner.next, flow.next),
        (inner.breaks, flow.breaks),
        (inner.continues, flow.continues),
    ):
        for state in states:
            kept += [end for end, _ in ctx.outcomes(state, leave)]
    for state, value in inner.returns:
        flow.returns += [(end, value) for end, _ in ctx.outcomes(state, leave)]
    return flow


def _suppressed(ctx: Context, manager: Value, state: State, item: ast.withitem) -> list[State]:
    """Return the states in which an exception was suppressed."""
    unknown: list[Value] = [Unresolved("an exception") for _ in range(3)]
    results = ctx.outcomes(state, lambda: ctx.truth(_exit(ctx, manager, unknown, item)))
    if not isinstance(manager, InstanceRef):
        return [end for end, _ in results]
    return [end for end, truth in results if truth is not False]


def _may_suppress(ctx: Context, manager: Value, node: ast.expr, state: State) -> bool:
    """Whether a context manager may suppress what its body raises."""
    if isinstance(manager, InstanceRef):
        leave = next(
            (
                state.names(cls).values["__exit__"]
                for cls in manager.cls.ancestors()
                if "__exit__" in state.names(cls).values
            ),
            None,
        )
        if leave is None:
            return bool(manager.cls.library_bases) or manager.cls.has_unknown_base
        body = getattr(getattr(leave, "node", None), "body", None)
        return not isinstance(body, list) or any(
            isinstance(part, ast.Return) and part.value is not None
            for statement in body
            for part in ast.walk(statement)
        )
    if isinstance(manager, LibraryObject):
        return False
    while isinstance(node, ast.Call | ast.Attribute | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    if not isinstance(node, ast.Name):
        return True
    outer, ctx.state = ctx.state, state
    try:
        root = ctx.evaluate(node)
    finally:
        ctx.state = outer
    return not (isinstance(root, External) and is_library(root.path))
