"""A recurrent layer's count split by gate and by weight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rnninspect.analysis.counting import count
from rnninspect.analysis.result import Row
from rnninspect.ir.dims import ZERO, Dim, total
from rnninspect.ir.weights import Weight


class GateCount(NamedTuple):
    """The parameters of one gate in each weight, and together."""

    gate: str
    counts: tuple[Dim, ...]
    total: Dim


class GateSplit(NamedTuple):
    """One recurrent layer or cell: a line for each gate, and their sum.

    ``owner`` is the path inside the row's layer (``forward_layer``), empty for the layer itself.
    ``weights`` names the columns: ``kernel``, ``recurrent_kernel``, ``bias``.
    """

    row: Row
    owner: str
    weights: tuple[str, ...]
    gates: tuple[GateCount, ...]
    total: GateCount


def gate_splits(rows: Sequence[Row]) -> Iterator[GateSplit]:
    """Yield a split for every recurrent layer and cell in the rows, also inside nested models."""
    for row in rows:
        if row.formula is None and row.children:
            yield from gate_splits(row.children)
            continue
        owners: dict[str, list[Weight]] = {}
        for owned in row.weights:
            owner = owned.path.rpartition("/")[0]
            owners.setdefault(owner, []).append(owned.weight)
        for owner, weights in owners.items():
            if any(weight.name == "recurrent_kernel" for weight in weights):
                yield _split(row, owner, weights)


def _split(row: Row, owner: str, weights: Sequence[Weight]) -> GateSplit:
    counts = {
        gate: tuple(weight.one_copy if gate in weight.per else ZERO for weight in weights)
        for gate in weights[0].per
    }
    return GateSplit(
        row,
        owner,
        tuple(weight.name for weight in weights),
        tuple(GateCount(gate, held, total(held)) for gate, held in counts.items()),
        GateCount("all", tuple(weight.count for weight in weights), count(weights)),
    )
