"""analyse: a Model becomes an Analysis, with every row and total that follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rnninspect.analysis.counting import number_of
from rnninspect.analysis.result import Analysis, Total
from rnninspect.analysis.rows import rows_of
from rnninspect.ir.model import Model
from rnninspect.ir.operation import Application
from rnninspect.ir.weights import Weight
from rnninspect.sources.models import Models

if TYPE_CHECKING:  # most models are counted without the stored weights
    from rnninspect.analysis.stored import Shelf


def analyse_as_read(models: Models, model: Model) -> Analysis:
    """Work out a model of a source, whatever it was read from."""
    if models.printed is None:
        return analyse(model)
    # Only printed summaries pay for the import.
    from rnninspect.analysis.printed import analyse_printed

    return analyse_printed(model, models.printed[model])


def analyse(model: Model, shelf: Shelf | None = None) -> Analysis:
    """Work out every row of a model. ``shelf`` counts the layers that are not modelled."""
    rows = tuple(rows_of(model, model.reference, shelf, ""))
    applications = _top_level(model)
    weights = [w for application in applications for w in application.all_weights()]
    # Keras counts a model's trainable parameters by its variables, not by its layers.
    trainable = [w for w in weights if w.trainable and model.trainable]
    frozen = [w for w in weights if not (w.trainable and model.trainable)]
    from_file = sum(row.parameters.value or 0 for row in rows if row.counted_from_file)
    part_of_those = sum(
        number_of(owned.weight for owned in row.weights) or 0
        for row in rows
        if row.counted_from_file
    )
    extra = from_file - part_of_those
    at_least = any(row.unknown or row.parameters.value is None for row in rows)
    sizes = [w.bytes for w in weights]
    bytes_from_file = sum(row.bytes or 0 for row in rows if row.counted_from_file)
    known_bytes = sum(size for size in sizes if size is not None)
    return Analysis(
        model=model,
        layers=rows,
        total=Total(_sum(weights) + extra, at_least),
        trainable=Total(_sum(trainable), at_least),
        non_trainable=Total(_sum(frozen), at_least),
        bytes=Total(known_bytes + bytes_from_file, at_least or None in sizes),
        notes=model.notes,
    )


def _sum(weights: Sequence[Weight]) -> int:
    return sum(weight.count.value or 0 for weight in weights)


def _top_level(model: Model) -> Iterator[Application]:
    seen: set[int] = set()
    for name, operation in model.layers.items():
        application = model.reference.get((name, 0))
        if application is not None and id(operation) not in seen:
            seen.add(id(operation))
            yield application
