"""Report: an analysis with its comparisons and findings, ready to be shown or written as JSON."""

from __future__ import annotations

from typing import NamedTuple

from rnninspect.analysis.counting import OwnedWeight
from rnninspect.analysis.result import Analysis, Row, Total
from rnninspect.comparison.compare import Comparison, Status
from rnninspect.diagnostics import Diagnostic, Severity
from rnninspect.ir.structures import Structure, flatten, sizes_of
from rnninspect.json_values import Json
from rnninspect.sources.models import StoredTensor
from rnninspect.version import __version__

SCHEMA = "rnninspect.summary/1"


class ModelReport(NamedTuple):
    """One model: its analysis, what the witnesses say, and what was found."""

    analysis: Analysis
    comparisons: tuple[Comparison, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def name(self) -> str:
        """The model's name."""
        return self.analysis.name

    @property
    def layers(self) -> tuple[Row, ...]:
        """One row for each row of ``model.summary()``, without input layers."""
        return self.analysis.layers

    @property
    def total(self) -> Total:
        """How many parameters the model has (``value``), or at least has (``at_least``)."""
        return self.analysis.total

    def to_dict(self) -> dict[str, Json]:
        """Return the contract's form of one model."""
        analysis = self.analysis
        binding = analysis.model.binding
        return {
            "name": analysis.name,
            "class_name": analysis.model.class_name,
            "place": analysis.model.place.to_dict(),
            "binding": None
            if binding is None
            else {"name": binding.name, "text": binding.text, "place": binding.place.to_dict()},
            "complete": analysis.is_complete,
            "layers": [_row(row) for row in analysis.layers],
            "totals": {
                "params": analysis.total.value,
                "trainable_params": analysis.trainable.value,
                "non_trainable_params": analysis.non_trainable.value,
                "bytes": analysis.bytes.value,
                "at_least": analysis.total.at_least,
            },
            "comparisons": [comparison.to_dict() for comparison in self.comparisons],
            "diagnostics": [diagnostic.to_dict() for diagnostic in self.diagnostics],
        }


class Report(NamedTuple):
    """All that is known about a source."""

    path: str
    format: str
    keras_version: str | None
    models: tuple[ModelReport, ...]
    notes: tuple[str, ...] = ()

    @property
    def disagrees(self) -> bool:
        """Whether any witness has other numbers than we do."""
        return any(
            comparison.status is Status.DISAGREE
            for model in self.models
            for comparison in model.comparisons
        )

    @property
    def has_findings(self) -> bool:
        """Whether Keras would reject any of the models."""
        return any(
            diagnostic.severity is Severity.ERROR
            for model in self.models
            for diagnostic in model.diagnostics
        )

    def to_dict(self) -> dict[str, Json]:
        """Return the contract's JSON form."""
        return {
            "schema": SCHEMA,
            "version": __version__,
            "source": {
                "path": self.path,
                "format": self.format,
                "keras_version": self.keras_version,
            },
            "models": [model.to_dict() for model in self.models],
        }


def _row(row: Row) -> dict[str, Json]:
    formula = row.formula
    entry = {
        "name": row.name,
        "class_name": row.class_name,
        "inbound": list(row.inbound),
        "input_shape": _shape(row.input_shape),
        "output_shape": _shape(row.output_shape),
        "params": row.parameters.value,
        "trainable_params": row.trainable_params,
        "non_trainable_params": row.non_trainable_params,
        "formula": (
            None if formula is None else {"symbols": formula.symbols, "numbers": formula.numbers}
        ),
        "weights": [_weight(owned) for owned in row.weights]
        or [_stored(tensor) for tensor in row.stored],
        "mask": row.mask.value,
        "unknown": row.unknown or None,
        "children": [_row(child) for child in row.children],
    }
    if row.readings:
        entry["readings"] = [
            {
                "arguments": dict(arguments),
                "input_shape": _shape(reading.input_shape),
                "weights": [_weight(owned) for owned in reading.weights],
            }
            for arguments, reading in row.readings
        ]
    return entry


def _weight(owned: OwnedWeight) -> dict[str, Json]:
    weight = owned.weight
    return {
        "name": owned.path,
        "shape": list(weight.stored_shape),
        "params": weight.count.value,
        "trainable": weight.trainable,
        "dtype": weight.dtype,
        "per": [{"gate": gate, "params": weight.one_copy.value} for gate in weight.per],
    }


def _stored(tensor: StoredTensor) -> dict[str, Json]:
    """Return a tensor that only the file describes; whether it trains is not known."""
    return {
        "name": tensor.path,
        "shape": list(tensor.shape),
        "params": tensor.numbers,
        "trainable": None,
        "dtype": tensor.dtype,
        "per": [],
    }


def _shape(structure: Structure) -> Json:
    """Return a shape as a list; several as a flat list of lists, as a summary has them."""
    shapes = [sizes_of(leaf) for leaf in flatten(structure)]
    return shapes[0] if len(shapes) == 1 else shapes
