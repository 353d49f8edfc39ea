"""A printed summary as a subject."""

from __future__ import annotations

from rnninspect.analysis.analyse import analyse_as_read
from rnninspect.rules.printed_summary.subject import PrintedSummary
from rnninspect.sources.printed_summary import read_printed

HEADER = "Layer (type)                 Output Shape              Param #\n" + "=" * 60 + "\n"


def summary_of(*rows: tuple[str, str, int]) -> PrintedSummary:
    """Return a summary with rows ``(name (Class), shape, count)``."""
    body = "".join(f"{name:<29}{shape:<26}{count}\n{'_' * 60}\n" for name, shape, count in rows)
    models = read_printed((HEADER + body).encode(), "log.txt")
    (model,) = models.models
    return PrintedSummary(analyse_as_read(models, model), "log.txt")
