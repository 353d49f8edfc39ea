"""The layers of a model in Keras's order: what is furthest from the outputs comes first.

Source: ``keras/src/ops/function.py``, ``map_graph`` and ``_build_map``. The depth of a layer is the
longest way from it to an output; layers of one depth are in the order in which they are met on the
way back from the outputs.
"""

from __future__ import annotations

from rnninspect.layers.operations import TensorOperation
from rnninspect.reader.keras.plain import leaves
from rnninspect.reader.values import GraphRef, LayerRef, Tensor, Use

_Node = Use | LayerRef
"""A use of a layer, or an input layer."""


class _Map:
    """The nodes of a graph, each after those it takes tensors from."""

    def __init__(self, starts: list[Tensor], outputs: object) -> None:
        self.starts = {id(tensor) for tensor in starts}
        self.indices: dict[LayerRef, int] = {}
        self.nodes: list[_Node] = []
        seen: set[int] = set()
        waiting = [(tensor, False) for tensor in reversed(_tensors(outputs))]
        while waiting:
            tensor, is_done = waiting.pop()
            node = self.node_of(tensor)
            if node is None:
                continue
            if is_done:
                self.nodes.append(node)
                continue
            if id(node) in seen:
                continue
            seen.add(id(node))
            self.indices.setdefault(_layer_of(node), len(self.indices))
            waiting.append((tensor, True))
            waiting += [(source, False) for source in reversed(_sources(node))]

    def node_of(self, tensor: Tensor) -> _Node | None:
        """Return where a tensor comes from; None where the model begins without an input layer."""
        if tensor.input_layer is not None:
            return tensor.input_layer
        return None if id(tensor) in self.starts else tensor.use


def _tensors(structure: object) -> list[Tensor]:
    return [leaf for leaf in leaves(structure) if isinstance(leaf, Tensor)]


def _layer_of(node: _Node) -> LayerRef:
    return node if isinstance(node, LayerRef) else node.layer


def _sources(node: _Node) -> list[Tensor]:
    return [] if isinstance(node, LayerRef) else _tensors([node.args, dict(node.kwargs)])


def layers_of(graph: GraphRef) -> list[LayerRef]:
    """Return the layers of a model as ``model.layers`` lists them; operations are none."""
    starts = _tensors(graph.inputs)
    found = _Map(starts, graph.outputs)
    node_depths: dict[int, int] = {}
    depths: dict[LayerRef, int] = {}
    for node in reversed(found.nodes):
        layer = _layer_of(node)
        depth = max(node_depths.get(id(node), 0), depths.get(layer, 0))
        depths[layer] = node_depths[id(node)] = depth
        for tensor in _sources(node):
            source = found.node_of(tensor)
            if source is not None:
                node_depths[id(source)] = max(depth + 1, node_depths.get(id(source), 0))
    for tensor in starts:
        if tensor.input_layer is not None and tensor.input_layer not in depths:
            depths[tensor.input_layer] = 0
            found.indices[tensor.input_layer] = -1
    layers = [layer for layer in depths if not isinstance(layer.operation, TensorOperation)]
    return sorted(layers, key=lambda layer: (-depths[layer], found.indices[layer]))
