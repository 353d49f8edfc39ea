"""The one intermediate form: Model, Node and Edge, and what one use of an operation gives.

Readers build a Model; whoever analyses it calls ``apply`` on operations. A layer and a model are
both operations, so that a model can stand wherever a layer can.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple, Self, TypeVar, dataclass_transform

from rnninspect.diagnostics import Place
from rnninspect.dims import Shape
from rnninspect.structures import Structure, flatten, map_structure, pick
from rnninspect.weights import Weight

T = TypeVar("T")


class Refused(Exception):
    """Keras would certainly raise here.

    ``message`` is what Keras says; ``expected_ndim`` and ``found_ndim`` are set when the rank is
    what is wrong.
    """

    def __init__(
        self, message: str, *, expected_ndim: int | None = None, found_ndim: int | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.expected_ndim = expected_ndim
        self.found_ndim = found_ndim


class Call(NamedTuple):
    """The arguments of one use: structures of shapes, and plain values."""

    args: tuple[Structure, ...] = ()
    kwargs: Mapping[str, Structure] = MappingProxyType({})

    @staticmethod
    def on(*args: Structure) -> Call:
        """A use with tensors in order and no keywords."""
        return Call(args)

    @property
    def first(self) -> Structure:
        """What Keras regards as the input: the first argument, by position or by keyword."""
        if self.args:
            return self.args[0]
        return next(iter(self.kwargs.values()), Shape.unknown("the layer is called on nothing"))


class Part(NamedTuple):
    """An operation inside another, under the name by which its owner holds it."""

    role: str
    application: Application


class Application(NamedTuple):
    """One use of an operation: what went in, what came out, what it holds."""

    operation: Operation
    call: Call
    output: Structure
    weights: tuple[Weight, ...] = ()
    parts: tuple[Part, ...] = ()
    unknown: str = ""
    """Why the weights are not known; empty where they are."""
    refused: Refused | None = None

    def all_weights(self) -> Iterator[Weight]:
        """Its own weights and those of all that is inside, each operation's counted once."""
        seen: set[int] = set()
        stack: list[Application] = [self]
        while stack:
            application = stack.pop()
            if id(application.operation) in seen:
                continue
            seen.add(id(application.operation))
            yield from application.weights
            stack.extend(part.application for part in reversed(application.parts))

    def unknowns(self) -> Iterator[Application]:
        """The applications in it whose weights are not known."""
        if self.unknown:
            yield self
        for part in self.parts:
            yield from part.application.unknowns()


@dataclass_transform(frozen_default=True, kw_only_default=True, eq_default=False)
def declare(cls: type[T]) -> type[T]:
    """Make a class a declaration: a frozen dataclass with keyword arguments, compared by identity.

    The methods that ``dataclass`` would write are in Operation, once: to write them for each of a
    hundred layers takes longer than to read a model.
    """
    return dataclass(init=False, repr=False, eq=False, match_args=False)(cls)


@declare
class Operation(ABC):
    """A layer or a model: something that can be called on tensors (Keras's word for both)."""

    supports_masking: ClassVar[bool] = False
    """Whether a mask passes through (Keras's attribute of this name)."""
    uses_mask: ClassVar[bool] = False
    """Whether the computation differs where a mask arrives."""
    mask_needs_all: ClassVar[bool] = False
    """Whether a mask arrives only if all inputs have one."""
    holds: ClassVar[tuple[str, ...]] = ()
    """The arguments that are themselves operations, or hold them."""
    is_listed: ClassVar[bool] = True
    """Whether Keras lists it in ``model.layers``."""
    keeps_width: ClassVar[bool] = False
    """Whether Keras demands that further inputs have the width of the first one."""
    is_internal: ClassVar[bool] = False
    """Whether it is a piece of a layer that a summary does not show on its own."""

    name: str | None = None
    trainable: bool = True

    def __init__(self, **arguments: Any) -> None:
        values = self.__dict__
        for one in self.declared():
            if one.name in arguments:
                values[one.name] = arguments.pop(one.name)
            elif one.default is not MISSING:
                values[one.name] = one.default
            else:
                raise TypeError(f"{type(self).__name__} needs the argument {one.name!r}")
        if arguments:
            raise TypeError(f"{type(self).__name__} has no argument {next(iter(arguments))!r}")

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __repr__(self) -> str:
        return f"<{self.class_name} {self.name or ''}>"

    def but(self, **changes: Any) -> Self:
        """The same operation with other arguments."""
        arguments = {one.name: getattr(self, one.name) for one in self.declared()}
        return type(self)(**{**arguments, **changes})

    def frozen(self) -> Self:
        """The same, and all that it holds, without training."""
        held = {name: map_structure(_frozen, getattr(self, name)) for name in self.holds}
        return self.but(**held, trainable=False)

    def renewed(self, **changes: Any) -> Self:
        """The same with other arguments and weights of its own: what it holds is made anew."""
        held = {name: map_structure(_renewed, getattr(self, name)) for name in self.holds}
        return self.but(**{**held, **changes})

    @classmethod
    @cache
    def declared(cls) -> tuple[Field[Any], ...]:
        """The arguments of the class, with their defaults."""
        return fields(cls)

    @property
    def class_name(self) -> str:
        """The name of its Keras class."""
        return type(self).__name__

    def carries_mask(self, masked: bool) -> bool:
        """Whether its first output has a mask, given whether a mask arrives."""
        return masked and self.supports_masking

    @property
    def inner_model(self) -> tuple[str, Model] | None:
        """The model whose layers a summary shows below it, and the group path to that model."""
        return None

    @abstractmethod
    def apply(self, call: Call) -> Application:
        """Work out output shapes and weights of one use. Never raises for what a model can hold."""


