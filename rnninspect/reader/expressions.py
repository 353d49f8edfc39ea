"""Expressions: a function for each kind of node; ``EVALUATE`` maps the kinds to them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any

from rnninspect.reader import comprehensions
from rnninspect.reader.cells import DictCell, ListCell
from rnninspect.reader.choices import both, joined_value, maybe, negated, test
from rnninspect.reader.context import Context
from rnninspect.reader.formatting import formatted_value
from rnninspect.reader.functions import define, note_yield, note_yields
from rnninspect.reader.iteration import all_items, element_of
from rnninspect.reader.join import length_of
from rnninspect.reader.lookup import name_value, open_scope
from rnninspect.reader.values import (
    Array,
    DictRef,
    External,
    ListRef,
    NativeMethod,
    Super,
    Tensor,
    Unresolved,
    Value,
)

MAX_TEXT = 100_000


def _constant(ctx: Context, node: ast.Constant) -> Value:
    return node.value


def _name(ctx: Context, node: ast.Name) -> Value:
    return name_value(ctx, node.id)


def _attribute(ctx: Context, node: ast.Attribute) -> Value:
    return ctx.attribute(ctx.evaluate(node.value), node.attr, node)


def _namedexpr(ctx: Context, node: ast.NamedExpr) -> Value:
    value = ctx.evaluate(node.value)
    ctx.bind_outside(node.target.id, value)
    return value


def _await(ctx: Context, node: ast.Await) -> Value:
    value = ctx.evaluate(node.value)
    items = all_items(ctx, value, awaited=True)
    if items is None:
        return ctx.call_unseen([value], "what is awaited is not known")
    return items[0] if items else None


def _tuple(ctx: Context, node: ast.Tuple) -> Value:
    items = displayed(ctx, node.elts)
    return Unresolved("how many items a tuple has", tuple) if items is None else tuple(items)


def _list(ctx: Context, node: ast.List) -> Value:
    items = displayed(ctx, node.elts)
    if items is None:
        return ctx.call_unseen([], "how many items a list has is not known")
    return ctx.new_list(items)


def _set(ctx: Context, node: ast.Set) -> Value:
    items = displayed(ctx, node.elts)
    if items is None:
        return ctx.call_unseen([], "how many items a set has is not known")
    return ctx.new_set(items)


def displayed(ctx: Context, nodes: list[ast.expr]) -> list[Value] | None:
    """Return the items of a display or of a call; None if their number is not known."""
    items: list[Value] = []
    is_known = True
    for node in nodes:
        if isinstance(node, ast.Starred):
            value = ctx.evaluate(node.value)
            inner = all_items(ctx, value)
            if inner is None:
                ctx.call_unseen([value], "its items are not known")
                is_known = False
            else:
                items += inner
        else:
            items.append(ctx.evaluate(node))
    if not is_known:
        ctx.call_unseen(items, "it is in a list of unknown length")
        return None
    return items


def _dict(ctx: Context, node: ast.Dict) -> Value:
    made = ctx.new_dict({})
    for key, value in zip(node.keys, node.values, strict=True):
        if key is None:
            ctx.call(ctx.attribute(made, "update", node), [ctx.evaluate(value)], {}, node)
        else:
            name = ctx.evaluate(key)
            ctx.set_item(made, name, ctx.evaluate(value), node)
    return made


def _joinedstr(ctx: Context, node: ast.JoinedStr) -> Value:
    pieces = [ctx.evaluate(piece) for piece in node.values]
    if all(isinstance(piece, str) for piece in pieces):
        text = "".join(pieces)
        if len(text) <= MAX_TEXT:
            return text
    return Unresolved("a text is not known", str)


def _formattedvalue(ctx: Context, node: ast.FormattedValue) -> Value:
    value = ctx.evaluate(node.value)
    form = "" if node.format_spec is None else ctx.evaluate(node.format_spec)
    return formatted_value(ctx, value, form, node)


def _unaryop(ctx: Context, node: ast.UnaryOp) -> Value:
    if isinstance(node.op, ast.Not):
        return negated(ctx, test(ctx, node.operand))
    value = ctx.evaluate(node.operand)
    if isinstance(value, bool | int | float | complex):
        if isinstance(node.op, ast.USub):
            return -value
        if isinstance(node.op, ast.UAdd):
            return +value
        if isinstance(value, int):
            return ~value
    if isinstance(value, Tensor):
        return ctx.call(ctx.attribute(value, "__neg__", node), [], {}, node)
    if isinstance(value, Array):
        return Array(value.shape, value.dtype)
    method = {ast.USub: "__neg__", ast.UAdd: "__pos__", ast.Invert: "__invert__"}[type(node.op)]
    return unary_of_object(ctx, value, method, node)


def unary_of_object(ctx: Context, value: Value, method: str, node: ast.AST) -> Value:
    """Return what an operator gives that a class of the program may define."""
    if isinstance(value, Unresolved):
        kind = value.kind if value.kind in (int, float) else None
        return Unresolved("a number is not known", kind)
    return ctx.call(ctx.attribute(value, method, node), [], {}, node)


def _boolop(ctx: Context, node: ast.BoolOp) -> Value:
    return _operands(ctx, node.values, isinstance(node.op, ast.Or))


def _operands(ctx: Context, nodes: list[ast.expr], stops_at: bool) -> Value:
    value = ctx.evaluate(nodes[0])
    if len(nodes) == 1:
        return value
    truth = ctx.branch(value)
    if truth is None:
        first, second = both(ctx, lambda: value, lambda: _operands(ctx, nodes[1:], stops_at))
        return joined_value(ctx, first, second)
    return value if truth is stops_at else _operands(ctx, nodes[1:], stops_at)


def _ifexp(ctx: Context, node: ast.IfExp) -> Value:
    truth = ctx.branch(test(ctx, node.test))
    if truth is None:
        first, second = both(
            ctx, lambda: ctx.evaluate(node.body), lambda: ctx.evaluate(node.orelse)
        )
        return joined_value(ctx, first, second)
    return ctx.evaluate(node.body if truth else node.orelse)


def _compare(ctx: Context, node: ast.Compare) -> Value:
    left = ctx.evaluate(node.left)
    result: Value = True
    for operator, comparator in zip(node.ops, node.comparators, strict=True):
        if isinstance(result, Unresolved):
            right = maybe(ctx, lambda comparator=comparator: ctx.evaluate(comparator))  # type: ignore[misc]
        else:
            right = ctx.evaluate(comparator)
        compared = ctx.compare(operator, left, right, node)
        truth = ctx.truth(compared)
        if truth is False:
            return False if len(node.ops) > 1 else compared
        if truth is None:
            result = compared if result is True else Unresolved("a condition is not known", bool)
        elif result is True and len(node.ops) == 1:
            result = compared
        left = right
    return result


def _binop(ctx: Context, node: ast.BinOp) -> Value:
    left = ctx.evaluate(node.left)
    return ctx.binary(node.op, left, ctx.evaluate(node.right), node)


def _subscript(ctx: Context, node: ast.Subscript) -> Value:
    value = ctx.evaluate(node.value)
    return ctx.item(value, ctx.evaluate(node.slice), node)


def _slice(ctx: Context, node: ast.Slice) -> Value:
    parts = (node.lower, node.upper, node.step)
    return slice(*(None if part is None else ctx.evaluate(part) for part in parts))


def _lambda(ctx: Context, node: ast.Lambda) -> Value:
    return define(ctx, node, "<lambda>")


_SEES_NAMES = frozenset("locals globals vars exec eval".split())
"""Functions that look at the names of where they are called."""


def _call(ctx: Context, node: ast.Call) -> Value:
    if isinstance(node.func, ast.Name) and node.func.id == "super" and not node.args:
        owner, receiver = ctx.frame.owner, ctx.frame.receiver
        if owner is not None and receiver is not None:
            return Super(owner, receiver)
    if isinstance(node.func, ast.Name) and node.func.id in _SEES_NAMES and not node.keywords:
        found = name_value(ctx, node.func.id)
        if getattr(found, "path", "") == f"builtins.{node.func.id}" and (
            not node.args or node.func.id in ("exec", "eval")
        ):
            return _reflection(ctx, node)
    function = ctx.evaluate(node.func)
    if len(node.args) == 1 and isinstance(node.args[0], ast.GeneratorExp):
        node.args[0].is_consumed_at_once = _takes_all(function)  # type: ignore[attr-defined]
    args = _arguments(ctx, function, node)
    kwargs: dict[str, Value] = {}
    is_known = args is not None
    repeated: str | None = None
    for keyword in node.keywords:
        value = ctx.evaluate(keyword.value)
        if keyword.arg is not None:
            repeated = keyword.arg if keyword.arg in kwargs else repeated
            kwargs[keyword.arg] = value
            continue
        more = _keywords(ctx, value)
        if more is None:
            ctx.call_unseen([value], "the arguments of a call are not known")
            is_known = False
        else:
            repeated = next((name for name in more if name in kwargs), repeated)
            kwargs.update(more)
    if repeated is not None:
        made = ctx.call_with_repeated(function, repeated, kwargs, node)
        if made is not None:
            return made
    if not is_known:
        ctx.not_followed(node, "the arguments of a call are not known")
        return ctx.call_unseen(
            [function, *(args or []), *kwargs.values()], "the arguments of a call are not known"
        )
    return ctx.call(function, args or [], kwargs, node)


def _arguments(ctx: Context, function: Value, node: ast.Call) -> list[Value] | None:
    """Return the positional arguments of a call; None if their number is not known."""
    receiver = getattr(function, "receiver", None)
    is_filled = bool(node.args) and isinstance(node.args[0], ast.GeneratorExp)
    if not is_filled or not isinstance(receiver, ListRef) or ctx.state.get(receiver).is_open:
        return displayed(ctx, node.args)
    # The list grows while its new items are worked out, which may look at it.
    before: ListCell = ctx.state.get(receiver)
    element = element_of(ctx, receiver) if length_of(before) else Unresolved("an item")
    growing = ctx.create(lambda: ListCell.of_unknown_length(element, length_of(before)))
    ctx.state.put(receiver, growing)
    args = displayed(ctx, node.args)
    if ctx.state.get(receiver) is growing:
        ctx.state.put(receiver, before)
    return args


_TAKING_ALL = frozenset(
    f"builtins.{name}" for name in "list tuple set frozenset dict sum sorted min max".split()
)


def _takes_all(function: Value) -> bool:
    """Whether a function takes all items of its only argument before it does anything else."""
    if isinstance(function, External):
        return function.path in _TAKING_ALL
    return isinstance(function, NativeMethod) and (
        (isinstance(function.receiver, str) and function.name == "join")
        or (isinstance(function.receiver, ListRef) and function.name == "extend")
    )


def _keywords(ctx: Context, value: Value) -> dict[str, Value] | None:
    cell = ctx.state.cells.get(value) if isinstance(value, DictRef) else None
    if isinstance(cell, DictCell) and cell.exact and all(isinstance(k, str) for k in cell.items):
        return dict(cell.items)
    return None


def _reflection(ctx: Context, node: ast.Call) -> Value:
    """``locals()``, ``globals()``, ``exec(text)``: names are read or changed unseen."""
    for argument in node.args:
        ctx.evaluate(argument)
    assert isinstance(node.func, ast.Name)
    name = node.func.id
    if name in ("exec", "eval"):
        open_scope(ctx, "code in a text is not followed", writes=name == "exec")
    else:
        open_scope(ctx, f"{name}() hands out the names", writes=name == "globals")
    ctx.not_followed(node, f"{name}() is not followed")
    return Unresolved(f"what {name}() holds is not known")


def _starred(ctx: Context, node: ast.Starred) -> Value:
    ctx.evaluate(node.value)
    return Unresolved("a starred item is not known")


def _yield(ctx: Context, node: ast.Yield) -> Value:
    value = None if node.value is None else ctx.evaluate(node.value)
    note_yield(ctx, value)
    return None


def _yieldfrom(ctx: Context, node: ast.YieldFrom) -> Value:
    note_yields(ctx, ctx.evaluate(node.value))
    return Unresolved("what a generator returns is not known")


EVALUATE: Mapping[type, Callable[[Any, Any], Value]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.NamedExpr: _namedexpr,
    ast.Await: _await,
    ast.Tuple: _tuple,
    ast.List: _list,
    ast.Set: _set,
    ast.Dict: _dict,
    ast.JoinedStr: _joinedstr,
    ast.FormattedValue: _formattedvalue,
    ast.UnaryOp: _unaryop,
    ast.BoolOp: _boolop,
    ast.IfExp: _ifexp,
    ast.Compare: _compare,
    ast.BinOp: _binop,
    ast.Subscript: _subscript,
    ast.Slice: _slice,
    ast.Lambda: _lambda,
    ast.Call: _call,
    ast.Starred: _starred,
    ast.Yield: _yield,
    ast.YieldFrom: _yieldfrom,
    ast.ListComp: comprehensions.list_comprehension,
    ast.SetComp: comprehensions.set_comprehension,
    ast.DictComp: comprehensions.dict_comprehension,
    ast.GeneratorExp: comprehensions.generator_expression,
}
