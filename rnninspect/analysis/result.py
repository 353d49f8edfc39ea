"""Analysis: a model with its rows and totals; what a summary row is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from rnninspect.analysis.counting import OwnedWeight
from rnninspect.analysis.masks import Mask
from rnninspect.ir.dims import Dim
from rnninspect.ir.edge import Edge
from rnninspect.ir.formula import Formula
from rnninspect.ir.model import Model
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure, flatten
from rnninspect.sources.models import StoredTensor


class Row(NamedTuple):
    """One layer of a model as a summary shows it.

    ``parameters`` is the count with its arithmetic. A layer that is not modelled has its count
    from the stored weights (``counted_from_file``), if there are any.
    """

    name: str
    class_name: str
    inbound: tuple[str, ...]
    connections: tuple[str, ...]
    input_shape: Structure
    output_shape: Structure
    parameters: Dim
    trainable_params: int | None
    trainable: bool
    formula: Formula | None
    weights: tuple[OwnedWeight, ...]
    bytes: int | None
    mask: Mask = Mask.NONE
    unknown: str = ""
    stored: tuple[StoredTensor, ...] = ()
    """The stored tensors of a layer that is not modelled."""
    stored_path: str | None = None
    """The group of the file that holds the layer's weights, where it has one of its own."""
    children: tuple[Row, ...] = ()
    readings: tuple[tuple[Mapping[str, Any], Row], ...] = ()
    """Of a printed summary: the arguments that explain the count, each with the row they make."""

    @property
    def counted_from_file(self) -> bool:
        """Whether the count is that of the stored tensors."""
        return bool(self.stored)

    @property
    def non_trainable_params(self) -> int | None:
        """The number of parameters that training does not change."""
        if self.parameters.value is None or self.trainable_params is None:
            return None
        return self.parameters.value - self.trainable_params

    @property
    def is_complete(self) -> bool:
        """Whether count and output shape are known."""
        return (
            self.parameters.value is not None
            and not self.unknown
            and all(isinstance(s, Shape) and s.is_complete for s in flatten(self.output_shape))
        )


class Total(NamedTuple):
    """A sum over layers; ``at_least`` where a layer's part in it is not known."""

    value: int
    at_least: bool = False


class Analysis(NamedTuple):
    """A model with every shape and count that could be worked out."""

    model: Model
    layers: tuple[Row, ...]
    total: Total
    trainable: Total
    non_trainable: Total
    bytes: Total
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The model's name."""
        return self.model.name or "model"

    @property
    def is_complete(self) -> bool:
        """Whether every layer's count and shape are known."""
        return all(row.is_complete for row in self.layers)

    @property
    def is_linear(self) -> bool:
        """Whether each layer just takes the output of the one before."""
        names = [node.layer for node in self.model.nodes]
        if len(set(names)) != len(names) or len(self.model.input_shapes) > 1:
            return False
        used: set[str] = set()
        for node in self.model.nodes:
            sources = [
                leaf.layer
                for leaf in flatten([node.args, dict(node.kwargs)])
                if isinstance(leaf, Edge)
            ]
            if len(sources) != 1 or sources[0] in used:
                return False
            used.add(sources[0])
        return True
