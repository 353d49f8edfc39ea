"""The one intermediate form: Model, Node and Edge, and the result of one use of an operation.

Readers build a Model; whoever analyses it calls ``apply`` on operations. A layer and a model are
both operations, so that a model can stand wherever a layer can.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple, TypeAlias

from rnninspect.diagnostics import Place
from rnninspect.ir.edge import Edge as Edge
from rnninspect.ir.operation import Application, Call, Operation, Part, Rejected, again, declare
from rnninspect.ir.shape import Shape
from rnninspect.ir.structures import Leaf, Structure, flatten, map_structure, pick

CallKey: TypeAlias = tuple[str, int]
"""A layer call: the layer's name in the model, and the number of the call."""


class Node(NamedTuple):
    """One use of a layer in a model; ``args`` and ``kwargs`` hold Edges and plain values."""

    layer: str
    call: int
    args: tuple[Structure, ...]
    kwargs: Mapping[str, Structure]
    place: Place = Place()
    built_on: Shape | None = None
    """The input shape the source says the layer was built on, if any."""
    made_at: Place = Place()
    """Where the layer itself was made, in a program."""


class Binding(NamedTuple):
    """The variable of a program that holds a model, and the statement that binds it."""

    name: str
    text: str
    """The statement's first line."""
    place: Place


