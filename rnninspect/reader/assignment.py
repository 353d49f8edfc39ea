"""Assignment: values are bound to names, attributes and items, or taken from them."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from rnninspect.reader.attributes import delete_attribute_of, mangled
from rnninspect.reader.context import Context
from rnninspect.reader.iteration import all_items, element_of
from rnninspect.reader.operators import augmented
from rnninspect.reader.subscripts import delete_item
from rnninspect.reader.values import Tensor, Unresolved, Value


def assign(ctx: Context, target: ast.AST, value: Value) -> None:
    """Bind a value to a target."""
    if isinstance(target, ast.Name):
        ctx.state.set_name(ctx.binding_scope(target.id), target.id, value)
        ctx.was_bound(target, value)
    elif isinstance(target, ast.Tuple | ast.List):
        _unpack(ctx, target.elts, value)
    elif isinstance(target, ast.Starred):
        assign(ctx, target.value, value)
    elif isinstance(target, ast.Attribute):
        owner = ctx.evaluate(target.value)
        ctx.set_attribute(owner, mangled(ctx, target.attr), value)
        ctx.was_bound(target, value)
    elif isinstance(target, ast.Subscript):
        owner = ctx.evaluate(target.value)
        ctx.set_item(owner, ctx.evaluate(target.slice), value, target)


def _unpack(ctx: Context, targets: Sequence[ast.expr], value: Value) -> None:
    items = all_items(ctx, value)
    ctx.check_unpacking(targets, value, items)
    starred = [number for number, part in enumerate(targets) if isinstance(part, ast.Starred)]
    if items is not None and starred and len(items) >= len(targets) - 1:
        first, after = starred[0], len(targets) - starred[0] - 1
        middle = ctx.new_list(items[first : len(items) - after])
        items = [*items[:first], middle, *items[len(items) - after :]]
    if items is None or len(items) != len(targets):
        if isinstance(value, Tensor):
            items = [ctx.part_of_tensor(value, number) for number in range(len(targets))]
        elif isinstance(value, Unresolved):
            items = [value.child((number, ctx.state.epoch)) for number in range(len(targets))]
        else:
            items = [element_of(ctx, value) for _ in targets]
        for number in starred:
            ctx.call_unseen([items[number]], "a list of unknown length")
            items[number] = Unresolved("a list of unknown length")
    for target, item in zip(targets, items, strict=True):
        assign(ctx, target, item)


def augment(ctx: Context, node: ast.AugAssign) -> None:
    """``target op= value``."""
    target = node.target
    if isinstance(target, ast.Name):
        left = ctx.evaluate(ast.copy_location(ast.Name(target.id, ast.Load()), target))
        result = augmented(ctx, node.op, left, ctx.evaluate(node.value), node)
        ctx.state.set_name(ctx.binding_scope(target.id), target.id, result)
    elif isinstance(target, ast.Attribute):
        owner = ctx.evaluate(target.value)
        name = mangled(ctx, target.attr)
        left = ctx.attribute(owner, name, target)
        ctx.set_attribute(
            owner, name, augmented(ctx, node.op, left, ctx.evaluate(node.value), node)
        )
    elif isinstance(target, ast.Subscript):
        owner, key = ctx.evaluate(target.value), ctx.evaluate(target.slice)
        left = ctx.item(owner, key, target)
        result = augmented(ctx, node.op, left, ctx.evaluate(node.value), node)
        ctx.set_item(owner, key, result, target)


def delete(ctx: Context, node: ast.Delete) -> None:
    """``del`` of names, attributes and items."""
    waiting: list[ast.expr] = list(reversed(node.targets))
    while waiting:
        target = waiting.pop()
        if isinstance(target, ast.Name):
            ctx.state.delete_name(ctx.binding_scope(target.id), target.id)
        elif isinstance(target, ast.Attribute):
            delete_attribute_of(ctx, ctx.evaluate(target.value), mangled(ctx, target.attr))
        elif isinstance(target, ast.Subscript):
            owner = ctx.evaluate(target.value)
            delete_item(ctx, owner, ctx.evaluate(target.slice), target)
        elif isinstance(target, ast.Tuple | ast.List):
            waiting += reversed(target.elts)
