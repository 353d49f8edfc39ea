from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from rnninspect.reader.text.parsing import NestedTooDeeply, Position, move, parse, place, place_of


@pytest.mark.parametrize("text", ["x = = 1", "a\0b", "'\ud800'", "(" * 1000, "def f(:"])
def test_what_is_not_a_program_is_a_syntax_error(text: str) -> None:
    with pytest.raises(SyntaxError):
        parse(text)


@pytest.mark.parametrize("text", ["-" * 100_000 + "1", "a" + ".b" * 100_000])
def test_a_program_that_the_parser_cannot_hold_is_nested_too_deeply(text: str) -> None:
    with pytest.raises(NestedTooDeeply, match="nested too deeply"):
        parse(text)


def test_warnings_about_the_text_are_not_shown() -> None:
    assert isinstance(parse(r"'\d'").body[0], ast.Expr)


def opened_while_parsing(call: str, folder: Path) -> list[str]:
    """The files of a folder that CPython opens while a broken program is parsed."""
    code = (
        "import sys, json\n"
        "from rnninspect.reader.text.parsing import parse\n"
        "import ast\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, args: event == 'open' and opened.append(str(args[0])))\n"
        f"try:\n    {call}\nexcept SyntaxError:\n    pass\n"
        "print(json.dumps([name for name in opened if name]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=folder
    )
    found: list[str] = json.loads(done.stdout)
    return found


def test_no_file_is_opened_to_quote_a_broken_line(tmp_path: Path) -> None:
    assert opened_while_parsing("parse('x = = 1')", tmp_path) == []


def test_the_parser_would_open_the_file_that_it_thinks_it_reads(tmp_path: Path) -> None:
    assert opened_while_parsing("ast.parse('x = = 1', 'train.py')", tmp_path) == ["train.py"]


def test_every_node_is_moved_by_both_ends() -> None:
    tree = parse("f(a)")
    move(
        tree,
        lambda start: Position(start.line + 1, start.column + 4),
        lambda end: Position(end.line + 1, end.column + 5),
    )
    (statement,) = tree.body
    assert place_of(statement) == (Position(2, 4), Position(2, 9))
    assert isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)
    assert place_of(statement.value.args[0]) == (Position(2, 6), Position(2, 8))


def test_no_node_ends_before_it_starts() -> None:
    (statement,) = parse("f(a)").body
    place(statement, Position(3, 4), Position(2, 9))
    assert place_of(statement) == (Position(3, 4), Position(3, 4))
