"""Choices inside an expression: conditions, and what may or may not be evaluated."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import reduce

from rnninspect.reader.context import Context, Ended
from rnninspect.reader.join import Joiner, join_states
from rnninspect.reader.store import State
from rnninspect.reader.values import Unresolved, Value


def negated(ctx: Context, value: Value) -> Value:
    """Return ``not value``."""
    truth = ctx.truth(value)
    if truth is not None:
        return not truth
    return Unresolved("a condition is not known", bool, key=("not", value))


def test(ctx: Context, node: ast.expr) -> Value:
    """Return the value of a condition, of which only the truth matters."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return negated(ctx, test(ctx, node.operand))
    if not isinstance(node, ast.BoolOp):
        return ctx.evaluate(node)
    stops_at = isinstance(node.op, ast.Or)
    unknown: list[Value] = []
    for operand in node.values:
        if unknown:
            value = maybe(ctx, lambda operand=operand: test(ctx, operand))  # type: ignore[misc]
        else:
            value = test(ctx, operand)
        truth = ctx.truth(value, operand)
        if truth is None:
            truth = ctx.decide(value)
        if truth is None:
            unknown.append(value)
        elif truth is stops_at:
            return stops_at
    if not unknown:
        return not stops_at
    if len(unknown) == 1:
        return unknown[0]
    key = ("or" if stops_at else "and", tuple(unknown))
    return Unresolved("a condition is not known", bool, key=key)


def maybe(ctx: Context, work: Callable[[], Value]) -> Value:
    """Evaluate something that may also not be evaluated: afterwards both may have happened."""
    return both(ctx, work, lambda: None)[0]


def both(
    ctx: Context, first: Callable[[], Value], second: Callable[[], Value]
) -> tuple[Value, Value]:
    """Evaluate either of two; the state is afterwards what both have in common."""
    pair: tuple[Value, Value] = ctx.once(lambda: [_either(ctx, first, second)])
    return pair


def _either(
    ctx: Context, first: Callable[[], Value], second: Callable[[], Value]
) -> tuple[State, tuple[Value, Value]]:
    ends: list[State] = []
    values: list[Value] = []
    start = ctx.state
    for work in (first, second):
        outcomes = ctx.outcomes(start.forked(), work)
        ends += [state for state, _ in outcomes]
        joiner = Joiner()
        values.append(joiner.all([value for _, value in outcomes]))
        if outcomes and joiner.lost:
            ends[-1].escape(tuple(joiner.lost), joiner.reason)
    if not ends:
        raise Ended
    return reduce(join_states, ends), (values[0], values[1])


def joined_value(ctx: Context, first: Value, second: Value) -> Value:
    """Return what two values have in common; what is lost is opened."""
    joiner = Joiner()
    value = joiner.values(first, second)
    if joiner.lost:
        ctx.state.escape(tuple(joiner.lost), joiner.reason)
    return value
