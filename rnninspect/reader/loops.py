"""Loops: followed iteration by iteration where that is known, else until nothing changes."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from rnninspect.reader.branches import sides
from rnninspect.reader.context import Context
from rnninspect.reader.control import Flow
from rnninspect.reader.iteration import (
    END,
    NOT_KNOWN,
    Iteration,
    element_of,
    iteration_over,
)
from rnninspect.reader.join import differ, join_states, state_after_any_write
from rnninspect.reader.store import State, WriteLog
from rnninspect.reader.values import Unresolved, Value

MAX_ROUNDS = 64
"""How many iterations of one loop are followed one by one."""
MAX_UNDECIDED = 3
"""In how many iterations paths leave a ``while`` before it counts as of unknown length."""
MAX_JOINS = 5
"""How often a loop's state is joined before everything it writes counts as unknown."""
UNKNOWN_LENGTH = "a loop of unknown length"


def follow_for(ctx: Context, node: Any, state: State) -> Flow:
    """Follow ``for``: item by item as far as they are known."""
    flow = Flow()
    for start, source in ctx.outcomes(state, lambda: ctx.evaluate(node.iter)):
        for ready, iteration in ctx.outcomes(start, lambda: iteration_over(ctx, source)):  # noqa: B023
            _over(ctx, node, ready, iteration, flow)
    return flow


def _over(ctx: Context, node: Any, state: State, iteration: Iteration, flow: Flow) -> None:
    length = iteration.length
    is_short = (length is None or length <= MAX_ROUNDS) and ctx.rounds_left > 0
    active, ended, unknown = ([state], [], []) if is_short else ([], [], [state])
    several = length is None or length > 1
    number = 0
    while active and number <= MAX_ROUNDS and ctx.rounds_left > 0:
        following: list[State] = []
        for one in active:
            for end, item in ctx.outcomes(one, lambda: iteration.item(ctx, number)):  # noqa: B023
                if item is END:
                    ended.append(end)
                elif item is NOT_KNOWN:
                    unknown.append(end)
                else:
                    body = _round(
                        ctx,
                        node,
                        end,
                        partial(ctx.assign, node.target, item),
                        number + 1,
                        several,
                    )
                    flow.returns += body.returns
                    flow.next += body.breaks
                    following += [*body.next, *body.continues]
        active = ctx.limit(following)
        number += 1
    unknown += active
    for one in ctx.limit(unknown, most=1):
        _unknown_rounds(ctx, node, one, iteration, flow, ended)
    if ended:
        ended = ctx.limit(ended)
        flow.take(ctx.block(node.orelse, ended) if node.orelse else Flow(ended))


def _round(
    ctx: Context,
    node: Any,
    state: State,
    bind: Callable[[], None],
    number: int,
    several: bool,
) -> Flow:
    """Follow the body of a loop once."""
    ctx.rounds_left -= 1
    outer = ctx.frame
    if several:
        ctx.frame = outer._replace(iterations=(*outer.iterations, number))
    try:
        starts = [end for end, _ in ctx.outcomes(state, bind)]
        return ctx.block(node.body, starts) if starts else Flow()
    finally:
        ctx.frame = outer


def _unknown_rounds(
    ctx: Context,
    node: Any,
    state: State,
    iteration: Iteration,
    flow: Flow,
    ended: list[State],
) -> None:
    """Follow a loop of which the number of iterations is not known."""

    def bind() -> None:
        ctx.assign(node.target, element_of(ctx, iteration.source))

    def once(start: State) -> Flow:
        return _round(ctx, node, start, bind, 1, False)

    head, body = until_nothing_changes(ctx, state, once)
    flow.returns += body.returns
    flow.next += body.breaks
    ended.append(head)


