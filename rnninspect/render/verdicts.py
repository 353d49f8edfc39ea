"""What each witness says, for a terminal: one line, and the rows in which it differs."""

from __future__ import annotations

from rnninspect.comparison.compare import Comparison, Status
from rnninspect.render.printer import Printer, plain_table
from rnninspect.render.text import number_text, verdict

_LOOKS = {
    Status.AGREE: ("✓", "green"),
    Status.DISAGREE: ("✗", "bold red"),
    Status.SKIPPED: ("-", "yellow"),
}


def show_comparison(show: Printer, comparison: Comparison) -> None:
    """Print one witness's verdict."""
    sign, style = _LOOKS[comparison.status]
    show.line(f" {sign} {verdict(comparison)}", style)
    if not comparison.disagreements:
        return
    table = plain_table("Layer", "Computed", "Found", "What differs", numbers=("Computed", "Found"))
    for row in comparison.disagreements:
        cells = [row.layer, number_text(row.ours), number_text(row.theirs), row.differs_in]
        table.add_row(*(show.text(cell) for cell in cells))
    show.table(lambda: table)
