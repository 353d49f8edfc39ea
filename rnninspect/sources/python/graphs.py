"""Tensors with their history become a Model: backwards from the outputs to where they begin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rnninspect.diagnostics import Place
from rnninspect.ir.model import Edge, Model, Node
from rnninspect.ir.operation import Operation
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Structure, flatten, map_structure
from rnninspect.layers.unmodelled import Unmodelled
from rnninspect.sources.python.values import Array, Graph, Made, Missing, Stack, Tensor, Use


class _Tracer:
    """Gives every layer its name in the model, and every use its number."""

    def __init__(self) -> None:
        self.names: dict[int, str] = {}
        self.layers: dict[str, Operation] = {}
        self.input_shapes: dict[str, Structure] = {}
        self.hidden: set[str] = set()
        self.numbers: dict[int, int] = {}
        self.calls: dict[str, int] = {}
        self.nodes: list[Node] = []
        self.ends: dict[int, str] = {}
        self.made: list[Made] = []

    def name_of(self, layer: Made) -> str:
        key = id(layer)
        if key not in self.names:
            stated = layer.operation.name or layer.operation.class_name
            name, number = stated, 1
            while name in self.layers or name in self.input_shapes:
                name, number = f"{stated}_{number}", number + 1
            self.names[key] = name
            self.layers[name] = layer.operation
        return self.names[key]

    def edge(self, value: Any) -> Any:
        if isinstance(value, Array):
            return value.shape
        if isinstance(value, Missing):
            return Shape.unknown(value.reason)
        if not isinstance(value, Tensor):
            return value
        if value.use is not None and id(value) not in self.ends:
            return Edge(self.name_of(value.use.layer), self.numbers[id(value.use)], value.index)
        return Edge(self.end(value), 0, 0)

    def end(self, tensor: Tensor) -> str:
        """The name of a tensor at which the model begins."""
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

    def trace(self, outputs: Structure, inputs: Iterable[Tensor]) -> None:
        for tensor in inputs:
            self.end(tensor)
        for use in self.in_order(outputs):
            name = self.name_of(use.layer)
            self.made.append(use.layer)
            number = self.calls.get(name, 0)
            self.calls[name] = number + 1
            self.numbers[id(use)] = number
            args = tuple(map_structure(self.edge, one) for one in use.args)
            kwargs = {key: map_structure(self.edge, value) for key, value in use.kwargs.items()}
            self.nodes.append(Node(name, number, args, kwargs, use.place, made_at=use.layer.place))

    def in_order(self, outputs: Structure) -> list[Use]:
        """Every use behind the outputs, each after those it takes tensors from."""
        done: dict[int, Use] = {}
        stack = [(use, False) for use in _uses(outputs, self.ends)]
        while stack:
            use, ready = stack.pop()
            if id(use) in done:
                continue
            if ready:
                done[id(use)] = use
                continue
            stack.append((use, True))
            stack += [
                (one, False)
                for one in reversed(_uses([use.args, dict(use.kwargs)], self.ends))
                if id(one) not in done
            ]
        return list(done.values())


def _uses(structure: Any, ends: dict[int, str]) -> list[Use]:
    return [
        leaf.use
        for leaf in flatten(structure)
        if isinstance(leaf, Tensor) and leaf.use is not None and id(leaf) not in ends
    ]


def model_of(
    outputs: Structure,
    inputs: Iterable[Tensor],
    *,
    name: str | None,
    model_class: str,
    place: Place,
    notes: tuple[str, ...] = (),
) -> Model:
    """The model between inputs and outputs; tensors without a history become inputs too."""
    tracer = _Tracer()
    given = list(inputs)
    tracer.trace(outputs, given)
    ends = map_structure(tracer.edge, outputs)
    starts = [Edge(tracer.ends[id(one)], 0, 0) for one in given]
    return Model(
        name=name,
        model_class=model_class,
        layers=tracer.layers,
        nodes=tuple(tracer.nodes),
        inputs=starts[0] if len(starts) == 1 else starts,
        outputs=ends,
        input_shapes=tracer.input_shapes,
        hidden_inputs=frozenset(tracer.hidden),
        place=place,
        notes=notes,
    )


def operation_of(value: Stack | Graph) -> Model | Unmodelled:
    """A model of the program as a Model; unmodelled where not all of it is known."""
    if isinstance(value, Stack):
        if value.input is None or value.doubts or value.failed:
            reason = value.doubts[0] if value.doubts else "its input shape is not known"
            return Unmodelled(name=value.name, written_class="Sequential", reason=reason)
        return model_of(
            value.output,
            [value.input],
            name=value.name,
            model_class="Sequential",
            place=value.place,
        )
    leaves = [*flatten(value.inputs), *flatten(value.outputs)]
    if not all(isinstance(leaf, Tensor) for leaf in leaves):
        reason = "its inputs or outputs are not known"
        return Unmodelled(name=value.name, written_class=value.class_name, reason=reason)
    return model_of(
        value.outputs,
        list(flatten(value.inputs)),
        name=value.name,
        model_class=value.class_name,
        place=value.place,
    )


def rejected_model(use: Use, name: str | None) -> Model:
    """What leads to a use that Keras rejects, the rejected use last."""
    first = use.layer.first_use
    # What the layer was used on before may be why it is rejected now.
    before: list[Any] = (
        [] if first is None or first is use else [Tensor(Shape.unknown("before"), first)]
    )
    ends: list[Any] = [Tensor(Shape.unknown("Keras rejects"), use), *before]
    return model_of(
        ends,
        [],
        name=name,
        model_class="Sequential" if name else "Functional",
        place=use.place,
    )


def fragment_of(outputs: Structure) -> Model:
    """What leads to tensors of which it is not known what becomes of them."""
    tensors = [one for one in flatten(outputs) if isinstance(one, Tensor)]
    return model_of(tensors, [], name=None, model_class="Functional", place=Place())


def uses_behind(outputs: Structure) -> list[Use]:
    """Every use that leads to tensors, each after those it takes tensors from."""
    return _Tracer().in_order(outputs)


def layers_of(graph: Graph) -> list[Made]:
    """The layers of a graph, those that others take tensors from first."""
    tracer = _Tracer()
    starts = [one for one in flatten(graph.inputs) if isinstance(one, Tensor)]
    tracer.trace(graph.outputs, starts)
    inputs = [one.input_layer for one in starts if one.input_layer is not None]
    return list(dict.fromkeys([*inputs, *tracer.made]))
