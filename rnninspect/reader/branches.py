"""Branches: ``if``, ``assert`` and ``match``; an unknown condition is followed both ways."""

from __future__ import annotations

import ast

from rnninspect.reader.choices import test
from rnninspect.reader.conditions import assume, decided
from rnninspect.reader.context import Context
from rnninspect.reader.control import Flow
from rnninspect.reader.patterns import match
from rnninspect.reader.store import State
from rnninspect.reader.syntax import leaves
from rnninspect.reader.values import Value


def sides(ctx: Context, state: State, node: ast.expr) -> tuple[list[State], list[State]]:
    """Return the states in which a condition holds, and those in which it does not."""
    holds: list[State] = []
    fails: list[State] = []

    def evaluated() -> Value:
        value = test(ctx, node)
        truth = ctx.truth(value, node)
        return value if truth is None else truth

    for end, value in ctx.outcomes(state, evaluated):
        truth = value if isinstance(value, bool) else decided(end, value)
        if truth is None:
            other = end.forked()
            assume(end, value, True)
            assume(other, value, False)
            holds.append(end)
            fails.append(other)
        else:
            (holds if truth else fails).append(end)
    return holds, fails


def follow_if(ctx: Context, node: ast.If, state: State) -> Flow:
    """Follow the sides of an ``if`` that can be taken; one that leaves comes last."""
    holds, fails = sides(ctx, state, node.test)
    flow = Flow()
    order = [(node.body, holds), (node.orelse, fails)]
    if leaves(node.body):
        order.reverse()
    for body, states in order:
        if states:
            flow.take(ctx.block(body, states))
    return flow


def follow_assert(ctx: Context, node: ast.Assert, state: State) -> Flow:
    """Go on where the condition can hold."""
    return Flow(sides(ctx, state, node.test)[0])


def follow_match(ctx: Context, node: ast.Match, state: State) -> Flow:
    """Follow each case that can be taken."""
    flow = Flow()
    for start, subject in ctx.outcomes(state, lambda: ctx.evaluate(node.subject)):
        waiting = [start]
        for case in node.cases:
            waiting = _follow_case(ctx, case, subject, waiting, flow)
            if not waiting:
                break
        flow.next += waiting
    return flow


def _follow_case(
    ctx: Context, case: ast.match_case, subject: Value, states: list[State], flow: Flow
) -> list[State]:
    """Follow one case; return the states in which the next one is tried."""
    left: list[State] = []
    for state in states:
        for after, (met, names) in ctx.outcomes(state, lambda: match(ctx, case.pattern, subject)):
            taken = [] if met is False else [after]
            if met is not True:
                left.append(after.forked() if taken else after)
            for end in taken:
                for name, value in names.items():
                    end.set_name(ctx.binding_scope(name), name, value)
            if case.guard is not None and taken:
                taken, fails = sides(ctx, taken[0], case.guard)
                left += fails
            if taken:
                flow.take(ctx.block(case.body, taken))
    return left
