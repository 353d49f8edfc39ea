"""Candidates that change how a constructor is called: a keyword renamed, moved, or made right."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from rnninspect.diagnostics import Edit
from rnninspect.fixing.syntax import Syntax
from rnninspect.language import said


def edits_of_call(
    syntax: Syntax, call: ast.Call, argument: str, value: Any
) -> Iterator[tuple[str, tuple[Edit, ...]]]:
    """Yield descriptions with the edits of a call that make the change that a finding asks for."""
    yield from _EDITS[argument](syntax, call, value)


def _renamed(syntax: Syntax, call: ast.Call, names: tuple[str, str]) -> Iterator[Any]:
    old, new = names
    keyword = _keyword(call, old)
    if keyword is not None:
        line, column = syntax.start(keyword)
        edit = Edit(syntax.path, syntax.piece.cell, (line, column), (line, column + len(old)), new)
        yield said("rename {old} to {new}", old=old, new=new), (edit,)


def _moved_inside(syntax: Syntax, call: ast.Call, name: str) -> Iterator[Any]:
    """Yield the edits that move a keyword into the call that makes the inner layer."""
    keyword = _keyword(call, name)
    inner = next((word.value for word in call.keywords if word.arg == "layer"), None)
    if inner is None and call.args:
        inner = call.args[0]
    if keyword is None or not isinstance(inner, ast.Call) or _keyword(inner, name) is not None:
        return
    others = [*call.args, *(word.value for word in call.keywords if word is not keyword)]
    before = [syntax.end(other) for other in others if syntax.end(other) <= syntax.start(keyword)]
    if not before:
        return
    cut = Edit(syntax.path, syntax.piece.cell, max(before), syntax.end(keyword), "")
    added = syntax.add_argument(inner, f"{name}={syntax.text(keyword.value)}")
    function = syntax.text(inner.func)
    yield said("move {argument} into {function}", argument=name, function=function), (added, cut)


def _called(syntax: Syntax, call: ast.Call, name: str) -> Iterator[Any]:
    """Yield the edit that calls a class where it is passed."""
    passed = [*call.args, *(word.value for word in call.keywords)]
    for argument in list(passed):
        if isinstance(argument, ast.List | ast.Tuple):
            passed += argument.elts
    for argument in passed:
        if isinstance(argument, ast.Name | ast.Attribute) and (
            syntax.text(argument).rpartition(".")[2] == name
        ):
            written = f"{syntax.text(argument)}()"
            yield said("write {written}", written=written), (syntax.replace(argument, written),)
            return


def _made_a_tuple(syntax: Syntax, call: ast.Call, name: str) -> Iterator[Any]:
    """Yield the edit that writes the comma of a tuple with one item."""
    keyword = _keyword(call, name)
    if keyword is None or not isinstance(keyword.value, ast.Constant | ast.Name | ast.Attribute):
        return
    text = syntax.text(keyword.value)
    line, start = syntax.start(keyword.value)
    _, end = syntax.end(keyword.value)
    written = syntax.lines[line - 1]
    before, after = written[: start - 1].rstrip(), written[end - 1 :].lstrip()
    is_in_brackets = before.endswith("(") and after.startswith(")")
    edit = syntax.replace(keyword.value, f"{text}," if is_in_brackets else f"({text},)")
    yield said("write {written}", written=f"{name}=({text},)"), (edit,)


def _keyword(call: ast.Call, name: str) -> ast.keyword | None:
    return next((keyword for keyword in call.keywords if keyword.arg == name), None)


_EDITS: Mapping[str, Callable[[Syntax, ast.Call, Any], Iterator[Any]]] = {
    "call": _called,
    "inside": _moved_inside,
    "rename": _renamed,
    "tuple": _made_a_tuple,
}

OF_CALLS = frozenset(_EDITS)
"""The changes of a constructor call itself, by ``Change.argument``."""
