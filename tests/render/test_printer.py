from __future__ import annotations

import io

import pytest
from rich.console import Console

from rnninspect.language import said
from rnninspect.render.printer import Printer, plain_table


def printer(columns: int = 40, *, terminal: bool = False, language: str = "en") -> Printer:
    console = Console(
        file=io.StringIO(), width=columns, force_terminal=terminal, color_system=None, markup=True
    )
    return Printer(console, language)


def written(show: Printer) -> str:
    assert isinstance(show.console.file, io.StringIO)
    return show.console.file.getvalue()


def test_a_text_from_a_file_is_neither_markup_nor_control() -> None:
    show = printer()
    show.line("[bold]name[/bold] \x1b[2J")
    assert written(show) == "[bold]name[/bold] \\x1b[2J\n"


def test_a_line_is_wrapped_unless_it_must_stay_whole() -> None:
    show = printer(20)
    show.line("one two three four five")
    show.line("one two three four five", whole=True)
    assert written(show) == "one two three four \nfive\none two three four five\n"


def wide_and_narrow(show: Printer) -> str:
    def table(width: int) -> object:
        made = plain_table("name", "n", numbers=("n",))
        made.add_row("x" * width, "7")
        return made

    show.table(lambda: table(60), lambda: table(10))  # type: ignore[arg-type,return-value]
    return written(show)


@pytest.mark.parametrize(("columns", "width"), [(100, 60), (40, 10), (12, 10)])
def test_the_first_table_that_fits_is_printed_else_the_last(columns: int, width: int) -> None:
    text = wide_and_narrow(printer(columns))
    assert text.count("x") == width


def test_rows_have_no_trailing_spaces_in_a_pipe() -> None:
    table = plain_table("name", "words")
    table.add_row("a", "long words")
    table.add_row("b", "")
    show = printer()
    show.table(lambda: table)
    lines = written(show).splitlines()
    assert lines == [line.rstrip() for line in lines] and " b" in lines
    on_terminal = printer(terminal=True)
    on_terminal.table(lambda: table)
    assert any(line != line.rstrip() for line in written(on_terminal).splitlines())


def test_columns_of_numbers_are_aligned_to_the_right() -> None:
    table = plain_table("name", "params", numbers=("params",))
    table.add_row("a", "7")
    show = printer()
    show.table(lambda: table)
    assert written(show).splitlines()[-1] == " a           7"


def test_a_sentence_is_in_the_users_language() -> None:
    sentence = said("pass return_sequences=True to {layer}", layer="lstm")
    assert printer().said(sentence) == "pass return_sequences=True to lstm"
    assert "lstm" in printer(language="ko").said(sentence)
    assert "pass" not in printer(language="ko").said(sentence)
