"""A page of Markdown as text for a terminal or as HTML."""

from __future__ import annotations

from html import escape

from rnninspect.render.letters import encodable
from rnninspect.render.printer import PAGE_COLUMNS, Printer

_STYLE = """
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.6 system-ui, sans-serif; }
pre { background: #f4f4f6; padding: .8rem 1rem; overflow-x: auto; line-height: 1.35; }
code { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .92em; }
table { border-collapse: collapse; } th, td { padding: .2rem .8rem; border-bottom: 1px solid #ccc; }
@media (prefers-color-scheme: dark) {
  body { background: #16181d; color: #e6e6e6; } pre { background: #23262e; } a { color: #8ab4f8; }
}
"""


def show_page(show: Printer, text: str) -> None:
    """Print a page on a console, wrapped at its width, but at most at PAGE_COLUMNS."""
    # Rich's own Markdown is loaded only where a page is shown.
    from rich.markdown import Markdown

    page = Markdown(encodable(text, show.encoding), code_theme="ansi_dark", hyperlinks=False)
    width = min(show.console.width, PAGE_COLUMNS)
    with show.console.capture() as capture:
        show.console.print(page, width=width)
    for line in capture.get().splitlines():
        show.console.file.write(line.rstrip() + "\n")


def html_page(text: str, language: str = "en") -> str:
    """Return a page as one self-contained HTML document; its title is the first heading."""
    # As above.
    from markdown_it import MarkdownIt

    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    title = next((line[2:] for line in text.splitlines() if line.startswith("# ")), "rnninspect")
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}"
        "</body>\n</html>\n"
    )
