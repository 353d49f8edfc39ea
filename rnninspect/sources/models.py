"""Models: what a reader found, and the stored weights beside it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from rnninspect.ir.model import Model
from rnninspect.json_values import JsonObject
from rnninspect.sources.formats import SourceFormat

if TYPE_CHECKING:  # most models need none of these
    from rnninspect.sources.keras_summary import KerasSummary
    from rnninspect.sources.printed_table import PrintedTable
    from rnninspect.sources.recipe_types import Recipe


class StoredTensor(NamedTuple):
    """One stored weight: its path in the file, its shape, its dtype."""

    path: str
    shape: tuple[int, ...]
    dtype: str

    @property
    def numbers(self) -> int:
        """How many numbers it holds."""
        return math.prod(self.shape)


class WeightLayout(StrEnum):
    """How stored tensors are grouped."""

    KERAS = "keras"
    """As Keras 3 does: ``layers/lstm/cell/vars/0``."""
    LEGACY = "legacy"
    """A group for each layer name, as in ``.h5`` files."""
    LIVE = "live"
    """A group for each layer name, from a live model."""


class StoredWeights(NamedTuple):
    """The stored tensors of a file, in groups as Keras wrote them."""

    layout: WeightLayout
    tensors: tuple[StoredTensor, ...]
    notes: tuple[str, ...] = ()


class Models(NamedTuple):
    """What a source holds: its models, and where it came from."""

    path: str
    format: SourceFormat
    models: tuple[Model, ...]
    keras_version: str | None = None
    config: JsonObject | None = None
    """The model's config as it was written, where the source has one."""
    stored: Callable[[], StoredWeights] | None = None
    """Reads the stored weights' shapes; None where the source has no weights."""
    for_keras: Path | JsonObject | None = None
    """The file or the config that Keras itself can load; None where there is neither."""
    recipe: Callable[[Model], Recipe] | None = None
    """Returns how Keras builds one of the models; raises NotRebuildable."""
    printed: Mapping[Model, PrintedTable] | None = None
    """The table of a printed summary for each model, if that is what was read."""
    summary: KerasSummary | None = None
    """What Keras itself has stated about a live model."""
    beside: Mapping[Model, tuple[PrintedTable, ...]] = MappingProxyType({})
    """The summaries that the cell of a notebook printed, by the model whose summary it prints."""
    notes: tuple[str, ...] = ()
