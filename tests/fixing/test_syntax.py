from __future__ import annotations

import ast

import pytest

from rnninspect.fixing.syntax import Syntax
from rnninspect.fixing.text import patched
from rnninspect.reader.text.code import pieces_of


def syntax(text: str) -> Syntax:
    (piece,) = pieces_of(text.encode(), "p.py")
    return Syntax(piece, "p.py")


def test_nodes_come_in_the_order_of_the_text_with_what_contains_them() -> None:
    found = syntax("import keras\nx = f(g(1))\nh()\n")
    calls = found.all(ast.Call)
    assert [found.text(call) for call in calls] == ["f(g(1))", "g(1)", "h()"]
    around = [type(node).__name__ for node in found.around(calls[1])]
    assert around == ["Call", "Assign", "Module"]


def test_columns_count_characters_not_bytes() -> None:
    found = syntax("é = 'ü'; y = f(1)\n")
    (call,) = found.all(ast.Call)
    assert (found.start(call), found.end(call)) == ((1, 14), (1, 18))


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("f()", "f(a=1)"),
        ("f(x)", "f(x, a=1)"),
        ("f(x, b=2)", "f(x, b=2, a=1)"),
        ("f(\n    x,  # why\n)", "f(\n    x, a=1,  # why\n)"),
        ("f((x))", "f((x), a=1)"),
        ("f(x)  # (y)", "f(x, a=1)  # (y)"),
    ],
)
def test_an_argument_is_added_after_the_last_one(text: str, after: str) -> None:
    found = syntax(text)
    edit = found.add_argument(found.all(ast.Call)[0], "a=1")
    assert patched(text.encode(), "p.py", [edit]).decode() == after


def test_a_node_is_replaced_whole() -> None:
    text = "y = f(\n    1,\n)\n"
    found = syntax(text)
    edit = found.replace(found.all(ast.Call)[0], "g()")
    assert patched(text.encode(), "p.py", [edit]) == b"y = g()\n"
