from __future__ import annotations

import io

import pytest
from rich.console import Console

from rnninspect.render.page import html_page, show_page
from rnninspect.render.printer import PAGE_COLUMNS, Printer

PAGE = "# A title & more\n\n" + "word " * 60 + "\n\n| a | b |\n| --- | ---: |\n| 1 | 2 |\n"


@pytest.mark.parametrize(("columns", "widest"), [(60, 60), (400, PAGE_COLUMNS)])
def test_a_page_is_wrapped_at_the_consoles_width_but_never_wider_than_a_page(
    columns: int, widest: int
) -> None:
    file = io.StringIO()
    show_page(Printer(Console(file=file, width=columns)), PAGE)
    lines = file.getvalue().splitlines()
    assert widest - 5 < max(map(len, lines)) <= widest
    assert all(line == line.rstrip() for line in lines)


def test_a_page_as_html_is_one_document_without_links_to_others() -> None:
    page = html_page(PAGE, "ko")
    assert page.startswith('<!DOCTYPE html>\n<html lang="ko">')
    assert "<title>A title &amp; more</title>" in page
    assert "<table>" in page and page.rstrip().endswith("</html>")
    assert "<link" not in page and "<script" not in page and "src=" not in page


def test_html_in_a_page_is_text_and_a_page_without_heading_has_a_title() -> None:
    page = html_page("<script>alert(1)</script>\n")
    assert "<script>" not in page and "&lt;script&gt;" in page
    assert "<title>rnninspect</title>" in page
