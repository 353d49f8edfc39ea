"""Comprehensions: followed item by item where the items are known, else once for all of them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any

from rnninspect.reader.cells import IteratorCell, ListCell, SetCell
from rnninspect.reader.choices import test
from rnninspect.reader.conditions import is_key
from rnninspect.reader.context import Context
from rnninspect.reader.iteration import END, NOT_KNOWN, element_of, iteration_over
from rnninspect.reader.store import Opening
from rnninspect.reader.subscripts import open_keys, set_item
from rnninspect.reader.syntax import keeps_scope, names_used
from rnninspect.reader.values import IteratorRef, ScopeRef, Unresolved, Value

MAX_ROUNDS = 256
UNKNOWN_LENGTH = "a list of unknown length"


class _UnknownLength(Exception):
    """The items are not known one by one."""


def list_comprehension(ctx: Context, node: ast.ListComp) -> Value:
    """Return the list of a comprehension."""
    items: list[Value] = []
    return _comprehended(
        ctx,
        node,
        lambda: items.append(ctx.evaluate(node.elt)),
        lambda: ctx.new_list(items),
        lambda: ctx.evaluate(node.elt),
        lambda element: ctx.new_list_of(ListCell.of_unknown_length(element)),
        items.clear,
    )


def set_comprehension(ctx: Context, node: ast.SetComp) -> Value:
    """Return the set of a comprehension."""
    items: list[Value] = []
    return _comprehended(
        ctx,
        node,
        lambda: items.append(ctx.evaluate(node.elt)),
        lambda: ctx.new_set(items),
        lambda: ctx.evaluate(node.elt),
        lambda element: ctx.new_set_of(SetCell(frozenset(), element, exact=False)),
        items.clear,
    )


def dict_comprehension(ctx: Context, node: ast.DictComp) -> Value:
    """Return the dict of a comprehension."""
    made = ctx.new_dict({})

    def add() -> None:
        key = ctx.evaluate(node.key)
        set_item(ctx, made, key, ctx.evaluate(node.value), node)

    def pair() -> Value:
        return (ctx.evaluate(node.key), ctx.evaluate(node.value))

    def of_unknown(element: Value) -> Value:
        result = ctx.new_dict({})
        value = element[1] if type(element) is tuple else Unresolved(UNKNOWN_LENGTH)
        if type(element) is tuple and not is_key(element[0]):
            ctx.state.escape(element[0], UNKNOWN_LENGTH)
        open_keys(ctx, result, value)
        return result

    return _comprehended(ctx, node, add, lambda: made, pair, of_unknown, lambda: None)


def generator_expression(ctx: Context, node: ast.GeneratorExp) -> Value:
    """Return a generator: nothing of it is evaluated before it is asked, and then at any time."""
    ref: IteratorRef = ctx.create(IteratorRef)
    if getattr(node, "is_consumed_at_once", False):
        # ``sum(x for x in y)``: what takes the items does so at once.
        items = list_comprehension(ctx, ast.copy_location(_as_list(node), node))
        ctx.state.put(ref, IteratorCell("over", (items,)))
        return ref
    first = ctx.evaluate(node.generators[0].iter)
    ctx.call_unseen([first], "a generator goes over it")
    used = names_used(node)
    scope: ScopeRef | None = ctx.frame.scope
    for name in used.free | used.local:
        owner = scope
        while owner is not None:
            names = ctx.state.names(owner)
            if name in names.values:
                ctx.state.escape(names.values[name], "a generator uses it later")
                ctx.state.open_part(owner, Opening(watched=frozenset({name})))
                break
            owner = owner.outer
    for part in ast.walk(node):
        if isinstance(part, ast.NamedExpr):
            ctx.assign(part.target, Unresolved("a generator binds it later", is_summary=True))
            name = part.target.id
            ctx.state.open_part(ctx.frame.scope, Opening(open_names=frozenset({name})))
    ctx.state.put(ref, IteratorCell("open"))
    return ref


def _as_list(node: ast.GeneratorExp) -> ast.ListComp:
    made: ast.ListComp | None = getattr(node, "as_list", None)
    if made is None:
        made = ast.ListComp(node.elt, node.generators)
        node.as_list = made  # type: ignore[attr-defined]
    return made


def _comprehended(
    ctx: Context,
    node: Any,
    add: Callable[[], None],
    made: Callable[[], Value],
    element: Callable[[], Value],
    of_unknown: Callable[[Value], Value],
    clear: Callable[[], None],
) -> Value:
    """Evaluate a comprehension in a scope of its own."""
    first = ctx.evaluate(node.generators[0].iter)
    outer = ctx.frame
    scope: ScopeRef = ctx.create(
        lambda: ScopeRef(_function_scope(outer.scope), is_comprehension=True)
    )
    ctx.state.new_names(scope)
    ctx.frame = outer._replace(scope=scope)
    begun = None
    if _is_short(ctx, node, first):
        begun = ctx.state.forked()
        begun.journal = list(ctx.state.journal)  # the statement began before
    try:
        if begun is not None:
            try:
                for _ in _rounds(ctx, node.generators, 0, first):
                    add()
                return made()
            except _UnknownLength:
                clear()
                ctx.state = begun
        result = ctx.repeat(lambda: _once(ctx, node.generators, 0, first, element), UNKNOWN_LENGTH)
        return of_unknown(result)
    finally:
        ctx.frame = outer
        if not keeps_scope(node):
            ctx.state.cells.remove(scope)


def _function_scope(scope: ScopeRef) -> ScopeRef:
    """Return the scope that a comprehension sees outside: not that of a class."""
    while scope.is_class and scope.outer is not None:
        scope = scope.outer
    return scope


def _is_short(ctx: Context, node: Any, first: Value) -> bool:
    length = iteration_over(ctx, first).length
    return length is None or length <= MAX_ROUNDS


def _rounds(
    ctx: Context, generators: list[ast.comprehension], level: int, first: Value
) -> Iterator[None]:
    """Yield once for each item that passes. Raises _UnknownLength."""
    if level == len(generators):
        yield
        return
    generator = generators[level]
    source = first if level == 0 else ctx.evaluate(generator.iter)
    iteration = iteration_over(ctx, source)
    outer = ctx.frame
    for number in range(MAX_ROUNDS + 1):
        ctx.spend()
        item = iteration.item(ctx, number)
        if item is END:
            ctx.frame = outer
            return
        if item is NOT_KNOWN or number == MAX_ROUNDS:
            ctx.frame = outer
            raise _UnknownLength
        ctx.frame = outer._replace(iterations=(*outer.iterations, number + 1))
        ctx.assign(generator.target, item)
        passes = True
        for condition in generator.ifs:
            truth = ctx.truth(test(ctx, condition), condition)
            if truth is None:
                ctx.frame = outer
                raise _UnknownLength
            if not truth:
                passes = False
                break
        if passes:
            yield from _rounds(ctx, generators, level + 1, first)


def _once(
    ctx: Context,
    generators: list[ast.comprehension],
    level: int,
    first: Value,
    element: Callable[[], Value],
) -> Value:
    """Evaluate the element for an item that stands for all of them."""
    if level == len(generators):
        return element()
    generator = generators[level]
    source = first if level == 0 else ctx.evaluate(generator.iter)
    ctx.assign(generator.target, element_of(ctx, source))
    for condition in generator.ifs:
        test(ctx, condition)
    return _once(ctx, generators, level + 1, first, element)
