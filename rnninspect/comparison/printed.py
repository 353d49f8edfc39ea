"""Our rows beside those of a summary that somebody printed, as in the output of a notebook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rnninspect.analysis.result import Analysis, Row
from rnninspect.comparison.compare import Against, ComparedRow, Comparison, Status, skipped
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import flatten
from rnninspect.sources.printed_table import PrintedRow, PrintedTable

_NO_ROWS_OF_OURS = ("InputLayer", "_InputLayer")
_SAME_CLASS = {"Model": "Functional", "Bidirectio": "Bidirectional"}
"""Names of classes that older versions printed."""


def compare_printed(analysis: Analysis, table: PrintedTable) -> Comparison:
    """Compare count and output shape of every row, then the totals.

    Names are not compared: Keras numbers layers over everything a process has built. Rows are taken
    in their order, so a table of layers of other classes is that of another model, and says nothing
    of this one.
    """
    theirs = [row for row in table.rows if not row.depth and row.class_name not in _NO_ROWS_OF_OURS]
    if not _are_same_layers(analysis.layers, theirs):
        return skipped(Against.PRINTED, "the printed summary has other layers")
    rows = tuple(map(_compared, analysis.layers, theirs))
    totals = tuple(_totals(analysis, table))
    status = Status.AGREE if all(row.agrees for row in (*rows, *totals)) else Status.DISAGREE
    return Comparison(Against.PRINTED, status, params=_total(table), rows=rows, totals=totals)


def compare_with_any(analysis: Analysis, tables: Sequence[PrintedTable]) -> Comparison:
    """Compare with the one of several printed summaries that is the model's.

    It is that with which it agrees, else the first with the same layers.
    """
    comparisons = [compare_printed(analysis, table) for table in tables]
    order = [Status.AGREE, Status.DISAGREE, Status.SKIPPED]
    return min(comparisons, key=lambda comparison: order.index(comparison.status))


def _are_same_layers(ours: Sequence[Row], theirs: Sequence[PrintedRow]) -> bool:
    return len(ours) == len(theirs) and all(
        _is_same_class(row.class_name, other.class_name)
        for row, other in zip(ours, theirs, strict=True)
    )


def _is_same_class(ours: str, theirs: str) -> bool:
    """Whether two names mean one class; a narrow column cuts names off."""
    ours, theirs = (_SAME_CLASS.get(name, name) for name in (ours, theirs))
    return ours == theirs or (len(theirs) > 5 and ours.startswith(theirs))


def _compared(row: Row, other: PrintedRow) -> ComparedRow:
    ours = row.parameters.value
    differences = []
    if ours is not None and other.params is not None and ours != other.params:
        differences.append("params")
    if _shapes_differ(row, other):
        differences.append("output shape")
    return ComparedRow(row.name, ours, other.params, not differences, ", ".join(differences))


def _shapes_differ(row: Row, other: PrintedRow) -> bool:
    """Whether two sizes differ that are both known, the batch apart; it may have been fixed."""
    ours = list(flatten(row.output_shape))
    if len(ours) != len(other.shapes):  # several outputs, of which some versions print the first
        return False
    for mine, printed in zip(ours, other.shapes, strict=True):
        if not isinstance(mine, Shape) or mine.sizes is None or printed.sizes is None:
            continue
        if len(mine.sizes) != len(printed.sizes):
            return True
        pairs = zip(mine.sizes[1:], printed.sizes[1:], strict=True)
        if any(a is not None and b is not None and a != b for a, b in pairs):
            return True
    return False


def _total(table: PrintedTable) -> int | None:
    """Return the printed total without the variables of the optimizer."""
    return None if table.total is None else table.total - (table.optimizer or 0)


def _totals(analysis: Analysis, table: PrintedTable) -> Iterator[ComparedRow]:
    for label, total, theirs in (
        ("Total params", analysis.total, _total(table)),
        ("Trainable params", analysis.trainable, table.trainable),
        ("Non-trainable params", analysis.non_trainable, table.non_trainable),
    ):
        if theirs is not None and not total.at_least:
            agrees = total.value == theirs
            yield ComparedRow(label, total.value, theirs, agrees, "" if agrees else "params")