@dataclass(slots=True, eq=False, match_args=False)
class Edge:
    """A tensor inside a model: output number ``tensor`` of a layer's call number ``call``.

    ``tensor`` None stands for all outputs as they are. ``recorded`` is the shape that the source
    itself states for it, if any.
    """

    layer: str
    call: int = 0
    tensor: int | None = 0
    recorded: Shape | None = None


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

    supports_masking = True

    @property
    def class_name(self) -> str:
        return self.model_class

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
    def reference(self) -> dict[tuple[str, int], Application]:
        """Every use of every layer, on the model's own inputs, by layer name and call number."""
        return self.run(self.input_shapes, recorded=self._recorded)

    def apply(self, call: Call) -> Application:
        """Call the model on tensors, as a layer of another model."""
        given = self._bind(call)
        same = all(given.get(name) == shape for name, shape in self.input_shapes.items())
        uses = self.reference if same else self.run({**self.input_shapes, **given})
        output = map_structure(lambda leaf: self.tensor_of(leaf, uses), self.outputs)
        own = self.reference if self._inputs_are_stated else uses
        unknown = next((reason for reason in self.notes if not self.layers), "")
        parts = tuple(
            Part(name, application)
            for name in self.layers
            if (application := own.get((name, 0))) is not None
        )
        refused = self.misfit(given) or next(
            (use.refused for use in uses.values() if use.refused), None
        )
        return Application(self, call, output, (), parts, unknown, refused)

    def misfit(self, given: Mapping[str, Structure], *, data: bool = False) -> Refused | None:
        """Why Keras refuses these inputs, by the names of input layers; None if it does not.

        ``data`` are judged by their rank; of symbolic tensors also every size but the batch counts
        (``keras/src/models/functional.py``: ``_adjust_input_rank`` and ``input_spec``).
        """
        for number, (name, wanted) in enumerate(self.input_shapes.items()):
            found = given.get(name)
            if not isinstance(found, Shape) or not isinstance(wanted, Shape):
                continue
            if found.dims is None or wanted.dims is None:
                continue
            more = len(found.dims) - len(wanted.dims)
            if more == 1 and found.dims[-1].value in (1, None):
                continue
            if more == -1 and (not data or wanted.dims[-1].value in (1, None)):
                continue
            pairs = zip(found.dims[1:], wanted.dims[1:], strict=False)
            if more == 0 and (
                data or all(None in (a.value, b.value) or a.value == b.value for a, b in pairs)
            ):
                continue
            return Refused(
                f"Input {number} with name '{name}' of layer '{self.name}' is incompatible with "
                f"the layer: expected shape={wanted}, found shape={found}",
                expected_ndim=len(wanted.dims) if more else None,
                found_ndim=len(found.dims) if more else None,
            )
        return None

    @property
    def _inputs_are_stated(self) -> bool:
        return all(
            isinstance(shape, Shape) and shape.dims is not None
            for shape in self.input_shapes.values()
        )

    def on_its_own_inputs(self) -> Application:
        """The model on the input shapes that it states itself."""
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
    def _recorded(self) -> dict[tuple[str, int], dict[int, Shape]]:
        """The shapes that the source states for the outputs of each use."""
        found: dict[tuple[str, int], dict[int, Shape]] = {}
        for node in self.nodes:
            for leaf in flatten([node.args, dict(node.kwargs)]):
                if isinstance(leaf, Edge) and leaf.recorded is not None:
                    found.setdefault((leaf.layer, leaf.call), {})[leaf.tensor or 0] = leaf.recorded
        return found

    def run(
        self,
        inputs: Mapping[str, Structure],
        recorded: Mapping[tuple[str, int], Mapping[int, Shape]] | None = None,
    ) -> dict[tuple[str, int], Application]:
        """Apply every node once, each after those it takes tensors from.

        ``recorded`` fills in outputs that cannot be worked out; it is given for the model's own
        inputs, the only ones for which the shapes that a source states hold.
        """
        own, recorded = recorded is not None, recorded or {}
        uses: dict[tuple[str, int], Application] = {}
        for name, shape in inputs.items():
            if name in self.layers:
                uses[name, 0] = Application(self.layers[name], Call(), shape)
            else:
                uses[name, 0] = Application(self, Call(), shape)
        for node in self.in_order:
            operation = self.layers[node.layer]
            args = map_structure(lambda leaf: self.tensor_of(leaf, uses), node.args)
            kwargs = map_structure(lambda leaf: self.tensor_of(leaf, uses), dict(node.kwargs))
            call = Call(tuple(args), kwargs)
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
        waiting: dict[tuple[str, int], int] = {}
        by_key = {(node.layer, node.call): node for node in self.nodes}
        users: dict[tuple[str, int], list[Node]] = {}
        for key, node in by_key.items():
            sources = {
                (leaf.layer, leaf.call)
                for leaf in flatten([node.args, dict(node.kwargs)])
                if isinstance(leaf, Edge)
            }
            known = {source for source in sources if source in by_key}
            waiting[key] = len(known)
            for source in known:
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

    @staticmethod
    def tensor_of(leaf: Structure, uses: Mapping[tuple[str, int], Application]) -> Structure:
        if not isinstance(leaf, Edge):
            return leaf
        use = uses.get((leaf.layer, leaf.call))
        if use is None:
            return Shape.unknown(f"`{leaf.layer}` is not in the model")
        return use.output if leaf.tensor is None else pick(use.output, leaf.tensor)