def until_nothing_changes(
    ctx: Context, state: State, once: Callable[[State], Flow]
) -> tuple[State, Flow]:
    """Follow a body until the state before it holds for every iteration.

    Return that state, which is also the state after any number of iterations, and the body's ends.
    """
    head = state
    for number in range(3 * MAX_JOINS):
        log = WriteLog()
        ctx.logs.append(log)
        ctx.loops_unknown += 1
        try:
            flow = once(head.forked())
        finally:
            ctx.logs.remove(log)
            ctx.loops_unknown -= 1
        ends = [*flow.next, *flow.continues]
        joined = head
        for end in ends:
            joined = join_states(joined, end, UNKNOWN_LENGTH)
        if not _changed(head, joined):
            return _with_new_cells(head, joined), flow
        head = joined if number < MAX_JOINS else _opened(head, log)
    ctx.not_followed(ctx.statement, "a loop whose state does not settle")
    for ref, _ in list(head.cells.items()):
        head.escape(ref, UNKNOWN_LENGTH)
    ctx.loops_unknown += 1
    try:
        return head, once(head.forked())
    finally:
        ctx.loops_unknown -= 1


def _changed(head: State, joined: State) -> bool:
    return differ(head, joined)


def _with_new_cells(head: State, joined: State) -> State:
    for ref, cell, other in list(head.cells.pairs(joined.cells)):
        if cell is None and other is not None:
            head.cells[ref] = other
    head.epoch = max(head.epoch, joined.epoch) + 1
    head.decided = joined.decided
    return head


def _opened(head: State, log: WriteLog) -> State:
    """Return a state in which everything that the body writes is unknown."""
    state = state_after_any_write(head, log, UNKNOWN_LENGTH)
    for ref, name in log.names:
        if ref in state.cells and name in state.names(ref).values:
            names = state.own(ref)
            state.escape(names.values[name], UNKNOWN_LENGTH)
            names.values[name] = Unresolved(UNKNOWN_LENGTH, is_summary=True)
    for ref in log.cells:
        state.escape(ref, UNKNOWN_LENGTH)
    return state


def follow_while(ctx: Context, node: ast.While, state: State) -> Flow:
    """Follow ``while``: iteration by iteration as long as the condition is known."""
    flow = Flow()
    active: list[State] = [state]
    ended: list[State] = []
    unknown: list[State] = []
    number = undecided = 0
    while active and number < MAX_ROUNDS and ctx.rounds_left > 0 and undecided < MAX_UNDECIDED:
        following: list[State] = []
        left = len(ended) + len(flow.next) + len(flow.returns)
        for one in active:
            before = one.forked()
            holds, fails = sides(ctx, one, node.test)
            if holds and fails:
                unknown.append(before)
                continue
            ended += fails
            for start in holds:
                body = _round(ctx, node, start, lambda: None, number + 1, True)
                flow.returns += body.returns
                flow.next += body.breaks
                following += [*body.next, *body.continues]
        active = ctx.limit(following)
        number += 1
        # Some paths leave the loop here and others go on: how long it runs is not known.
        undecided += bool(active) and left < len(ended) + len(flow.next) + len(flow.returns)
    for one in ctx.limit([*unknown, *active], most=1):
        _while_unknown(ctx, node, one, flow, ended)
    if ended:
        ended = ctx.limit(ended)
        flow.take(ctx.block(node.orelse, ended) if node.orelse else Flow(ended))
    return flow


def _while_unknown(
    ctx: Context, node: ast.While, state: State, flow: Flow, ended: list[State]
) -> None:
    exits: list[State] = []

    def once(start: State) -> Flow:
        exits.clear()
        holds, fails = sides(ctx, start, node.test)
        exits.extend(fails)
        body = Flow()
        for one in holds:
            body.take(_round(ctx, node, one, lambda: None, 1, False))
        return body

    _, body = until_nothing_changes(ctx, state, once)
    flow.returns += body.returns
    flow.next += body.breaks
    ended += exits


def repeated(
    ctx: Context, work: Callable[[], Value], join: Callable[[Sequence[Value]], Value]
) -> Value:
    """Evaluate something an unknown number of times, for example the element of a comprehension."""

    def settle() -> list[tuple[State, Value]]:
        values: list[Value] = []

        def once(start: State) -> Flow:
            values.clear()
            outcomes = ctx.outcomes(start, work)
            values.extend(value for _, value in outcomes)
            return Flow([end for end, _ in outcomes])

        head, flow = until_nothing_changes(ctx, ctx.state, once)
        end = head
        for state in flow.next:
            end = join_states(end, state, UNKNOWN_LENGTH)
        ctx.state = end
        return [(end, join(values))]

    return ctx.once(settle)
