"""RNN503: a printed count that no layer of its class can have."""

from __future__ import annotations

from collections.abc import Sequence

from rnninspect.analysis.printed import impossible_rows
from rnninspect.diagnostics import Diagnostic, Place, Severity
from rnninspect.graph import Model
from rnninspect.language import said
from rnninspect.sources.printed_summary import PrintedTable


def impossible_count() -> None:
    """A printed summary has a count that its layer cannot have with these shapes.

    ## Why is this bad?
    The count of a layer follows from its input, its output and its arguments. If nothing explains
    it, a row was mistyped, cut off or comes from another model.

    ## What to do
    Compare the row with the model; the message says what would explain the count.
    """


def impossible_counts(path: str, model: Model, table: PrintedTable) -> tuple[Diagnostic, ...]:
    """The rows of a printed summary whose counts cannot be right."""
    return tuple(
        Diagnostic(
            code="RNN503",
            name="impossible-count",
            severity=Severity.ERROR,
            message=said(
                "`{layer}` ({kind}) cannot have {count} parameters here",
                layer=one.layer,
                kind=one.class_name,
                count=f"{one.params:,}",
            ),
            place=Place(path),
            model=model.name,
            layer=one.layer,
            help=_joined(one.explanations),
        )
        for one in impossible_rows(table)
    )


def _joined(explanations: Sequence[str]) -> str:
    if not explanations:
        return said("compare the row with the model")
    first, *others = explanations
    for other in others:
        first = said("{one}; or {other}", one=first, other=other)
    return first
