from __future__ import annotations

import ast
import json
import sys
from typing import Any

import pytest

from rnninspect.errors import TooLarge, UnreadableSource
from rnninspect.reader.text import code
from rnninspect.reader.text.code import Piece, pieces_of, texts_of
from rnninspect.reader.text.python2 import ClassicDiv


def notebook(*cells: str, **metadata: Any) -> bytes:
    found = [{"cell_type": "code", "source": cell, "outputs": []} for cell in cells]
    return json.dumps({"cells": found, "nbformat": 4, "metadata": metadata}).encode()


def written(piece: Piece) -> str:
    return ast.unparse(piece.tree)


def divides_as_python_2(piece: Piece) -> bool:
    return any(isinstance(node, ClassicDiv) for node in ast.walk(piece.tree))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("é = 1".encode(), "é = 1"),
        (b"\xef\xbb\xbfx = 1", "x = 1"),
        ("# coding: latin-1\né = 1".encode("latin-1"), "# coding: latin-1\né = 1"),
        ("#!/usr/bin/python\n# vim: set fileencoding=euc-kr :\nx = '가'".encode("euc-kr"),
         "#!/usr/bin/python\n# vim: set fileencoding=euc-kr :\nx = '가'"),
        (b"x = 1\r\ny = 2\rz = 3", "x = 1\ny = 2\nz = 3"),
        (b"x = 1\n\x0c\ny = 2", "x = 1\n\x0c\ny = 2"),
    ],
)  # fmt: skip
def test_programs_are_decoded_as_cpython_does(data: bytes, text: str) -> None:
    (piece,) = pieces_of(data, "train.py")
    assert piece.text == text
    assert written(piece) == ast.unparse(ast.parse(data))


@pytest.mark.parametrize(
    "data",
    [
        b"x = '\xff'",
        b"# coding: no-such-thing\nx = 1",
        b"\xef\xbb\xbf# coding: latin-1\nx = 1",
        b"# coding: rot13\nx = 1",
        b"# coding: undefined\nx = 1",
        b"# coding: idna\nx = '\xff'",
    ],
)
def test_what_is_not_text_in_its_encoding_is_unreadable(data: bytes) -> None:
    with pytest.raises(UnreadableSource, match="encoding"):
        pieces_of(data, "train.py")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"x = 1\nx = = 2", "train.py: this is not Python 3 (line 2): invalid syntax"),
        (b"-" * 100_000 + b"1", "train.py: the program is nested too deeply"),
        (b"  x = 1", "train.py: this is not Python 3 (line 1): unexpected indent"),
    ],
)
def test_why_a_program_does_not_parse_is_said(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableSource) as error:
        pieces_of(data, "train.py")
    assert error.value.message == message
    assert error.value.hint == ""


def test_null_bytes_are_no_program() -> None:
    with pytest.raises(UnreadableSource, match="null bytes"):
        pieces_of(b"x = 1\0", "train.py")


def test_a_program_may_be_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code, "MAX_PROGRAM_BYTES", 2**20)
    with pytest.raises(TooLarge, match="more than 1 MiB"):
        pieces_of(b"#" * (2**20 + 1), "train.py")


def test_exported_notebooks_keep_their_lines() -> None:
    (piece,) = pieces_of(b"# %%\n!pip install keras \\\n  numpy\nx = 1", "train.py")
    assert [statement.lineno for statement in piece.tree.body] == [2, 4]


def test_programs_for_python_2_are_read_with_the_extra() -> None:
    (piece,) = pieces_of(b"print 'units', n / 2\nx = f(n)", "train.py")
    assert piece.is_python2 and divides_as_python_2(piece)
    assert written(piece) == "print('units', n / 2)\nx = f(n)"
    (piece,) = pieces_of(b"from __future__ import division\nprint n / 2", "train.py")
    assert piece.is_python2 and not divides_as_python_2(piece)
    (piece,) = pieces_of(b"if x:\n        y = 1\n\tz = 2", "train.py")  # tabs and blanks
    assert piece.is_python2 and len(piece.tree.body) == 1


def test_programs_for_python_2_need_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fissix", None)
    with pytest.raises(UnreadableSource, match=r"not Python 3 \(line 1\)") as error:
        pieces_of(b"print 'units'", "train.py")
    assert "rnninspect[python2]" in error.value.hint


def test_of_a_notebook_only_broken_statements_are_left_out() -> None:
    first, second = pieces_of(notebook("x = 1", "a = f(x)\nb = # here\nc = g(a)"), "n.ipynb")
    assert (first.cell, first.dropped) == (1, ())
    assert written(second) == "a = f(x)\nb, = __not_read__(b)\nc = g(a)"
    (dropped,) = second.dropped
    assert (second.cell, dropped.line, dropped.reason) == (2, 2, "invalid syntax")


def test_a_notebook_of_which_nothing_parses_is_unreadable() -> None:
    with pytest.raises(UnreadableSource) as error:
        pieces_of(notebook("x = = 1", "y = = 2"), "n.ipynb")
    assert error.value.message == ("n.ipynb: cell 1: this is not Python 3 (line 1): invalid syntax")


@pytest.mark.parametrize(
    ("metadata", "is_old"),
    [
        ({}, [True, True]),  # as the first cell shows
        ({"language_info": {"version": "2.7.18"}}, [True, True]),
        ({"language_info": {"version": "3.11.7"}}, [True, False]),
    ],
)
def test_a_notebook_is_of_one_python(metadata: dict[str, Any], is_old: list[bool]) -> None:
    pieces = pieces_of(notebook("print 'a'", "n = xrange(m / 2)", **metadata), "n.ipynb")
    assert [piece.is_python2 for piece in pieces] == is_old
    assert divides_as_python_2(pieces[1]) is is_old[1]
    assert written(pieces[1]) == f"n = {'range' if is_old[1] else 'xrange'}(m / 2)"


def test_division_changes_from_the_cell_on_that_asks_for_it() -> None:
    cells = ("n = m / 2", "from __future__ import division\nn = m / 2", "n = m / 2")
    pieces = pieces_of(notebook(*cells, kernelspec={"name": "python2"}), "n.ipynb")
    assert [divides_as_python_2(piece) for piece in pieces] == [True, False, False]


def test_cells_of_python_2_are_left_out_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fissix", None)
    (piece,) = pieces_of(notebook("x = f(n)\nprint x\ny = n / 2"), "n.ipynb")
    assert written(piece) == "x = f(n)\n__not_read__(x)\ny = n / 2"


def test_fenced_python_keeps_its_lines_and_columns() -> None:
    text = "# How\n\n```python\nx = 1\n```\n\n- so:\n  ```py\n  y = 2\n  ```\n```sh\nls\n```\n"
    pieces = pieces_of(text.encode(), "a.md")
    places = [
        (node.id, node.lineno, node.col_offset)
        for piece in pieces
        for node in ast.walk(piece.tree)
        if isinstance(node, ast.Name)
    ]
    assert places == [("x", 4, 0), ("y", 9, 2)]


def test_texts_are_those_of_all_cells_whether_they_parse_or_not() -> None:
    assert list(texts_of(notebook("x = = 1", "y"), "n.ipynb")) == [(1, "x = = 1"), (2, "y")]
    assert list(texts_of(b"x = = 1", "train.py")) == [(None, "x = = 1")]
