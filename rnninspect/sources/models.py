"""Models: what a reader found, and the stored weights beside it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from rnninspect.ir.model import Model


class StoredTensor(NamedTuple):
    """One stored weight: its path in the file, its shape, its dtype."""

    path: str
    shape: tuple[int, ...]
    dtype: str

    @property
    def numbers(self) -> int:
        """How many numbers it holds."""
        return math.prod(self.shape)


class StoredWeights(NamedTuple):
    """The stored tensors of a file, in groups as Keras wrote them.

    ``layout`` is ``"keras"`` (``layers/lstm/cell/vars/0``), ``"legacy"`` (a group for each layer
    name, as in ``.h5`` files) or ``"live"`` (a group for each layer name, from a live model).
    """

    layout: str
    tensors: tuple[StoredTensor, ...]
    notes: tuple[str, ...] = ()


class Models(NamedTuple):
    """What a source holds: its models, and where it came from."""

    path: str
    format: str
    models: tuple[Model, ...]
    keras_version: str | None = None
    config: Mapping[str, Any] | None = None
    """The model's config as it was written, where the source has one."""
    stored: Callable[[], StoredWeights] | None = None
    """Reads the stored weights' shapes; None where the source has no weights."""
    for_keras: Callable[[], str] | None = None
    """The path that Keras itself can load; None where there is none."""
    recipe: Callable[[Model], Mapping[str, Any]] | None = None
    """How Keras builds one of the models anew; raises NotRebuildable."""
    printed: Mapping[Model, Any] | None = None
    """The table of a printed summary that stands for each model, if that is what was read."""
    witness: Mapping[str, Any] | None = None
    """What Keras has already said about a live model."""
    notes: tuple[str, ...] = ()
