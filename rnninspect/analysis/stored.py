"""Which stored tensors belong to which layer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rnninspect.ir.model import Model
from rnninspect.sources.models import StoredTensor, StoredWeights, WeightLayout

_RANDOM_STATE = re.compile(r"(^|/)(seed_generator|_random_generator)(_\d+)?(/|$)")
"""States of random generators: variables of Keras that ``count_params`` does not count."""


_OLDER = "_layer_checkpoint_dependencies"
"""What Keras 2 called the group of a model's layers in ``.keras`` files."""


_BETWEEN = frozenset({"layers", _OLDER, "vars", "_layers"})


class Shelf(NamedTuple):
    """Stored tensors, found by the group that Keras keeps for a layer."""

    layout: WeightLayout
    groups: dict[str, list[StoredTensor]]
    container: str = "layers"
    """The group in which a model keeps those of its layers."""

    @staticmethod
    def of(weights: StoredWeights) -> Shelf:
        """Sort the tensors of a file under every group path that leads to them."""
        groups: dict[str, list[StoredTensor]] = {}
        for tensor in weights.tensors:
            path = tensor.path
            if _RANDOM_STATE.search(tensor.path):
                continue
            while path:
                path = path.rpartition("/")[0]
                groups.setdefault(path, []).append(tensor)
        return Shelf(weights.layout, groups, _OLDER if _OLDER in groups else "layers")

    def in_group(self, path: str | None) -> Sequence[StoredTensor]:
        """Return all tensors at or below a group; none where the group does not exist."""
        return self.groups.get(path, ()) if path is not None else ()

    def inside(self, group: str) -> Iterator[tuple[str, str, Sequence[StoredTensor]]]:
        """Yield the groups directly inside a group, without the names that Keras inserts."""
        names: dict[str, str] = {}
        start = f"{group}/" if group else ""
        for tensor in self.groups.get(group, ()):
            rest, prefix = tensor.path[len(start) :], start
            first, _, rest = rest.partition("/")
            while first in _BETWEEN and "/" in rest:
                prefix += f"{first}/"
                first, _, rest = rest.partition("/")
            if rest and first not in _BETWEEN:
                names.setdefault(first, prefix + first)
        for name, path in names.items():
            yield name, path, self.groups.get(path, ())

    def paths(self, model: Model, inside: str = "") -> Iterator[tuple[str, str | None]]:
        """Yield the name and the group of each layer of a model in group ``inside``.

        The group is None where the file keeps none for it alone: a layer of a model that stands
        inside another, in a legacy file.
        """
        if self.layout is not WeightLayout.KERAS:
            yield from ((name, None if inside else name) for name in model.layers)
            return
        used: dict[str, int] = {}
        base = f"{inside}/{self.container}" if inside else self.container
        for name, operation in model.layers.items():
            # Keras leaves the input out of `Sequential.layers`, by which it names the groups.
            if getattr(operation, "is_whole_model", False):
                yield name, inside
                continue
            is_input = model.class_name == "Sequential" and operation.class_name == "InputLayer"
            if is_input or not operation.is_listed:
                yield name, None
                continue
            snake = snake_case(operation.class_name)
            number = used.get(snake, 0)
            group = f"{base}/{snake}_{number}" if number else f"{base}/{snake}"
            # Keras 2 listed a layer with weights twice, and wrote it the first time.
            twice = self.container == _OLDER and group in self.groups
            used[snake] = number + (2 if twice else 1)
            yield name, group


def snake_case(name: str) -> str:
    """Return a class name as Keras names its group (``keras/src/utils/naming.py``)."""
    name = re.sub(r"\W+", "", name)
    name = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower()
