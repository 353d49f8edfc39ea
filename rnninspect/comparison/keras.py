"""Our rows beside those of Keras's own ``model.summary()``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rnninspect.analysis.result import Analysis, Row
from rnninspect.comparison.compare import Against, ComparedRow, Comparison, Status, skipped
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import NestedSizes, Structure, flatten, sizes_of
from rnninspect.sources.keras_summary import KerasRow, KerasSummary


def compare_keras(analysis: Analysis, summary: KerasSummary) -> Comparison:
    """Compare shape, count and trainable count of every row, then the totals."""
    against, engine = Against.KERAS, summary.engine
    if summary.rows and all(row.params is None for row in summary.rows):
        return skipped(against, "Keras has not built any of its layers yet", engine)
    rows = tuple(_rows(analysis.layers, summary.rows, ""))
    totals = tuple(_totals(analysis, summary))
    agrees = all(row.agrees for row in (*rows, *totals))
    status = Status.AGREE if agrees else Status.DISAGREE
    return Comparison(against, status, engine, None, summary.params, rows, totals)


def _rows(ours: Sequence[Row], theirs: Sequence[KerasRow], prefix: str) -> Iterator[ComparedRow]:
    by_name = {row.name: row for row in theirs}
    for row in ours:
        name = prefix + row.name
        other = by_name.pop(row.name, None)
        if other is None:
            yield ComparedRow(name, row.parameters.value, None, False, "Keras has no such row")
            continue
        differences = ", ".join(_differences(row, other))
        yield ComparedRow(name, row.parameters.value, other.params, not differences, differences)
        if other.children and row.children:
            yield from _rows(row.children, other.children, f"{name}/")
    for other in by_name.values():
        yield ComparedRow(prefix + other.name, None, other.params, False, "we have no such row")


def _differences(row: Row, other: KerasRow) -> Iterator[str]:
    """Yield what differs; what one side does not know cannot differ."""
    if _differ(row.parameters.value, other.params):
        yield "params"
    if _differ(row.trainable_params, other.trainable):
        yield f"trainable params {row.trainable_params:,} and {other.trainable:,}"
    ours = _shapes_in(sizes_of(row.output_shape))
    theirs = _shapes_in(other.shape)
    if other.shape is not None and _is_known(row.output_shape) and ours != theirs:
        yield f"output shape {_shown(ours)} and {_shown(theirs)}"


def _differ(ours: int | None, theirs: int | None) -> bool:
    return ours is not None and theirs is not None and ours != theirs


def _totals(analysis: Analysis, summary: KerasSummary) -> Iterator[ComparedRow]:
    for label, total, theirs in (
        ("Total params", analysis.total, summary.params),
        ("Trainable params", analysis.trainable, summary.trainable),
        ("Non-trainable params", analysis.non_trainable, summary.non_trainable),
    ):
        if theirs is None or total.at_least:
            continue
        agrees = total.value == theirs
        yield ComparedRow(label, total.value, theirs, agrees, "" if agrees else "params")


def _is_known(structure: Structure) -> bool:
    leaves = list(flatten(structure))
    return bool(leaves) and all(isinstance(leaf, Shape) and leaf.is_complete for leaf in leaves)


def _shapes_in(sizes: NestedSizes) -> list[NestedSizes]:
    """Return the shapes one after the other, as a summary lists them."""
    if isinstance(sizes, list) and any(isinstance(item, list) for item in sizes):
        return [shape for item in sizes for shape in _shapes_in(item)]
    return [sizes]


def _shown(shapes: list[NestedSizes]) -> NestedSizes:
    return shapes[0] if len(shapes) == 1 else shapes
