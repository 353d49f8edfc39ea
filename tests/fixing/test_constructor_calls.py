from __future__ import annotations

import ast
from typing import Any

import pytest

from rnninspect.fixing.constructor_calls import OF_CALLS, edits_of_call
from rnninspect.fixing.syntax import Syntax
from rnninspect.fixing.text import patched
from rnninspect.reader.text.code import pieces_of


def fixed(text: str, argument: str, value: Any) -> list[str]:
    """Return the text after each way to make a change of its first call."""
    (piece,) = pieces_of(text.encode(), "p.py")
    syntax = Syntax(piece, "p.py")
    call = syntax.all(ast.Call)[0]
    return [
        patched(text.encode(), "p.py", edits).decode()
        for _, edits in edits_of_call(syntax, call, argument, value)
    ]


def test_the_changes_of_a_call() -> None:
    assert {"call", "inside", "rename", "tuple"} == OF_CALLS


@pytest.mark.parametrize(
    ("text", "argument", "value", "results"),
    [
        ("f(a=1)", "rename", ("a", "bb"), ["f(bb=1)"]),
        ("f(a=1)", "rename", ("c", "d"), []),
        ("f(g(1), a=1)", "inside", "a", ["f(g(1, a=1))"]),
        ("f(g(), a=1, b=2)", "inside", "a", ["f(g(a=1), b=2)"]),
        ("f(b=2, layer=g(), a=1)", "inside", "a", ["f(b=2, layer=g(a=1))"]),
        ("f(a=1, layer=g())", "inside", "a", []),
        ("f(g, a=1)", "inside", "a", []),
        ("f(g(a=2), a=1)", "inside", "a", []),
        ("f([x, k.G, G])", "call", "G", ["f([x, k.G(), G])"]),
        ("f(h())", "call", "G", []),
        ("f(a=(20))", "tuple", "a", ["f(a=(20,))"]),
        ("f(a=20)", "tuple", "a", ["f(a=(20,))"]),
        ("f(a=(b.c))", "tuple", "a", ["f(a=(b.c,))"]),
        ("f(a=g(1))", "tuple", "a", []),
    ],
)
def test_an_edit_of_a_call(text: str, argument: str, value: Any, results: list[str]) -> None:
    assert fixed(text, argument, value) == results
