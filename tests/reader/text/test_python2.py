from __future__ import annotations

import ast
import sys

import pytest

from rnninspect.reader.text import python2
from rnninspect.reader.text.parsing import parse
from rnninspect.reader.text.python2 import (
    ClassicDiv,
    has_true_division,
    looks_like_python2,
    mark_classic_division,
    parse_python2,
)

OLD = [
    ("print x, y", "print(x, y)"),
    ("print >>f, 'a',", "print('a', end=' ', file=f)"),
    ("print", "print()"),
    ("try:\n    f()\nexcept E, e:\n    g(e)", "try:\n    f()\nexcept E as e:\n    g(e)"),
    ("x = `y`", "x = repr(y)"),
    ("x <> y", "x != y"),
    ("exec code in scope", "exec(code, scope)"),
    ("x = ur'a'", "x = 'a'"),
    ("x = 0777", "x = 511"),
    ("x = 10L", "x = 10"),
    ("raise E, 'x'", "raise E('x')"),
    ("f = lambda (a, b): a", "f = lambda a_b: a_b[0]"),
    ("if d.has_key(k): print 1", "if k in d:\n    print(1)"),
    ("print xrange(3), unicode(x)", "print(range(3), str(x))"),
    ("print d.keys()[0]", "print(list(d.keys())[0])"),
    ("if x:\n        y = 1\n\tz = 2", "if x:\n    y = 1\n    z = 2"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "program"), OLD)
def test_old_syntax_becomes_new(text: str, program: str) -> None:
    assert ast.unparse(parse_python2(text)) == ast.unparse(parse(program))


@pytest.mark.parametrize("text", [text for text, _ in OLD])
def test_old_syntax_is_known_by_its_signs(text: str) -> None:
    try:
        parse(text)
    except SyntaxError as error:
        assert looks_like_python2(text, error)
    else:
        assert "xrange" not in text


@pytest.mark.parametrize("text", ["x = = 1", "model.add(LSTM(", "def f(:\n    pass", "print(x) y"])
def test_what_is_only_broken_is_not_taken_for_old(text: str) -> None:
    with pytest.raises(SyntaxError) as problem:
        parse(text)
    assert not looks_like_python2(text, problem.value)


@pytest.mark.parametrize("text", ["x = = 1", "print (", "print 1\n  print 2"])
def test_what_is_neither_python_is_a_syntax_error(text: str) -> None:
    with pytest.raises(SyntaxError, match="neither Python 3 nor Python 2"):
        parse_python2(text)


PROGRAM = '''# -*- coding: utf-8 -*-
from keras.layers import LSTM
def build(units, (steps, features)):
\tprint "é", units; model.add(LSTM(units, input_shape=(steps, features)))
        for i in xrange(0777): model.add(LSTM(units=32L, name=ur'é', return_sequences=True))
\tif not d.has_key(steps) or units <> 3: raise ValueError, "bad"
        print """two
lines""", model.get_layer(name="a")
\treturn map(str, d.keys())
'''


def test_what_is_kept_has_its_place_in_the_text() -> None:
    calls = {
        ast.get_source_segment(PROGRAM, node)
        for node in ast.walk(parse_python2(PROGRAM))
        if isinstance(node, ast.Call)
    }
    assert {
        "LSTM(units, input_shape=(steps, features))",
        "LSTM(units=32L, name=ur'é', return_sequences=True)",
        'model.get_layer(name="a")',
        "xrange(0777)",
        "map(str, d.keys())",
        'print "é", units',
    } <= calls


def test_every_place_is_one_of_the_text() -> None:
    lines = PROGRAM.split("\n")
    for node in ast.walk(parse_python2(PROGRAM)):
        if isinstance(node, ast.expr | ast.stmt):
            assert node.end_lineno is not None and node.end_col_offset is not None
            assert 1 <= node.lineno <= node.end_lineno <= len(lines)
            assert node.col_offset <= len(lines[node.lineno - 1].encode())
            assert node.end_col_offset <= len(lines[node.end_lineno - 1].encode())


def test_print_may_be_a_function_in_python_2() -> None:
    text = "from __future__ import print_function\nprint(x, file=f)\nraise E, 'x'"
    assert ast.unparse(parse_python2(text)).split("\n")[1:] == [
        "print(x, file=f)",
        "raise E('x')",
    ]


def test_division_of_python_2_is_marked_and_can_be_written_out() -> None:
    tree = parse("x = a / 2\ny /= 3\nz = a // 2")
    mark_classic_division(tree)
    operators = [n.op for n in ast.walk(tree) if isinstance(n, ast.BinOp | ast.AugAssign)]
    assert sorted(type(op) is ClassicDiv for op in operators) == [False, True, True]
    assert all(isinstance(op, ast.Div | ast.FloorDiv) for op in operators)
    assert ast.unparse(tree) == "x = a / 2\ny /= 3\nz = a // 2"


def test_a_program_may_ask_for_the_division_of_python_3() -> None:
    assert has_true_division("x\nfrom __future__ import print_function, division\n")
    assert not has_true_division("from __future__ import print_function\n# division")


def test_without_the_extra_it_is_a_syntax_error_that_names_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "fissix", None)
    assert not python2.is_installed()
    with pytest.raises(SyntaxError, match="extra python2"):
        parse_python2("print 1")


def test_very_long_programs_are_not_converted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(python2, "MAX_CHARACTERS", 5)
    with pytest.raises(SyntaxError, match="more than 5 characters"):
        parse_python2("print 1")
