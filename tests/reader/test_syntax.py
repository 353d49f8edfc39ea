"""Questions that the text of a program answers."""

from __future__ import annotations

import ast

import pytest

from rnninspect.reader.syntax import (
    all_arguments,
    can_call,
    every_part,
    expects_errors,
    keeps_scope,
    leaves,
    names_used,
    parts_of,
)


def node_of(text: str) -> ast.stmt:
    return ast.parse(text).body[0]


def test_the_names_of_a_function() -> None:
    text = """
def f(a, *b, c=1, **d):
    global g
    import os.path as p, sys
    e = free
    g = 1
    for i in a: pass
    def inner(x):
        nonlocal e
        e = deeper
    class K(Base): attribute = h
    with w as v: pass
    try: pass
    except E as error: pass
    return [n for n in a]
"""
    used = names_used(node_of(text))
    assert used.local >= set("abcde") | {"p", "sys", "i", "inner", "K", "v", "error"}
    assert used.free >= {"free", "deeper", "Base", "h", "w", "E", "g"}
    assert used.of_module == used.declared == {"g"}
    assert not used.is_generator
    assert "g" in used.rebound
    assert "e" not in used.rebound


def test_a_function_that_rebinds_what_is_around_it() -> None:
    used = names_used(
        node_of(
            "def f():\n    nonlocal a\n    a = 1\n    def g():\n        global b\n        b = 2"
        )
    )
    assert used.rebound == {"a", "b"}
    assert used.of_module == {"b"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def f():\n    yield 1", True),
        ("def f():\n    x = yield from g()", True),
        ("def f():\n    def g():\n        yield 1", False),
        ("def f():\n    return 1", False),
    ],
)
def test_a_generator_yields_itself(text: str, expected: bool) -> None:
    assert names_used(node_of(text)).is_generator is expected


def test_all_parameters() -> None:
    node = node_of("def f(a, /, b, *c, d, **e): pass")
    assert isinstance(node, ast.FunctionDef)
    assert {argument.arg for argument in all_arguments(node.args)} == set("abcde")


def test_every_part_is_what_ast_walks() -> None:
    node = node_of("def f(a=1, *b):\n    return [x + 1 for x in {**b}] if a else f'{a:>{b}}'")
    assert {id(part) for part in every_part(node)} == {id(part) for part in ast.walk(node)}
    assert [id(part) for part in parts_of(node)] == [
        id(part) for part in ast.iter_child_nodes(node)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("x = 1", False), ("x = [1, (2, y)]", False), ("x = f()", True), ("x = a.b", True),
     ("x = a if b else c", True), ("x = [n for n in a]", True), ("x = a + b", True)],
)  # fmt: skip
def test_what_can_call(text: str, expected: bool) -> None:
    assert can_call(node_of(text)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("raise E", True), ("return 1", True), ("x = 1", False), ("sys.exit(1)", True),
     ("continue", True), ("os._exit(0)", True), ("f()", False)],
)  # fmt: skip
def test_what_leaves(text: str, expected: bool) -> None:
    lines = [f"    {line}" for line in ("x = 0", text)]
    loop = node_of("\n".join(["def f():", "  while a:", *lines]))
    assert isinstance(loop, ast.FunctionDef)
    (inner,) = loop.body
    assert isinstance(inner, ast.While)
    assert leaves(inner.body) is expected


def test_an_empty_block_does_not_leave() -> None:
    assert not leaves([])


@pytest.mark.parametrize(
    ("text", "expected"),
    [("pytest.raises(E)", True), ("self.assertRaises(E)", True), ("suppress(E)", True),
     ("open(p)", False), ("lock", False)],
)  # fmt: skip
def test_what_takes_up_errors(text: str, expected: bool) -> None:
    assert expects_errors(ast.parse(text, mode="eval").body) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("def f():\n    return 1", False), ("def f():\n    return lambda: 1", True),
     ("def f():\n    class A: pass", True), ("def f():\n    return (n for n in x)", True),
     ("def f():\n    return [n for n in x]", False)],
)  # fmt: skip
def test_what_outlives_a_call(text: str, expected: bool) -> None:
    assert keeps_scope(node_of(text)) is expected
