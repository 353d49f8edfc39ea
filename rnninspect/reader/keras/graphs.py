"""Tensors with their history become a Model: backwards from the outputs to where they begin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rnninspect.diagnostics import Place
from rnninspect.ir.model import Edge, Model, Node
from rnninspect.ir.operation import Operation
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure, map_structure
from rnninspect.layers.unmodelled import Unmodelled
from rnninspect.reader.cells import LayerCell, SequentialCell
from rnninspect.reader.keras.plain import Tensors, leaves
from rnninspect.reader.store import State
from rnninspect.reader.values import (
    Array,
    GraphRef,
    LayerRef,
    SequentialRef,
    Tensor,
    Unresolved,
    Use,
)


class Tracer:
    """Gives every layer its name in the model, and every use its number."""

    def __init__(self, state: State | None) -> None:
        self.state = state
        self.names: dict[LayerRef, str] = {}
        self.layers: dict[str, Operation] = {}
        self.input_shapes: dict[str, Structure] = {}
        self.hidden: set[str] = set()
        self.numbers: dict[int, int] = {}
        self.calls: dict[str, int] = {}
        self.nodes: list[Node] = []
        self.ends: dict[int, str] = {}
        self.made: list[LayerRef] = []

    def name_of(self, layer: LayerRef) -> str:
        """Return the name of a layer in the model: its own, or that with a number."""
        if layer not in self.names:
            stated = layer.operation.name or layer.operation.class_name
            name, number = stated, 1
            while name in self.layers or name in self.input_shapes:
                name, number = f"{stated}_{number}", number + 1
            self.names[layer] = name
            self.layers[name] = as_it_is_now(layer, self.state)
        return self.names[layer]

    def edge(self, value: Any) -> Any:
        """Return the edge that a tensor is in the model; the shape of data; others as they are."""
        if isinstance(value, Array):
            return value.shape
        if isinstance(value, Unresolved):
            return Shape.unknown(value.reason)
        if not isinstance(value, Tensor):
            return value
        if value.use is not None and id(value) not in self.ends:
            return Edge(self.name_of(value.use.layer), self.numbers[id(value.use)], value.index)
        return Edge(self.end(value), 0, 0)

    def end(self, tensor: Tensor) -> str:
        """Return the name of a tensor at which the model begins."""
        if id(tensor) not in self.ends:
            layer = tensor.input_layer
            if layer is not None:
                name = self.name_of(layer)
            else:
                name = f"input {len(self.ends) + 1}"
                self.hidden.add(name)
            self.ends[id(tensor)] = name
            self.input_shapes[name] = tensor.shape
        return self.ends[id(tensor)]

    def trace(self, outputs: Tensors, inputs: Iterable[Tensor]) -> None:
        """Follow the history of the outputs to the inputs, or to where it begins."""
        for tensor in inputs:
            self.end(tensor)
        for use in self.in_order(outputs):
            name = self.name_of(use.layer)
            self.made.append(use.layer)
            number = self.calls.get(name, 0)
            self.calls[name] = number + 1
            self.numbers[id(use)] = number
            args = tuple(map_structure(self.edge, value) for value in use.args)
            kwargs = {key: map_structure(self.edge, value) for key, value in use.kwargs.items()}
            self.nodes.append(Node(name, number, args, kwargs, use.place, made_at=use.layer.place))

    def in_order(self, outputs: Tensors) -> list[Use]:
        """Return every use behind the outputs, each after those it takes tensors from."""
        done: dict[int, Use] = {}
        waiting = [(use, False) for use in _uses(outputs, self.ends)]
        while waiting:
            use, is_ready = waiting.pop()
            if id(use) in done:
                continue
            if is_ready:
                done[id(use)] = use
                continue
            waiting.append((use, True))
            waiting += [
                (source, False)
                for source in reversed(_uses([use.args, dict(use.kwargs)], self.ends))
                if id(source) not in done
            ]
        return list(done.values())


def _uses(structure: Tensors, ends: Mapping[int, str]) -> list[Use]:
    return [
        leaf.use
        for leaf in leaves(structure)
        if isinstance(leaf, Tensor) and leaf.use is not None and id(leaf) not in ends
    ]


def as_it_is_now(layer: LayerRef, state: State | None) -> Operation:
    """Return the operation of a layer with what the program set on it since it was made."""
    operation: Operation = layer.operation
    cell = state.cells.get(layer) if state is not None else None
    if isinstance(cell, LayerCell):
        for name, value in cell.overrides:
            if name == "trainable" and isinstance(value, bool):
                operation = operation.but(trainable=True) if value else operation.frozen()
    return operation


def model_of(
    outputs: Tensors,
    inputs: Iterable[Tensor],
    *,
    name: str | None,
    model_class: str,
    place: Place,
    state: State | None = None,
) -> Model:
    """Return the model between inputs and outputs; tensors without a history become inputs too."""
    tracer = Tracer(state)
    starts = list(inputs)
    tracer.trace(outputs, starts)
    ends = map_structure(tracer.edge, outputs)
    edges = [Edge(tracer.ends[id(tensor)], 0, 0) for tensor in starts]
    return Model(
        name=name,
        model_class=model_class,
        layers=tracer.layers,
        nodes=tuple(tracer.nodes),
        inputs=edges[0] if len(edges) == 1 else edges,
        outputs=ends,
        input_shapes=tracer.input_shapes,
        hidden_inputs=frozenset(tracer.hidden),
        place=place,
    )


def operation_of(value: SequentialRef | GraphRef, state: State) -> Model | Unmodelled:
    """Return a model of the program as a Model; unmodelled where not all of it is known."""
    if isinstance(value, SequentialRef):
        cell: SequentialCell = state.get(value)
        return sequential_of(value, cell, state)
    ends = [*leaves(value.inputs), *leaves(value.outputs)]
    if not ends or not all(isinstance(leaf, Tensor) for leaf in ends):
        reason = "its inputs or outputs are not known"
        return Unmodelled(name=value.name, written_class=value.class_name, reason=reason)
    return model_of(
        value.outputs,
        list(leaves(value.inputs)),
        name=value.name,
        model_class=value.class_name,
        place=value.place,
        state=state,
    )


def sequential_of(value: SequentialRef, cell: SequentialCell, state: State) -> Model | Unmodelled:
    """Return a Sequential model as it is in a cell."""
    if cell.input is None or cell.doubts or cell.failed:
        reason = cell.doubts[0] if cell.doubts else "its input shape is not known"
        return Unmodelled(name=value.name, written_class="Sequential", reason=reason)
    return model_of(
        cell.output,
        [cell.input],
        name=value.name,
        model_class="Sequential",
        place=value.place,
        state=state,
    )


def rejected_model(use: Use, first: Use | None, name: str | None) -> Model:
    """Return what leads to a use that Keras rejects, the rejected use last.

    The first use of the layer is part of it: it may be why a later one is rejected.
    """
    before = [] if first is None or first is use else [Tensor(Shape.unknown("before"), first)]
    return model_of(
        [Tensor(Shape.unknown("Keras rejects it"), use), *before],
        [],
        name=name,
        model_class="Sequential" if name else "Functional",
        place=use.place,
    )


def fragment_of(outputs: Tensors) -> Model:
    """Return what leads to tensors of which it is not known what becomes of them."""
    tensors = [leaf for leaf in leaves(outputs) if isinstance(leaf, Tensor)]
    return model_of(tensors, [], name=None, model_class="Functional", place=Place())


def uses_behind(outputs: Tensors) -> list[Use]:
    """Return every use that leads to tensors, each after those it takes tensors from."""
    return Tracer(None).in_order(outputs)
