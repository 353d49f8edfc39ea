"""How a functional config names the tensors that go into a layer: Keras 3's way and the older."""

from __future__ import annotations

from collections.abc import Mapping

from rnninspect.diagnostics import Place
from rnninspect.errors import UnreadableSource
from rnninspect.ir.model import Edge, Model, Node
from rnninspect.ir.operation import Operation
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure
from rnninspect.json_values import Json
from rnninspect.sources.entries import shape_of

MAX_ARGUMENT_LEVELS = 50
"""Lists and dicts inside each other in the arguments of one call; real ones stay below five."""


class InboundReader:
    """Turns the ways a functional config names tensors into Edges."""

    def __init__(
        self, path: str, layers: Mapping[str, Operation], calls: Mapping[str, int]
    ) -> None:
        self.path = path
        self.layers = layers
        self.calls = calls

    def node(self, name: str, call: int, data: Json, place: Place, built_on: Shape | None) -> Node:
        if isinstance(data, Mapping):  # Keras 3
            args = self._decoded(data.get("args", []))
            kwargs = self._decoded(data.get("kwargs", {}))
            args = args if isinstance(args, list) else []
            kwargs = kwargs if isinstance(kwargs, dict) else {}
            return Node(name, call, tuple(args), kwargs, place, built_on)
        tensors, keywords = [], {}  # Keras 1 and 2: [[name, call, tensor, keywords], ...]
        entries = data if isinstance(data, list) else []
        if entries and isinstance(entries[0], str):  # one tensor, or a constant, without brackets
            entries = [entries]
        for item in entries:
            if isinstance(item, list) and len(item) >= 3 and isinstance(item[0], str):
                if item[0] == "_CONSTANT_VALUE":
                    tensors.append(item[2])
                else:
                    tensors.append(self._edge(item[0], item[1], item[2]))
                if len(item) > 3 and isinstance(item[3], Mapping):
                    keywords.update({k: self.ends(v) for k, v in item[3].items()})
        args = (tensors[0] if len(tensors) == 1 else tensors,) if tensors else ()
        return Node(name, call, args, keywords, place, built_on)

    def ends(self, structure: Json, level: int = 0) -> Structure:
        """Return edges for ``[name, call, tensor]`` lists, nested in lists and dicts."""
        self._check(level)
        if isinstance(structure, list | tuple):
            if (
                len(structure) == 3
                and isinstance(structure[0], str)
                and structure[0] in self.layers
                and all(isinstance(n, int) for n in structure[1:])
            ):
                return self._edge(*structure)
            return [self.ends(item, level + 1) for item in structure]
        if isinstance(structure, Mapping):
            if structure.keys() == {"start", "stop", "step"}:
                return slice(structure["start"], structure["stop"], structure["step"])
            if structure.get("class_name") == "__ellipsis__":
                return Ellipsis
            return {key: self.ends(value, level + 1) for key, value in structure.items()}
        return structure

    def _decoded(self, value: Json, level: int = 0) -> Structure:
        self._check(level)
        if isinstance(value, list | tuple):
            return [self._decoded(item, level + 1) for item in value]
        if not isinstance(value, Mapping):
            return value
        kind, config = value.get("class_name"), value.get("config")
        if kind == "__keras_tensor__" and isinstance(config, Mapping):
            history = config.get("keras_history")
            if isinstance(history, list) and len(history) == 3:
                name, call, tensor = history
                return self._edge(name, call, tensor, shape_of(config.get("shape")))
        if kind == "__slice__" and isinstance(config, Mapping):
            return slice(*(config.get(key) for key in ("start", "stop", "step")))
        if kind == "__ellipsis__":
            return Ellipsis
        items = value.get("items")
        if kind == "__tuple__" and isinstance(items, list):
            return [self._decoded(item, level + 1) for item in items]
        if kind is not None:
            return None
        return {str(key): self._decoded(item, level + 1) for key, item in value.items()}

    def _check(self, level: int) -> None:
        if level > MAX_ARGUMENT_LEVELS:
            raise UnreadableSource(
                f"{self.path}: the arguments of a call are nested over {MAX_ARGUMENT_LEVELS} deep",
                "No real model's are; the file looks made to break readers.",
            )

    def _edge(self, name: Json, call: Json, tensor: Json, recorded: Shape | None = None) -> Edge:
        layer = str(name)
        number = call if isinstance(call, int) else 0
        operation = self.layers.get(layer)
        if isinstance(operation, Model) and (
            # Keras adds to a functional model a node of its own before its first use.
            operation.class_name != "Sequential" or number >= self.calls.get(layer, 0)
        ):
            number = max(number - 1, 0)
        return Edge(layer, number, tensor if isinstance(tensor, int) else 0, recorded)