@declare
class Model(Operation):
    """A model as it was written: its layers, how they are connected, what goes in and out."""

    holds = ("layers",)

    model_class: str
    layers: Mapping[str, Operation]
    nodes: tuple[Node, ...]
    inputs: Structure = None
    outputs: Structure = None
    input_shapes: Mapping[str, Structure]
    """The output of each input layer, by its name."""
    hidden_inputs: frozenset[str] = frozenset()
    """Input layers that stand for a shape given otherwise, and that Keras does not list."""
    place: Place = Place()
    notes: tuple[str, ...] = ()
    binding: Binding | None = None
    """The variable that holds it, in a program."""

    supports_masking = True

    @property
    def class_name(self) -> str:
        return self.model_class

    def is_called(self, name: str) -> bool:
        """Whether it has this name, or the variable that holds it has."""
        return name == self.name or (self.binding is not None and name == self.binding.name)

    @property
    def inner_model(self) -> tuple[str, Model] | None:
        return "", self

    @property
    def lacks_input_shape(self) -> bool:
        """Whether the shape of an input is stated nowhere."""
        return any(
            isinstance(shape, Shape) and shape.dims is None for shape in self.input_shapes.values()
        )

    @cached_property
    def reference(self) -> dict[CallKey, Application]:
        """Every use of every layer, on the model's own inputs, by layer name and call number."""
        return self.run(self.input_shapes, recorded=self._recorded)

    def apply(self, call: Call) -> Application:
        """Call the model on tensors, as a layer of another model."""
        bound = self._bind(call)
        same = all(_is_same(bound.get(name), stated) for name, stated in self.input_shapes.items())
        uses = self.reference if same else self.run({**self.input_shapes, **bound})
        output = self.resolve(self.outputs, uses)
        own = self.reference if self._inputs_are_stated else uses
        unknown = next((reason for reason in self.notes if not self.layers), "")
        parts = tuple(
            Part(name, application)
            for name in self.layers
            if (application := own.get((name, 0))) is not None
        )
        rejected = self.misfit(bound) or next(
            (use.rejected for use in uses.values() if use.rejected), None
        )
        return Application(self, call, output, (), parts, unknown, rejected)

    def misfit(self, tensors: Mapping[str, Structure], *, data: bool = False) -> Rejected | None:
        """Return why Keras rejects these inputs, by the names of input layers; None if it does not.

        ``data`` are judged by their rank; of symbolic tensors also every size but the batch counts
        (``keras/src/models/functional.py``: ``_adjust_input_rank`` and ``input_spec``).
        """
        for number, (name, wanted) in enumerate(self.input_shapes.items()):
            shape = tensors.get(name)
            if not isinstance(shape, Shape) or not isinstance(wanted, Shape):
                continue
            if shape.dims is None or wanted.dims is None:
                continue
            more = len(shape.dims) - len(wanted.dims)
            if more == 1 and shape.dims[-1].value in (1, None):
                continue
            if more == -1 and (not data or wanted.dims[-1].value in (1, None)):
                continue
            pairs = zip(shape.dims[1:], wanted.dims[1:], strict=False)
            if more == 0 and (
                data or all(None in (a.value, b.value) or a.value == b.value for a, b in pairs)
            ):
                continue
            return Rejected(
                f"Input {number} with name '{name}' of layer '{self.name}' is incompatible with "
                f"the layer: expected shape={wanted}, found shape={shape}",
                expected_ndim=len(wanted.dims) if more else None,
                found_ndim=len(shape.dims) if more else None,
            )
        return None

    @property
    def _inputs_are_stated(self) -> bool:
        return all(
            isinstance(shape, Shape) and shape.dims is not None
            for shape in self.input_shapes.values()
        )

    def on_its_own_inputs(self) -> Application:
        """Return the application of the model to the input shapes that it states itself."""
        shapes = map_structure(
            lambda leaf: self.input_shapes.get(leaf.layer) if isinstance(leaf, Edge) else leaf,
            self.inputs,
        )
        return self.apply(Call.on(shapes))

    def _bind(self, call: Call) -> dict[str, Structure]:
        leaves = [leaf for leaf in flatten(self.inputs) if isinstance(leaf, Edge)]
        shapes = [leaf for leaf in flatten(call.first) if isinstance(leaf, Shape)]
        if isinstance(call.first, Mapping) and not isinstance(self.inputs, Mapping):
            return {
                edge.layer: call.first[edge.layer] for edge in leaves if edge.layer in call.first
            }
        if len(leaves) != len(shapes):
            return {}
        return {edge.layer: shape for edge, shape in zip(leaves, shapes, strict=True)}

    @cached_property
    def _recorded(self) -> dict[CallKey, dict[int, Shape]]:
        """The shapes that the source states for the outputs of each use."""
        recorded: dict[CallKey, dict[int, Shape]] = {}
        for node in self.nodes:
            for leaf in flatten([node.args, dict(node.kwargs)]):
                if isinstance(leaf, Edge) and leaf.recorded is not None:
                    recorded.setdefault((leaf.layer, leaf.call), {})[leaf.tensor or 0] = (
                        leaf.recorded
                    )
        return recorded

    def run(
        self,
        inputs: Mapping[str, Structure],
        recorded: Mapping[CallKey, Mapping[int, Shape]] | None = None,
    ) -> dict[CallKey, Application]:
        """Apply every node once, each after those it takes tensors from.

        ``recorded`` fills in outputs that cannot be worked out; it is given for the model's own
        inputs, the only ones for which the shapes that a source states hold.
        """
        own, recorded = recorded is not None, recorded or {}
        uses: dict[CallKey, Application] = {}
        for name, shape in inputs.items():
            if name in self.layers:
                uses[name, 0] = Application(self.layers[name], Call(), shape)
            else:
                uses[name, 0] = Application(self, Call(), shape)
        for node in self.in_order:
            operation = self.layers[node.layer]
            call = Call(
                tuple(self.resolve(argument, uses) for argument in node.args),
                {key: self.resolve(argument, uses) for key, argument in node.kwargs.items()},
            )
            if own and node.built_on is not None and _first_is_unknown(call):
                call = Call((node.built_on, *call.args[1:]), call.kwargs)
            key = (node.layer, node.call)
            application = operation.apply(call)
            if (first := uses.get((node.layer, 0))) is not None:
                application = again(application, first)
            uses[key] = _with_recorded(application, recorded.get(key, {}))
        return uses

    @cached_property
    def in_order(self) -> tuple[Node, ...]:
        """The nodes so that each comes after its sources; nodes in a circle come last."""
        waiting: dict[CallKey, int] = {}
        by_key = {(node.layer, node.call): node for node in self.nodes}
        users: dict[CallKey, list[Node]] = {}
        for key, node in by_key.items():
            sources = {
                (leaf.layer, leaf.call)
                for leaf in flatten([node.args, dict(node.kwargs)])
                if isinstance(leaf, Edge)
            }
            inside = {source for source in sources if source in by_key}
            waiting[key] = len(inside)
            for source in inside:
                users.setdefault(source, []).append(node)
        ready = [key for key, count in waiting.items() if count == 0]
        order = []
        for key in ready:
            order.append(by_key[key])
            for user in users.get(key, ()):
                user_key = (user.layer, user.call)
                waiting[user_key] -= 1
                if waiting[user_key] == 0:
                    ready.append(user_key)
        done = set(ready)
        return (*order, *(node for key, node in by_key.items() if key not in done))

    def resolve(self, structure: Structure, uses: Mapping[CallKey, Application]) -> Structure:
        """Return the structure with the shapes in the place of edges."""
        return map_structure(lambda leaf: self.tensor_of(leaf, uses), structure)

    @staticmethod
    def tensor_of(leaf: Leaf, uses: Mapping[CallKey, Application]) -> Structure:
        if not isinstance(leaf, Edge):
            return leaf
        use = uses.get((leaf.layer, leaf.call))
        if use is None:
            return Shape.unknown(f"`{leaf.layer}` is not in the model")
        return use.output if leaf.tensor is None else pick(use.output, leaf.tensor)


def _is_same(passed: Structure, stated: Structure) -> bool:
    """Whether an input is passed with the shape that the model states: what is unknown is not."""
    if not isinstance(passed, Shape) or not isinstance(stated, Shape):
        return passed == stated
    if passed.dims is None or stated.dims is None:
        return passed.dims is stated.dims
    pairs = [(d.value, d.dynamic) for d in passed.dims], [(d.value, d.dynamic) for d in stated.dims]
    return pairs[0] == pairs[1]


def _with_recorded(application: Application, recorded: Mapping[int, Shape]) -> Application:
    """Return the application with the recorded output where its own could not be computed."""
    output = application.output
    if not recorded or application.rejected or not isinstance(output, Shape) or output.dims:
        return application
    if set(recorded) == {0}:
        return application._replace(output=recorded[0])
    gaps = [recorded.get(n, Shape.unknown(output.reason)) for n in range(max(recorded) + 1)]
    return application._replace(output=tuple(gaps))


def _first_is_unknown(call: Call) -> bool:
    return bool(call.args) and isinstance(call.args[0], Shape) and call.args[0].dims is None
