"""Our rows beside those of Keras's own ``model.summary()``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rnninspect.analysis.analyse import Analysis, Row
from rnninspect.comparison.compare import ComparedRow, Comparison, Status
from rnninspect.dims import Shape
from rnninspect.graph import Structure, sizes_of

AGAINST = "keras"


def compare_keras(analysis: Analysis, reply: Mapping[str, Any]) -> Comparison:
    """Compare shape, count and trainable count of every row, then the totals."""
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
    ours, theirs = sizes_of(row.output_shape), other["shape"]
    if theirs is not None and _is_known(row.output_shape) and _one(ours) != _one(theirs):
        yield f"output shape {ours} and {theirs}"


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
    if isinstance(structure, Shape):
        return structure.is_complete
    if isinstance(structure, Mapping):
        return all(_is_known(one) for one in structure.values())
    return isinstance(structure, list | tuple) and all(_is_known(one) for one in structure)


def _one(shapes: Any) -> Any:
    """A list of one shape is that shape, as Keras prints it."""
    while isinstance(shapes, list) and len(shapes) == 1 and isinstance(shapes[0], list):
        shapes = shapes[0]
    return shapes
