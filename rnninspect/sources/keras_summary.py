"""What ``model.summary()`` of real Keras shows, as data that can pass between processes."""

from __future__ import annotations

from typing import NamedTuple

from rnninspect.ir.structures import NestedSizes
from rnninspect.json_values import (
    Json,
    Malformed,
    expect_count,
    expect_list,
    expect_object,
    expect_text,
)


class KerasRow(NamedTuple):
    """One row of the summary; counts are None where the layer is not built.

    ``shape`` is the output shape as nested lists of sizes, None where Keras does not state it.
    """

    name: str
    class_name: str
    shape: NestedSizes
    params: int | None
    trainable: int | None
    children: tuple[KerasRow, ...] = ()

    def to_dict(self) -> dict[str, Json]:
        """Return the row as JSON; ``parse`` is the inverse."""
        return {**self._asdict(), "children": [child.to_dict() for child in self.children]}

    @staticmethod
    def parse(value: Json) -> KerasRow:
        """Return the row in a JSON value; raise Malformed if it is not one."""
        row = expect_object(value)
        return KerasRow(
            name=expect_text(row.get("name")),
            class_name=expect_text(row.get("class_name")),
            shape=_sizes(row.get("shape")),
            params=expect_count(row.get("params")),
            trainable=expect_count(row.get("trainable")),
            children=tuple(map(KerasRow.parse, expect_list(row.get("children", [])))),
        )


class KerasSummary(NamedTuple):
    """The rows and the three totals of a summary, and the Keras that printed it.

    ``engine`` names Keras and its backend, for instance ``keras 3.15.1 (tensorflow 2.21.0)``.
    """

    engine: str
    name: str
    rows: tuple[KerasRow, ...]
    params: int | None = None
    trainable: int | None = None
    non_trainable: int | None = None

    def to_dict(self) -> dict[str, Json]:
        """Return the summary as JSON; ``parse`` is the inverse."""
        return {**self._asdict(), "rows": [row.to_dict() for row in self.rows]}

    @staticmethod
    def parse(value: Json) -> KerasSummary:
        """Return the summary in a JSON value; raise Malformed if it is not one."""
        summary = expect_object(value)
        return KerasSummary(
            engine=expect_text(summary.get("engine")),
            name=expect_text(summary.get("name")),
            rows=tuple(map(KerasRow.parse, expect_list(summary.get("rows")))),
            params=expect_count(summary.get("params")),
            trainable=expect_count(summary.get("trainable")),
            non_trainable=expect_count(summary.get("non_trainable")),
        )


def _sizes(value: Json) -> NestedSizes:
    if isinstance(value, list | tuple):
        return [_sizes(item) for item in value]
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise Malformed(f"expected sizes, found {type(value).__name__}")
