"""Functions of the program: defined, called, and as generators run to their end."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import Any

from rnninspect.reader.cells import IteratorCell
from rnninspect.reader.context import Context, Frame
from rnninspect.reader.control import Flow
from rnninspect.reader.iteration import RUN_GENERATOR, all_items
from rnninspect.reader.store import State
from rnninspect.reader.syntax import keeps_scope, names_used
from rnninspect.reader.values import (
    Function,
    IteratorRef,
    ScopeRef,
    Unresolved,
    Value,
)

MAX_CALLS_DEEP = 25
MAX_RECURSION = 3
"""How often a function may be on the way to itself."""
YIELDED = "<what was yielded>"
"""The name of a scope under which a generator's items are kept; no program can write it."""


def define(ctx: Context, node: Any, name: str) -> Function:
    """Return the function of a definition, its default arguments evaluated."""
    arguments = node.args
    defaults: dict[str, Value] = {}
    positional = [*arguments.posonlyargs, *arguments.args]
    if arguments.defaults:
        for argument, default in zip(
            positional[-len(arguments.defaults) :], arguments.defaults, strict=True
        ):
            defaults[argument.arg] = ctx.evaluate(default)
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if default is not None:
            defaults[argument.arg] = ctx.evaluate(default)
    frame = ctx.frame
    made = Function(node, frame.scope, name, defaults, frame.path, frame.cell, frame.owner)
    parts = (frame.scope, frame.owner, *defaults.values())
    function: Function = ctx.create(lambda: ctx.define_once(node, made, parts))
    return function


def decorated(ctx: Context, function: Value, decorators: Sequence[ast.expr]) -> Value:
    """Return what the decorators make of a function or class, the nearest first."""
    for decorator in reversed(decorators):
        function = ctx.call(ctx.evaluate(decorator), [function], {}, decorator)
    return function


def bind(
    ctx: Context,
    function: Function,
    args: Sequence[Value],
    kwargs: Mapping[str, Value],
    *,
    alone: bool = False,
) -> dict[str, Value]:
    """Return the names with which the body of a function begins."""
    arguments = function.node.args
    positional = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)]
    names = [*positional, *(argument.arg for argument in arguments.kwonlyargs)]
    bound: dict[str, Value] = {}
    for name in names:
        bound[name] = function.defaults.get(name, Unresolved(f"the argument `{name}` is not known"))
    bound.update(zip(positional, args, strict=False))
    more: dict[str, Value] = {}
    for name, value in kwargs.items():
        if name in names:
            bound[name] = value
        else:
            more[name] = value
    if arguments.vararg is not None:
        rest = Unresolved("the further arguments are not known", tuple)
        bound[arguments.vararg.arg] = rest if alone else tuple(args[len(positional) :])
    if arguments.kwarg is not None:
        keywords = bound[arguments.kwarg.arg] = ctx.new_dict(more)
        if alone:
            ctx.state.escape(keywords, "the further arguments are not known")
    return bound


def follow(
    ctx: Context,
    function: Function,
    args: Sequence[Value],
    kwargs: Mapping[str, Value],
    node: Any,
    *,
    alone: bool = False,
) -> Value:
    """Return what a function of the program returns. Raises Ended."""
    used = names_used(function.node)
    runs = bool(args) and args[-1] is RUN_GENERATOR
    if runs:
        args = args[:-1]
    is_async = isinstance(function.node, ast.AsyncFunctionDef)
    if (used.is_generator or is_async) and not runs and not alone:
        ref = ctx.create(IteratorRef)
        kind = "generator" if used.is_generator else "coroutine"
        ctx.state.put(ref, IteratorCell(kind, (function, tuple(args), dict(kwargs))))
        return ref
    if ctx.frame.depth >= MAX_CALLS_DEEP or ctx.active.count(function.node) >= MAX_RECURSION:
        ctx.not_followed(node, "calls are nested too deeply")
        return ctx.call_unseen([function, *args, *kwargs.values()], "calls are nested too deeply")
    if used.is_generator and is_async:
        return ctx.call_unseen([function, *args, *kwargs.values()], "an asynchronous generator")
    return ctx.once(lambda: _run(ctx, function, args, kwargs, node, runs, alone))


def _run(
    ctx: Context,
    function: Function,
    args: Sequence[Value],
    kwargs: Mapping[str, Value],
    node: Any,
    collects: bool,
    alone: bool,
) -> list[tuple[State, Value]]:
    """Follow the body; the states in which it returns, each with its value."""
    body = function.node
    names = bind(ctx, function, args, kwargs, alone=alone)
    if collects:
        names[YIELDED] = ()
    scope = ScopeRef(function.scope, used=names_used(body))
    ctx.state.new_names(scope, names)
    outer = ctx.frame
    first = next(iter(names.values()), None) if names else None
    ctx.frame = Frame(
        scope,
        function.path,
        function.cell,
        function,
        function.owner,
        first,
        (*outer.calls, (node_key(node), outer.iterations)),
        (),
        outer.depth + 1,
    )
    ctx.active.append(body)
    statement = ctx.statement
    ctx.entered.add(id(body))
    try:
        if isinstance(body, ast.Lambda):
            results = ctx.outcomes(ctx.state, lambda: ctx.evaluate(body.body))
        else:
            flow: Flow = ctx.block(body.body, [ctx.state])
            results = [*flow.returns, *((state, None) for state in flow.next)]
    finally:
        ctx.frame = outer
        ctx.active.pop()
        ctx.statement = statement
    is_generator = names_used(body).is_generator
    if is_generator:
        results = [
            (state, state.names(scope).values[YIELDED] if collects else Unresolved("a generator"))
            for state, _ in results
        ]
    elif collects:
        results = [(state, (value,)) for state, value in results]
    results = ctx.limit_outcomes(results)
    if not keeps_scope(body):
        for state, _ in results:
            state.cells.remove(scope)
    return results


def node_key(node: Any) -> object:
    """Return what tells one call in the text from another."""
    return None if node is None else (
        getattr(node, "lineno", 0), getattr(node, "col_offset", 0)
    )  # fmt: skip


def note_yield(ctx: Context, value: Value) -> None:
    """Remember what a generator yields."""
    scope = ctx.frame.scope
    yielded = ctx.state.names(scope).values.get(YIELDED)
    if type(yielded) is tuple and len(yielded) < 1000:
        ctx.state.set_name(scope, YIELDED, (*yielded, value))
    else:
        ctx.state.escape(value, "it is yielded")
        ctx.state.set_name(scope, YIELDED, Unresolved("what a generator yields", is_summary=True))


def note_yields(ctx: Context, value: Value) -> None:
    """Remember the items of ``yield from``."""
    items = all_items(ctx, value)
    if items is None:
        ctx.call_unseen([value], "what a generator yields is not known")
        note_yield(ctx, Unresolved("what a generator yields"))
        ctx.state.set_name(
            ctx.frame.scope, YIELDED, Unresolved("what a generator yields", is_summary=True)
        )
        return
    for item in items:
        note_yield(ctx, item)


def unknown_arguments(function: Function) -> dict[str, Value]:
    """Return the arguments of a function that is followed by itself, unknown without a default."""
    arguments = function.node.args
    names = [
        argument.arg
        for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    ]
    return {
        name: Unresolved(f"the argument `{name}` is not known")
        for name in names
        if name not in function.defaults
    }
