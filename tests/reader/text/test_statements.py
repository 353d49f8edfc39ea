from __future__ import annotations

import ast

import pytest

from rnninspect.reader.text.parsing import parse, place_of
from rnninspect.reader.text.statements import not_read, parse_statements, top_level_statements


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 1\ny = 2", [(1, 1), (2, 2)]),
        ("if x:\n    y\nelse:\n    z\nw", [(1, 4), (5, 5)]),
        ("@a\n@b\ndef f():\n    pass\nf()", [(1, 4), (5, 5)]),
        ("f(\na,\nb)\nc", [(1, 3), (4, 4)]),
        ("x = '''\ny = 1\n'''\nz", [(1, 3), (4, 4)]),
        ("x = 1 + \\\n2\nz", [(1, 2), (3, 3)]),
        ("try:\n    x\nexcept E:\n    y\nfinally:\n    z\nw", [(1, 6), (7, 7)]),
        ("x  # (\n# comment\ny", [(1, 2), (3, 3)]),
        ("x\nf(a\ny\nz", [(1, 1), (2, 4)]),  # the bracket is never closed
        ("x = 'it\ny", [(1, 1), (2, 2)]),
        ("", []),
    ],
)
def test_statements_are_cut_where_lines_start_them(
    text: str, expected: list[tuple[int, int]]
) -> None:
    assert list(top_level_statements(text)) == expected


def test_only_the_broken_statement_is_left_out() -> None:
    text = "a = 1\nfor x in y:\n    z = = x\nb = f(a)"
    tree, dropped = parse_statements(text, parse)
    assert [(one.line, one.first, one.last) for one in dropped] == [(3, 2, 3)]
    assert [statement.lineno for statement in tree.body] == [1, 2, 4]
    assert place_of(tree.body[1]) == ((2, 0), (3, 11))


@pytest.mark.parametrize(
    ("statement", "stands_for_it"),
    [
        ("print model.name", "__not_read__(model)"),
        ("model.add(LSTM(= 3))", "__not_read__(LSTM, model)"),
        ("x, y = # fill in z", "x, y = __not_read__(x, y)"),
        ("x.a, y[i] = =", "__not_read__(i, x, y)"),
        ("total += = 'a b'", "total, = __not_read__(total)"),
        ("def f(a):\n", "f, = __not_read__(a, f)"),
        ("for i in x\n    y = i", "i, y = __not_read__(i, x, y)"),
        ("import a, b as", "a, b = __not_read__(a, b)"),
    ],
)
def test_all_that_a_statement_names_is_given_away(statement: str, stands_for_it: str) -> None:
    assert ast.unparse(not_read(statement, 1, 2)) == stands_for_it
