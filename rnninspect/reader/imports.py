"""Imports: libraries become dotted paths, files of the checked tree are followed."""

from __future__ import annotations

import ast

from rnninspect.reader.context import Context
from rnninspect.reader.libraries import is_library
from rnninspect.reader.lookup import module_attribute
from rnninspect.reader.naming import canonical, is_keras
from rnninspect.reader.store import Opening
from rnninspect.reader.values import External, ModuleValue, Unresolved, Value


def external(path: str) -> External:
    """Return a library's name by its canonical path."""
    return External(canonical(path))


def import_modules(ctx: Context, node: ast.Import) -> None:
    """``import a.b as c``."""
    for alias in node.names:
        root = alias.name.partition(".")[0]
        module = ctx.module(alias.name if alias.asname else root, 0)
        if module is None and root == "six" and alias.name.startswith("six.moves"):
            value: Value = Unresolved("a module of six.moves")
        elif module is None:
            value = external(alias.name) if alias.asname else External(root)
        else:
            value = module
            if not alias.asname and "." in alias.name:
                ctx.module(alias.name, 0)
        _bind(ctx, alias.asname or root, value)


def import_from(ctx: Context, node: ast.ImportFrom) -> None:
    """``from a import b as c``."""
    name = node.module or ""
    if name == "__future__":
        return
    module = ctx.module(name, node.level)
    for alias in node.names:
        if module is not None:
            _take(ctx, module, alias, node)
        elif node.level:
            inner = ctx.module(f"{name}.{alias.name}".lstrip("."), node.level)
            if alias.name == "*":
                _more_names(ctx, "a module of the program that is not at hand")
            else:
                missing = Unresolved("a module of the program that is not at hand")
                _bind(ctx, alias.asname or alias.name, missing if inner is None else inner)
        elif alias.name == "*":
            _take_all(ctx, canonical(name))
        else:
            inner = ctx.module(f"{name}.{alias.name}", 0)
            if inner is None and name == "six.moves":
                _bind(ctx, alias.asname or alias.name, _of_six(alias.name))
            else:
                _bind(
                    ctx,
                    alias.asname or alias.name,
                    external(f"{name}.{alias.name}") if inner is None else inner,
                )


def _of_six(name: str) -> Value:
    """Return what ``six.moves`` has under a name (https://six.readthedocs.io)."""
    renamed = {"xrange": "range", "input": "input", "reduce": "functools.reduce"}
    found = renamed.get(name, name)
    return External(found if "." in found else f"builtins.{found}")


def _take_all(ctx: Context, path: str) -> None:
    """``from path import *`` of a library."""
    if is_keras(path):
        names = ctx.state.own(ctx.frame.scope.module)
        names.stars = (*names.stars, path)
    elif not is_library(path):
        _more_names(ctx, f"`{path}` is not at hand")


def _more_names(ctx: Context, reason: str) -> None:
    ctx.state.open_part(ctx.frame.scope.module, Opening(has_more=reason))


def _take(ctx: Context, module: ModuleValue, alias: ast.alias, node: ast.ImportFrom) -> None:
    """``from module import alias``, of a file of the tree."""
    names = ctx.state.names(module.scope)
    if alias.name == "*":
        own = ctx.state.own(ctx.frame.scope.module)
        own.stars = (*own.stars, *names.stars)
        if names.has_more:
            _more_names(ctx, names.has_more)
        for name, value in list(names.values.items()):
            if not name.startswith("_"):
                _bind(ctx, name, value)
        return
    if alias.name in names.values:
        value = names.values[alias.name]
    else:
        inner = ctx.module(f"{node.module or ''}.{alias.name}".lstrip("."), node.level)
        value = module_attribute(ctx, module.scope, alias.name) if inner is None else inner
    _bind(ctx, alias.asname or alias.name, value)


def _bind(ctx: Context, name: str, value: Value) -> None:
    ctx.state.set_name(ctx.binding_scope(name), name, value)
