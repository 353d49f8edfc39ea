"""RNN503: a printed count that no layer of its class can have."""

from __future__ import annotations

from collections.abc import Sequence

from rnninspect.analysis.analyse import Analysis
from rnninspect.analysis.printed import explanations_of
from rnninspect.diagnostics import Diagnostic, Place, Severity
from rnninspect.language import said


def impossible_count() -> None:
    """A printed summary has a count that its layer cannot have with these shapes.

    ## Why is this bad?
    The count of a layer follows from its input, its output and its arguments. If nothing explains
    it, a row was mistyped, cut off or comes from another model.

    ## What to do
    Compare the row with the model; the message says what would explain the count.
    """


def impossible_counts(path: str, analysis: Analysis) -> tuple[Diagnostic, ...]:
    """The rows of a printed summary whose counts cannot be right."""
    return tuple(
        Diagnostic(
            code="RNN503",
            name=impossible_count.__name__.replace("_", "-"),
            severity=Severity.ERROR,
            message=said(
                "`{layer}` ({kind}) cannot have {count} parameters here",
                layer=row.name,
                kind=row.class_name,
                count=f"{row.parameters.value:,}",
            ),
            place=Place(path),
            model=analysis.model.name,
            layer=row.name,
            help=_joined(explanations),
        )
        for row in analysis.layers
        if (explanations := explanations_of(row)) is not None
    )


def _joined(explanations: Sequence[str]) -> str:
    if not explanations:
        return said("compare the row with the model")
    first, *others = explanations
    for other in others:
        first = said("{one}; or {other}", one=first, other=other)
    return first