def again(application: Application, first: Application) -> Application:
    """A use of a layer that was used before; refused where it demands the same width again."""
    if not application.operation.keeps_width or not first.weights or not application.weights:
        return application
    was, now = (use.weights[0].shape.sizes or () for use in (first, application))
    pairs = zip(was, now, strict=False)
    width = next((a for a, b in pairs if None not in (a, b) and a != b), None)
    if width is None:
        return application
    # Keras: the InputSpec that the layer sets when it is built.
    shape = next((one for one in flatten(application.call.args) if isinstance(one, Shape)), None)
    reason = "Keras refuses this input"
    refused = Refused(
        f"Input 0 with name 'None' of layer '{application.operation.name}' is incompatible with "
        f"the layer: expected axis -1 of input shape to have value {width}, but received input "
        f"with shape {shape}"
    )
    return application._replace(output=Shape.unknown(reason), unknown=reason, refused=refused)


def _with_recorded(application: Application, recorded: Mapping[int, Shape]) -> Application:
    """The application with the recorded output where its own could not be worked out."""
    output = application.output
    if not recorded or application.refused or not isinstance(output, Shape) or output.dims:
        return application
    if set(recorded) == {0}:
        return application._replace(output=recorded[0])
    gaps = [recorded.get(n, Shape.unknown(output.reason)) for n in range(max(recorded) + 1)]
    return application._replace(output=tuple(gaps))


def _first_is_unknown(call: Call) -> bool:
    return bool(call.args) and isinstance(call.args[0], Shape) and call.args[0].dims is None


def _renewed(leaf: Any) -> Any:
    return leaf.renewed() if isinstance(leaf, Operation) else leaf


def _frozen(leaf: Any) -> Any:
    return leaf.frozen() if isinstance(leaf, Operation) else leaf
