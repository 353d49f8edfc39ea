"""Our rows beside those of Keras's own ``model.summary()``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rnninspect.analysis.analyse import Analysis, Row
from rnninspect.comparison.compare import ComparedRow, Comparison, Status, skipped
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure, flatten, sizes_of

AGAINST = "keras"


def compare_keras(analysis: Analysis, reply: Mapping[str, Any]) -> Comparison:
    """Compare shape, count and trainable count of every row, then the totals."""
    if reply["rows"] and all(row["params"] is None for row in reply["rows"]):
        return skipped(AGAINST, "Keras has not built any of its layers yet", reply.get("engine"))
    rows = tuple(_rows(analysis.layers, reply["rows"], ""))
    totals = tuple(_totals(analysis, reply))
    agrees = all(row.agrees for row in (*rows, *totals))
    status = Status.AGREE if agrees else Status.DISAGREE
    return Comparison(AGAINST, status, reply.get("engine"), None, reply.get("params"), rows, totals)


def _rows(ours: Sequence[Row], theirs: Sequence[Any], prefix: str) -> Iterator[ComparedRow]:
    by_name = {row["name"]: row for row in theirs}
    for row in ours:
        name = prefix + row.name
        other = by_name.pop(row.name, None)
        if other is None:
            yield ComparedRow(name, row.parameters.value, None, False, "Keras has no such row")
            continue
        differences = ", ".join(_differences(row, other))
        yield ComparedRow(name, row.parameters.value, other["params"], not differences, differences)
        if other.get("children") and row.children:
            yield from _rows(row.children, other["children"], f"{name}/")
    for other in by_name.values():
        yield ComparedRow(
            prefix + other["name"], None, other["params"], False, "we have no such row"
        )


def _differences(row: Row, other: Mapping[str, Any]) -> Iterator[str]:
    """What differs; what one side does not know cannot differ."""
    if _differ(row.parameters.value, other["params"]):
        yield "params"
    if _differ(row.trainable_params, other["trainable"]):
        yield f"trainable params {row.trainable_params:,} and {other['trainable']:,}"
    ours, theirs = _flat(sizes_of(row.output_shape)), other["shape"]
    if theirs is not None and _is_known(row.output_shape) and ours != _flat(theirs):
        yield f"output shape {_shown(ours)} and {_shown(_flat(theirs))}"


def _differ(ours: int | None, theirs: int | None) -> bool:
    return ours is not None and theirs is not None and ours != theirs


def _totals(analysis: Analysis, reply: Mapping[str, Any]) -> Iterator[ComparedRow]:
    for label, total, key in (
        ("Total params", analysis.total, "params"),
        ("Trainable params", analysis.trainable, "trainable"),
        ("Non-trainable params", analysis.non_trainable, "non_trainable"),
    ):
        theirs = reply.get(key)
        if theirs is None or total.at_least:
            continue
        agrees = total.value == theirs
        yield ComparedRow(label, total.value, theirs, agrees, "" if agrees else "params")


def _is_known(structure: Structure) -> bool:
    leaves = list(flatten(structure))
    return bool(leaves) and all(isinstance(one, Shape) and one.is_complete for one in leaves)


def _flat(shapes: Any) -> list[Any]:
    """The shapes one after the other, as a summary lists them."""
    if isinstance(shapes, list) and any(isinstance(one, list) for one in shapes):
        return [leaf for one in shapes for leaf in _flat(one)]
    return [shapes]


def _shown(shapes: list[Any]) -> Any:
    return shapes[0] if len(shapes) == 1 else shapes
